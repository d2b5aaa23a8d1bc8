"""What people hear of their sites; letters that ask somebody to act go their own way."""

from django.db import transaction
from django.urls import reverse

from programme.enums import Role
from programme.models import User
from programme.queries.people import holding
from programme.services import notices
from sites.enums import AssignmentKind, DocumentAudience
from sites.models import (
    Adoption,
    Application,
    CoachingDay,
    DocumentVersion,
    NextStep,
    PracticeCard,
    Site,
    SiteAssignment,
)
from sites.queries import audience


@transaction.atomic
def day_handed_in(*, day: CoachingDay, by: User) -> None:
    """Tell the team and the other coaches; the staff have a letter that asks them to confirm."""
    asked = audience.side(day.site, kind=AssignmentKind.STAFF, without=None)
    what = "korrigiert" if day.replaces_id else "eingetragen"
    _about_day(day, f"handed_in:{day.version}", f"{what} und wartet auf Bestätigung", by, asked)


@transaction.atomic
def day_confirmed(*, day: CoachingDay, by: User | None) -> None:
    """Tell both sides and the team that a day counts from now on."""
    _about_day(day, "confirmed", "vom Standort bestätigt", by, [])


@transaction.atomic
def day_returned(*, day: CoachingDay, by: User | None) -> None:
    """Tell the others; the coach who wrote the day has a letter that asks to change it."""
    _about_day(day, f"returned:{day.answered_at}", "vom Standort zurückgegeben", by, [day.coach])


@transaction.atomic
def step_settled(*, step: NextStep, by: User) -> None:
    """Tell both sides and the team that an agreed step is done."""
    site = step.coaching_day.site
    notices.tell(
        topic="steps",
        people=audience.involved(site, without=by),
        key=f"step:{step.pk}:done:{step.done_on}",
        sentence=f"Standort {site.name}, nächster Schritt erledigt: {step.text}",
        path=reverse("sites:next_steps", args=[site.slug]),
        by=by,
    )


@transaction.atomic
def card_released(*, card: PracticeCard, by: User) -> None:
    """Tell everybody who reads the cards for the offices that there is a new one."""
    notices.tell(
        topic="practice",
        people=holding(Role.MEMBER, Role.SITE, Role.OFFICE),
        key=f"card:{card.pk}:released",
        sentence=f"Neuer Praxisbaustein vom Standort {card.site.name}: {card.title}",
        path=reverse("sites:practice_card", args=[card.slug]),
        by=by,
    )


@transaction.atomic
def card_tried(*, adoption: Adoption, by: User) -> None:
    """Tell the people of the site that an office tries one of their cards."""
    card = adoption.card
    notices.tell(
        topic="practice",
        people=audience.involved(card.site, without=by),
        key=f"adoption:{adoption.pk}",
        sentence=f"{adoption.organisation} probiert den Praxisbaustein „{card}“ "
        f"des Standorts {card.site.name} aus.",
        path=reverse("sites:practice_card", args=[card.slug]),
        by=by,
    )


@transaction.atomic
def application_handed_in(*, application: Application, by: User) -> None:
    """Tell the programme team that an office wants to become a site."""
    notices.tell(
        topic="applications",
        people=holding(Role.OFFICE),
        key=f"application:{application.pk}",
        sentence=f"{application.organisation} hat die Bewerbung als Standort abgegeben.",
        path=reverse("sites:application", args=[application.pk]),
        by=by,
    )


@transaction.atomic
def site_moved_on(*, site: Site, said: str, by: User) -> None:
    """Tell both sides and the team that a site is begun, completed or withdrawn."""
    notices.tell(
        topic="phases",
        people=audience.involved(site, without=by),
        key=f"site:{site.pk}:{site.status}",
        sentence=said,
        path=reverse("sites:workspace_site", args=[site.slug]),
        by=by,
    )


@transaction.atomic
def person_assigned(*, assignment: SiteAssignment, by: User) -> None:
    """Tell the person, both sides and the team who looks after a site from which day on."""
    site, person = assignment.site, assignment.user
    notices.tell(
        topic="phases",
        people=[person, *audience.involved(site, without=by)],
        key=f"assignment:{assignment.pk}",
        sentence=f"Standort {site.name}: {person} ist ab {assignment.starts_on:%d.%m.%Y} "
        f"zugeordnet ({assignment.get_kind_display()}).",
        path=reverse("sites:workspace_site", args=[site.slug]),
        by=by,
    )


@transaction.atomic
def document_filed(*, version: DocumentVersion, by: User) -> None:
    """Tell both sides and the team of a new document or version; what only the team reads, it."""
    document = version.document
    site = document.site
    is_inner = document.audience == DocumentAudience.TEAM
    what = "neue Unterlage" if version.number == 1 else f"Fassung {version.number} der Unterlage"
    notices.tell(
        topic="documents",
        people=holding(Role.OFFICE) if is_inner else audience.involved(site, without=by),
        key=f"document:{document.pk}:{version.number}",
        sentence=f"Standort {site.name}, {what}: {document.title}",
        path=reverse("sites:document", args=[site.slug, document.pk]),
        by=by,
    )


def _about_day(
    day: CoachingDay, verb: str, what: str, by: User | None, written_to: list[User]
) -> None:
    site = day.site
    informed = {person.pk for person in written_to}
    others = [who for who in audience.involved(site, without=by) if who.pk not in informed]
    notices.tell(
        topic="coaching",
        people=others,
        key=f"day:{day.pk}:{verb}",
        sentence=f"Standort {site.name}: Der Begleittag vom {day.held_on:%d.%m.%Y} ist {what}.",
        path=reverse("sites:coaching_day", args=[site.slug, day.pk]),
        by=by,
    )
