"""Phases: judged on a day, drawn, changed by one person at a time."""

from datetime import date

import pytest
from django.urls import reverse

from programme.enums import Role
from programme.errors import RuleBroken
from sites.enums import AssignmentKind, Phase, SiteStatus
from sites.models import SitePhase
from sites.queries import phases as phase_queries
from sites.rules.phases import PhaseDates, PhaseDraft, judge
from sites.rules.timeline import draw
from sites.rules.versions import NewerVersion
from sites.services import phases
from tests.factories.programme import UserFactory
from tests.factories.sites import SiteAssignmentFactory, SiteFactory, SitePhaseFactory

pytestmark = pytest.mark.django_db
LEAP = date(2016, 2, 29)


def dates(*days):
    return PhaseDates(*(date.fromisoformat(day) if day else None for day in days))


@pytest.mark.parametrize(
    ("found", "words", "days"),
    [
        (dates(None, None, None, None), "noch ohne Termine", 0),
        (dates("2016-03-01", "2016-03-31", None, None), "geplant", 0),
        (dates("2016-02-28", None, None, None), "noch nicht begonnen, 1 Tag nach dem geplanten "
         "Termin", 1),
        (dates("2016-01-01", "2016-03-01", "2016-01-04", None), "läuft", 0),
        (dates(None, "2016-02-01", "2016-01-04", None), "läuft noch, 28 Tage über dem geplanten "
         "Ende", 28),
        (dates(None, "2016-02-28", None, "2016-02-29"), "abgeschlossen, 1 Tag später als geplant",
         1),
        (dates(None, None, None, "2016-02-29"), "abgeschlossen", 0),
        (dates("2016-01-01", "2016-04-01", "2016-01-04", "2016-03-01"), "läuft", 0),
    ],
)  # fmt: skip
def test_a_phase_is_judged_on_the_leap_day(found, words, days):
    state = judge(phase=Phase.MEASURES, dates=found, as_of=LEAP)

    assert (state.words, state.days_late, state.is_late) == (words, days, days > 0)


def test_the_drawing_stays_on_the_paper_and_names_the_delay():
    found = dates("2016-01-01", "2016-02-01", "2016-01-04", "2016-02-29")
    late = judge(phase=Phase.GOAL_SETTING, dates=found, as_of=LEAP)

    drawing = draw(states=[late], as_of=LEAP)

    assert drawing.rows[0].text == "Ziele: abgeschlossen, 28 Tage später als geplant"
    assert [span.kind for span in drawing.rows[0].spans] == ["planned", "actual", "late"]
    assert all(span.x >= 0 and span.x + span.width <= 560 for span in drawing.rows[0].spans)
    assert draw(states=[judge(phase=Phase.CALL, dates=dates(), as_of=LEAP)], as_of=LEAP) is None


def test_a_phase_is_saved_with_its_history(programme):
    site, by = SiteFactory(programme=programme), UserFactory()
    draft = PhaseDraft(dates("2016-02-29", "2016-03-31"), "Größere Runde")

    row = phases.revise(site=site, phase=Phase.KICKOFF, draft=draft, seen_at=None, by=by)

    assert (row.planned_from, row.note) == (LEAP, "Größere Runde")
    assert SitePhase.objects.count() == 1


def test_two_people_who_save_one_after_the_other_do_not_overwrite(programme):
    site, by = SiteFactory(programme=programme), UserFactory()
    first = PhaseDraft(dates("2016-02-29"), "erste")
    kept = phases.revise(site=site, phase=Phase.KICKOFF, draft=first, seen_at=None, by=by)

    with pytest.raises(NewerVersion) as newer:
        phases.revise(
            site=site, phase=Phase.KICKOFF, draft=PhaseDraft(dates()), seen_at=None, by=by
        )
    again = phases.revise(site=site, phase=Phase.KICKOFF, draft=first, seen_at=None, by=by)

    assert newer.value.current.note == "erste"
    assert again.updated_at == kept.updated_at


@pytest.mark.parametrize(
    ("found", "field"),
    [
        (dates("2016-03-01", "2016-02-29"), "planned_to"),
        (dates(None, None, "2016-03-01", "2016-02-29"), "actual_to"),
        (dates(None, None, "2999-01-01"), "actual_from"),
        (dates("2015-09-30"), "outside_reason"),
        (dates(None, "2017-07-01"), "outside_reason"),
    ],
)
def test_dates_that_cannot_be_right_are_refused_or_asked_about(programme, found, field):
    site, by = SiteFactory(programme=programme), UserFactory()

    with pytest.raises(RuleBroken) as broken:
        phases.revise(site=site, phase=Phase.KICKOFF, draft=PhaseDraft(found), seen_at=None, by=by)

    assert broken.value.field == field


def test_a_reason_makes_a_date_outside_the_run_time_right(programme):
    site, by = SiteFactory(programme=programme), UserFactory()
    draft = PhaseDraft(dates(None, "2017-07-14"), "", "Druck verzögert")

    row = phases.revise(site=site, phase=Phase.TRANSFER, draft=draft, seen_at=None, by=by)

    assert (row.planned_to, row.outside_reason) == (date(2017, 7, 14), "Druck verzögert")


@pytest.mark.parametrize("amount", [1, 3])
def test_the_overview_costs_the_same_for_any_amount(programme, amount, django_assert_num_queries):
    for site in SiteFactory.create_batch(amount, programme=programme):
        SitePhaseFactory(site=site, actual_from=LEAP, planned_to=date(2016, 3, 1))

    with django_assert_num_queries(2):
        rows = phase_queries.progress(programme=programme, as_of=date(2016, 3, 2))

    assert [row.late[0].days_late for row in rows] == [1] * amount


def test_a_withdrawn_site_is_never_late(programme):
    site = SiteFactory(programme=programme, status=SiteStatus.WITHDRAWN)
    SitePhaseFactory(site=site, planned_from=LEAP)

    (row,) = phase_queries.progress(programme=programme, as_of=date(2017, 1, 1))

    assert (row.late, row.current, row.next_dates) == ((), (), ())


def test_next_dates_come_in_order(programme):
    site = SiteFactory(programme=programme)
    SitePhaseFactory(site=site, phase="evaluation", planned_from=date(2017, 5, 1))
    SitePhaseFactory(site=site, phase="measures", actual_from=LEAP, planned_to=date(2017, 4, 30))

    (row,) = phase_queries.progress(programme=programme, as_of=date(2017, 1, 1))

    assert [entry.text for entry in row.next_dates] == [
        "Ende: Umsetzung der Maßnahmen",
        "Beginn: Auswertung",
    ]


def test_the_coach_plans_and_sees_both_versions_of_a_clash(programme, signed_in):
    coach = UserFactory(roles=[Role.COACH])
    site = SiteFactory(programme=programme)
    SiteAssignmentFactory(user=coach, site=site, kind=AssignmentKind.COACH)
    SitePhaseFactory(site=site, phase="kickoff", note="Im Rathaus")
    page = reverse("sites:edit_phase", args=[site.slug, "kickoff"])

    client = signed_in(user=coach)
    response = client.post(page, {"note": "Im Landratsamt", "seen_at": ""})

    content = response.content.decode()
    assert response.status_code == 422
    assert "Im Rathaus" in content
    assert "Im Landratsamt" in content
    seen = response.context["form"]["seen_at"].value()
    assert client.post(page, {"note": "Im Landratsamt", "seen_at": seen}).status_code == 302


def test_an_unknown_phase_is_a_missing_page(programme, signed_in):
    site = SiteFactory(programme=programme)

    page = reverse("sites:edit_phase", args=[site.slug, "urlaub"])

    assert signed_in(Role.OFFICE).get(page).status_code == 404


def test_the_public_page_shows_the_phases_in_words(client, programme):
    site = SiteFactory(programme=programme)
    SitePhaseFactory(
        site=site, planned_to=date(2016, 3, 1), actual_from=LEAP, actual_to=date(2016, 3, 5)
    )

    content = client.get(reverse("sites:site", args=[site.slug])).content.decode()

    assert content.count("abgeschlossen, 4 Tage später als geplant") == 2
    assert "29.02.2016 bis 05.03.2016" in content
