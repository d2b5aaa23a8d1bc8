"""A site's part of the report: nothing overwritten, nothing public that was not signed."""

from datetime import timedelta

import pytest

from programme import clock
from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import AuditEntry, Notice
from sites.enums import ContributionPart, SiteStatus
from sites.models import Contribution, ContributionComment
from sites.rules.contributions import Piece, as_published, changes
from sites.rules.versions import NewerVersion
from sites.services import contribution_comments, contribution_reminders, contributions
from tests.factories.contributions import TEXTS, ContributionFactory
from tests.factories.programme import UserFactory
from tests.factories.sites import SiteAssignmentFactory, SiteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return UserFactory(roles=[Role.SITE])


@pytest.fixture
def team():
    return UserFactory(roles=[Role.OFFICE])


def keep(site, staff, *, hand_in=False, seen_at=None, **texts):
    return contributions.keep(
        site=site, texts=TEXTS | texts, seen_at=seen_at, hand_in=hand_in, by=staff
    )


def public(site):
    site.refresh_from_db()
    return {
        "starting_point": site.starting_point,
        "approach": site.summary,
        "result": site.result,
        "lessons": site.lessons,
    }


def test_a_draft_may_have_gaps_and_what_is_handed_in_not(site, staff):
    row = keep(site, staff, lessons="")
    with pytest.raises(RuleBroken) as broken:
        keep(site, staff, hand_in=True, seen_at=row.updated_at, lessons=" ")
    handed = keep(site, staff, hand_in=True, seen_at=row.updated_at)

    assert broken.value.field == "lessons"
    assert (handed.state, handed.version) == ("handed_in", 1)
    assert [version.texts for version in handed.versions.all()] == [TEXTS]


def test_who_saves_second_gets_both_versions_and_overwrites_nothing(site, staff):
    first = keep(site, staff)
    keep(site, staff, seen_at=first.updated_at, result="Größer gedacht.")

    with pytest.raises(NewerVersion) as newer:
        keep(site, staff, seen_at=first.updated_at, result="Späte Fassung")

    assert newer.value.current.result == "Größer gedacht."
    assert Contribution.objects.get().result == "Größer gedacht."


def test_saving_the_same_text_twice_is_no_clash(site, staff):
    keep(site, staff)

    row = keep(site, staff, seen_at=None)

    assert row.starting_point == TEXTS["starting_point"]


def test_a_due_day_set_meanwhile_does_not_disturb_the_first_text(site, staff, team):
    contributions.set_due(sites=[site], due_on=clock.today(), by=team)

    row = keep(site, staff, seen_at=None)

    assert (row.due_on, row.result) == (clock.today(), TEXTS["result"])


def test_handing_in_the_same_text_again_makes_no_second_version(site, staff):
    row = keep(site, staff, hand_in=True)

    again = keep(site, staff, hand_in=True, seen_at=row.updated_at)

    assert (again.version, again.versions.count()) == (1, 1)


def test_a_withdrawn_site_writes_no_contribution(programme, staff):
    gone = SiteFactory(programme=programme, status=SiteStatus.WITHDRAWN)

    with pytest.raises(RuleBroken, match="schreibt deshalb keinen Beitrag"):
        keep(gone, staff)


def test_nobody_comments_what_a_withdrawn_site_cannot_change(programme, team):
    gone = SiteFactory(programme=programme, status=SiteStatus.WITHDRAWN)

    with pytest.raises(RuleBroken, match="schreibt deshalb keinen Beitrag mehr"):
        contribution_comments.write(site=gone, part=ContributionPart.RESULT, text="Und n?", by=team)


def test_a_text_too_long_is_refused_at_its_part(site, staff):
    with pytest.raises(RuleBroken) as broken:
        keep(site, staff, result="ä" * 6001)

    assert broken.value.field == "result"


def test_the_signature_makes_this_version_public(site, staff, team):
    keep(site, staff, hand_in=True)

    version = contributions.sign_off(site=site, version=1, by=team)

    assert (version.signed_by, Contribution.objects.get().state) == (team, "signed_off")
    assert public(site) == TEXTS
    assert AuditEntry.objects.filter(verb="contribution.signed").count() == 1


def test_what_changes_after_the_signature_waits_for_the_next_one(site, staff, team):
    row = keep(site, staff, hand_in=True)
    contributions.sign_off(site=site, version=1, by=team)

    changed = keep(site, staff, seen_at=row.updated_at, result="Neu erzählt.")
    before = public(site)["result"]
    handed = keep(site, staff, hand_in=True, seen_at=changed.updated_at, result="Neu erzählt.")
    between = public(site)["result"]
    contributions.sign_off(site=site, version=2, by=team)

    assert (before, between) == (TEXTS["result"], TEXTS["result"])
    assert (handed.version, handed.state) == (2, "handed_in")
    assert public(site)["result"] == "Neu erzählt."


def test_a_version_nobody_has_read_is_not_signed(site, staff, team):
    row = keep(site, staff, hand_in=True)
    keep(site, staff, hand_in=True, seen_at=row.updated_at, result="Neu erzählt.")

    with pytest.raises(RuleBroken, match="Inzwischen liegt Fassung 2 vor"):
        contributions.sign_off(site=site, version=1, by=team)

    assert public(site)["result"] == ""


def test_nobody_signs_what_they_handed_in(site):
    both = UserFactory(roles=[Role.SITE, Role.OFFICE])
    keep(site, both, hand_in=True)

    with pytest.raises(RuleBroken, match="jemand anderes"):
        contributions.sign_off(site=site, version=1, by=both)


def test_open_comments_are_settled_before_the_signature(site, staff, team):
    keep(site, staff, hand_in=True)
    part = ContributionPart.RESULT
    comment = contribution_comments.write(site=site, part=part, text=" Quelle? ", by=team)
    contribution_comments.write(site=site, part=part, text="Und n?", by=team)

    with pytest.raises(RuleBroken, match="sind noch 2 Anmerkungen offen"):
        contributions.sign_off(site=site, version=1, by=team)
    contribution_comments.settle(comment=comment, by=staff)
    with pytest.raises(RuleBroken, match="ist noch eine Anmerkung offen"):
        contributions.sign_off(site=site, version=1, by=team)
    for each in ContributionComment.objects.all():
        contribution_comments.settle(comment=each, by=staff)
    contributions.sign_off(site=site, version=1, by=team)

    assert Contribution.objects.get().state == "signed_off"
    assert AuditEntry.objects.filter(verb="contribution.settled").count() == 2


def test_an_empty_comment_is_refused_at_its_field(site, team):
    with pytest.raises(RuleBroken) as broken:
        contribution_comments.write(site=site, part=ContributionPart.RESULT, text=" ", by=team)

    assert broken.value.field == "text"


def test_a_returned_text_comes_back_as_a_new_version(site, staff, team):
    row = keep(site, staff, hand_in=True)

    with pytest.raises(RuleBroken) as broken:
        contributions.give_back(site=site, version=1, reason=" ", by=team)
    returned = contributions.give_back(site=site, version=1, reason="Bitte kürzer.", by=team)
    with pytest.raises(RuleBroken, match="zur Überarbeitung zurückgegeben"):
        contributions.sign_off(site=site, version=1, by=team)
    again = keep(site, staff, hand_in=True, seen_at=row.updated_at)

    assert broken.value.field == "reason"
    assert (returned.state, returned.state_reason) == ("returned", "Bitte kürzer.")
    assert (again.state, again.state_reason, again.version) == ("handed_in", "", 2)


def test_a_due_day_lies_ahead_and_holds_for_all_named_sites(programme, team):
    sites = SiteFactory.create_batch(2, programme=programme)
    tomorrow = clock.today() + timedelta(days=1)

    number = contributions.set_due(sites=sites, due_on=tomorrow, by=team)
    with pytest.raises(RuleBroken) as broken:
        contributions.set_due(sites=sites, due_on=clock.today() - timedelta(days=1), by=team)

    assert (number, broken.value.field) == (2, "due_on")
    assert set(Contribution.objects.values_list("due_on", flat=True)) == {tomorrow}


def test_reminded_is_who_is_late_or_soon_due(programme, team):
    today = clock.today()
    for name, state, days in (
        ("Spät", "draft", -3),
        ("Bald", "returned", 14),
        ("Später", "draft", 15),
        ("Fertig", "handed_in", -3),
    ):
        site = SiteFactory(programme=programme, name=name)
        ContributionFactory(site=site, state=state, due_on=today + timedelta(days=days))
    SiteFactory(programme=programme, name="Ohne Frist")

    names = contribution_reminders.remind(programme=programme, by=team)

    assert names == ["Spät", "Bald"]


def test_a_reminder_nobody_hears_is_not_noted(site, team):
    contributions.set_due(sites=[site], due_on=clock.today(), by=team)
    noted = AuditEntry.objects.filter(verb="contribution.reminded")

    contribution_reminders.remind(programme=site.programme, by=team)
    without_staff = noted.count()
    SiteAssignmentFactory(user=UserFactory(roles=[Role.SITE]), site=site, kind="staff")
    for _ in range(2):
        contribution_reminders.remind(programme=site.programme, by=team)

    assert (without_staff, noted.count()) == (0, 1)


def test_headings_become_bold_lines_for_the_report_has_its_own():
    assert as_published("## Größe ##\nText #1\n# Ende") == "**Größe**\n\nText #1\n**Ende**"


def test_changes_are_told_word_by_word():
    found = changes("Die Wartezeit sank.", "Die Wartezeit sank deutlich.")

    assert found == (
        Piece("same", "Die Wartezeit "),
        Piece("gone", "sank."),
        Piece("new", "sank deutlich."),
    )


def test_news_reach_everybody_else_at_the_site(site, team):
    coach, staff = UserFactory(roles=[Role.COACH]), UserFactory(roles=[Role.SITE])
    SiteAssignmentFactory(user=coach, site=site, kind="coach")
    SiteAssignmentFactory(user=staff, site=site, kind="staff")
    today = clock.today()
    contributions.set_due(sites=[site], due_on=today, by=team)

    contribution_reminders.remind(programme=site.programme, by=team)
    contribution_reminders.remind(programme=site.programme, by=team)
    keep(site, staff, hand_in=True)
    contributions.give_back(site=site, version=1, reason="Bitte kürzer.", by=team)

    told = Notice.objects.order_by("pk").values_list("user", "topic", "sentence")
    due = f"Gießen: Bitte geben Sie den Beitrag zum Bericht bis {today:%d.%m.%Y} ab."
    handed = "Gießen: Fassung 1 des Beitrags ist abgegeben."
    back = "Gießen: Fassung 1 kam zurück. Bitte kürzer."
    assert sorted(told) == sorted(
        (person.pk, "contributions", sentence)
        for person, sentence in (
            (staff, due),
            (coach, handed),
            (team, handed),
            (coach, back),
            (staff, back),
        )
    )
