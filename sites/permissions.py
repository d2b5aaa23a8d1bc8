"""Who may: guards of the second floor. Assignment to a site is a dated row."""

from django.db.models import Q

from network.enums import Audience
from network.models import Membership, Organisation
from programme import clock
from programme.enums import Role
from programme.models import User
from programme.permissions import Person, is_coach, is_member, is_office, is_site, roles_of
from sites.enums import AssignmentKind, DocumentAudience, Side
from sites.models import (
    Application,
    Communication,
    Indicator,
    NextStep,
    PracticeCard,
    Site,
    SiteDocument,
)
from sites.rules.documents import readable_by


def _is_assigned(user: Person, site: object, kind: AssignmentKind) -> bool:
    if not isinstance(user, User) or not isinstance(site, Site):
        return False
    return site.assignments.on(clock.today()).filter(user=user, kind=kind).exists()


def is_staff_of(user: Person, subject: object = None) -> bool:
    """Staff of this site may, while they are assigned to it."""
    return is_site(user) and _is_assigned(user, subject, AssignmentKind.STAFF)


def is_coach_of(user: Person, subject: object = None) -> bool:
    """The coach of this site may, while assigned to it."""
    return is_coach(user) and _is_assigned(user, subject, AssignmentKind.COACH)


def sees_all_sites(user: Person, subject: object = None) -> bool:
    """The programme team runs the sites, auditors read them."""
    return bool({Role.OFFICE, Role.AUDITOR} & roles_of(user))


def may_open_workspace(user: Person, subject: object = None) -> bool:
    """Everybody who has to do with at least one site."""
    return bool({Role.OFFICE, Role.AUDITOR, Role.SITE, Role.COACH} & roles_of(user))


def may_see_site(user: Person, subject: object = None) -> bool:
    """The own site for its staff and coach, every site for the programme team and auditors."""
    return sees_all_sites(user) or is_staff_of(user, subject) or is_coach_of(user, subject)


def may_edit_measures(user: Person, subject: object = None) -> bool:
    """Staff of the site keep its measures; the programme team may mend them."""
    return is_office(user) or is_staff_of(user, subject)


def may_log_coaching(user: Person, subject: object = None) -> bool:
    """Only the coach of the site, and only while assigned."""
    return is_coach_of(user, subject)


def may_answer_coaching(user: Person, subject: object = None) -> bool:
    """Only the staff of the site confirm its coaching days or give them back."""
    return is_staff_of(user, subject)


def may_see_photo(user: Person, subject: object = None) -> bool:
    """Photos of flip charts are for the programme team, the coach and the site itself."""
    return is_office(user) or is_staff_of(user, subject) or is_coach_of(user, subject)


def settles_for(user: Person, site: Site) -> frozenset[str]:
    """Return the sides whose steps the person may mark as done: the own, the team both."""
    if is_office(user):
        return frozenset({Side.SITE, Side.COACH})
    sides = {Side.SITE: is_staff_of(user, site), Side.COACH: is_coach_of(user, site)}
    return frozenset(side for side, mine in sides.items() if mine)


def may_settle_step(user: Person, subject: object = None) -> bool:
    """Each side marks its own steps."""
    if not isinstance(subject, NextStep):
        return False
    return subject.side in settles_for(user, subject.coaching_day.site)


def may_edit_cards(user: Person, subject: object = None) -> bool:
    """The programme team and the staff of the site tell others what worked there."""
    return may_edit_measures(user, subject)


def reads_network_cards(user: Person, subject: object = None) -> bool:
    """Cards for the offices are read by members, sites and the programme team."""
    return bool({Role.MEMBER, Role.SITE, Role.OFFICE} & roles_of(user))


def may_read_card(user: Person, subject: object = None) -> bool:
    """A public card is open to everybody, one for the offices to those who read them."""
    if not isinstance(subject, PracticeCard) or subject.released_at is None:
        return False
    return subject.audience == Audience.PUBLIC or reads_network_cards(user)


def may_search_knowledge(user: Person, subject: object = None) -> bool:
    """Members and the programme team search what was released to them."""
    return bool({Role.MEMBER, Role.OFFICE} & roles_of(user))


def may_plan_phases(user: Person, subject: object = None) -> bool:
    """The programme team and the coach of the site keep the dates of its phases."""
    return is_office(user) or is_coach_of(user, subject)


def may_keep_contacts(user: Person, subject: object = None) -> bool:
    """Team, staff and coach of the site say who answers questions and who steers there (U06)."""
    return may_edit_measures(user, subject) or is_coach_of(user, subject)


def may_file_agreement(user: Person, subject: object = None) -> bool:
    """The programme team and the coach, who brings it back from the kick-off (U06)."""
    return may_plan_phases(user, subject)


def may_enter_indicators(user: Person, subject: object = None) -> bool:
    """Staff and coach of the site measure, the programme team may mend."""
    return may_edit_measures(user, subject) or is_coach_of(user, subject)


def may_redefine(user: Person, subject: object = None) -> bool:
    """Own indicators are the site's and the team's to define, the catalogue is the team's."""
    if not isinstance(subject, Indicator):
        return False
    return is_office(user) or (subject.site is not None and is_staff_of(user, subject.site))


def may_nudge(user: Person, subject: object = None) -> bool:
    """The programme team and the coach of the site remind its staff of missing values."""
    return is_office(user) or is_coach_of(user, subject)


def may_write_contribution(user: Person, subject: object = None) -> bool:
    """Only the staff of the site write its part of the report and settle comments on it."""
    return is_staff_of(user, subject)


def may_comment_contribution(user: Person, subject: object = None) -> bool:
    """The programme team and the coach of the site say what they think of its part."""
    return is_office(user) or is_coach_of(user, subject)


def may_apply(user: Person, subject: object = None) -> bool:
    """People of an office write its application, the programme team writes for any office."""
    if not isinstance(subject, Organisation):
        return False
    return is_office(user) or (is_member(user) and _belongs_to(user, subject))


def may_read_application(user: Person, subject: object = None) -> bool:
    """The own application for its office, those handed in for team and auditors."""
    if not isinstance(subject, Application):
        return False
    if is_member(user) and _belongs_to(user, subject.organisation):
        return True
    return sees_all_sites(user) and not subject.is_draft


def may_score(user: Person, subject: object = None) -> bool:
    """Only the programme team scores, and only what was handed in."""
    return is_office(user) and isinstance(subject, Application) and not subject.is_draft


def may_keep_records(user: Person, subject: object = None) -> bool:
    """Staff, coach and programme team keep documents and contacts; auditors only read them."""
    return may_enter_indicators(user, subject)


def reads_documents_as(user: Person, site: Site) -> DocumentAudience:
    """Return the narrowest audience of documents of this site the person belongs to."""
    if sees_all_sites(user):
        return DocumentAudience.TEAM
    if is_staff_of(user, site) or is_coach_of(user, site):
        return DocumentAudience.SITE
    return DocumentAudience.OFFICES if reads_network_cards(user) else DocumentAudience.PUBLIC


def may_read_document(user: Person, subject: object = None) -> bool:
    """Each document is read by its audience and by those who see more; auditors read all."""
    if not isinstance(subject, SiteDocument):
        return False
    return subject.audience in readable_by(reads_documents_as(user, subject.site))


def may_change_document(user: Person, subject: object = None) -> bool:
    """Who keeps the records of the site changes what they may read there."""
    if not isinstance(subject, SiteDocument) or not may_read_document(user, subject):
        return False
    return may_keep_records(user, subject.site)


def may_note_archive(user: Person, subject: object = None) -> bool:
    """Only the programme team offers records to the archive."""
    return is_office(user) and isinstance(subject, SiteDocument)


def side_of(user: Person, site: Site) -> str:
    """Return the side a person writes for: site or coach, empty for the programme team."""
    if is_staff_of(user, site):
        return Side.SITE
    return Side.COACH if is_coach_of(user, site) else ""


def may_change_communication(user: Person, subject: object = None) -> bool:
    """Who wrote an entry changes it, while at work for the site; the programme team mends all."""
    if not isinstance(subject, Communication):
        return False
    is_own = isinstance(user, User) and subject.by_id == user.pk
    return is_office(user) or (is_own and may_keep_records(user, subject.site))


def _belongs_to(user: Person, organisation: Organisation) -> bool:
    if not isinstance(user, User):
        return False
    today = clock.today()
    rows = Membership.objects.filter(organisation=organisation, user=user, starts_on__lte=today)
    return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today)).exists()
