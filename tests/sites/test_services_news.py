"""What people hear of their sites: the others, once, never who did it or has a letter anyway."""

from datetime import date, timedelta

import pytest

from programme import clock
from programme.enums import Role
from programme.models import Notice
from sites.enums import AssignmentKind, CoachingDayState, Phase, SiteStatus
from sites.models import CoachingDay
from sites.rules.due_steps import next_working_day
from sites.services import coaching_answers, due_news, news, next_steps
from tests.factories.applications import ApplicationFactory
from tests.factories.programme import UserFactory
from tests.factories.sites import (
    AdoptionFactory,
    CoachingDayFactory,
    NextStepFactory,
    PracticeCardFactory,
    SiteAssignmentFactory,
    SiteFactory,
    SitePhaseFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2016, 2, 29)  # a Monday


class People:
    """A site with two people on each side, and somebody of the team."""

    def __init__(self, programme):
        self.site = SiteFactory(programme=programme, name="Kassel", slug="kassel")
        self.staff, self.colleague = self.at(Role.SITE), self.at(Role.SITE)
        self.coach = self.at(Role.COACH)
        self.team = UserFactory(roles=[Role.OFFICE])

    def at(self, role):
        kind = AssignmentKind.STAFF if role == Role.SITE else AssignmentKind.COACH
        person = UserFactory(roles=[role])
        SiteAssignmentFactory(user=person, site=self.site, kind=kind)
        return person


@pytest.fixture
def people(programme):
    return People(programme)


@pytest.fixture
def today(monkeypatch):
    def set_day(day):
        monkeypatch.setattr(clock, "today", lambda: day)

    set_day(TODAY)
    return set_day


def heard():
    """Return who heard what: topic, person, sentence."""
    return list(Notice.objects.order_by("pk").values_list("topic", "user", "sentence"))


def test_a_day_that_waits_is_news_for_those_without_a_letter(people):
    day = CoachingDayFactory(site=people.site, coach=people.coach, handed_in=True)

    news.day_handed_in(day=day, by=people.coach)

    sentence = (
        "Standort Kassel: Der Begleittag vom 29.02.2016 ist eingetragen und wartet auf Bestätigung."
    )
    assert heard() == [("coaching", people.team.pk, sentence)]


def test_a_confirmed_day_is_news_for_everybody_but_who_confirmed(people):
    day = CoachingDayFactory(site=people.site, coach=people.coach, handed_in=True)

    coaching_answers.confirm(day=day, seen_at=day.changed_at, by=people.staff)
    coaching_answers.confirm(day=day, seen_at=day.changed_at, by=people.colleague)

    sentence = "Standort Kassel: Der Begleittag vom 29.02.2016 ist vom Standort bestätigt."
    assert heard() == [
        ("coaching", person.pk, sentence)
        for person in (people.colleague, people.coach, people.team)
    ]
    assert {row.path for row in Notice.objects.all()} == {
        f"/intern/standorte/kassel/begleittage/{day.pk}/"
    }


def test_a_returned_day_is_no_second_news_for_the_coach_who_has_a_letter(people):
    day = CoachingDayFactory(site=people.site, coach=people.coach, handed_in=True)

    coaching_answers.give_back(day=day, remark="Zu früh", seen_at=day.changed_at, by=None)

    sentence = "Standort Kassel: Der Begleittag vom 29.02.2016 ist vom Standort zurückgegeben."
    assert heard() == [
        ("coaching", person.pk, sentence)
        for person in (people.staff, people.colleague, people.team)
    ]


def test_a_step_that_is_done_is_news_for_both_sides_once_a_day(people, today):
    step = NextStepFactory(coaching_day__site=people.site, text="Wegweiser aufhängen")

    for is_done in (True, True, False, True):
        next_steps.settle(step=step, is_done=is_done, by=people.staff)

    sentence = "Standort Kassel, nächster Schritt erledigt: Wegweiser aufhängen"
    assert heard() == [
        ("steps", person.pk, sentence) for person in (people.colleague, people.coach, people.team)
    ]


def test_a_released_card_is_news_for_the_offices_once(people):
    member = UserFactory(roles=[Role.MEMBER])
    card = PracticeCardFactory(site=people.site, title="Terminvergabe am Telefon")

    news.card_released(card=card, by=people.staff)
    news.card_released(card=card, by=people.team)

    sentence = "Neuer Praxisbaustein vom Standort Kassel: Terminvergabe am Telefon"
    assert {row[:2] for row in heard()} == {
        ("practice", person.pk) for person in (people.colleague, people.team, member, people.staff)
    }
    assert {row[2] for row in heard()} == {sentence}


def test_an_office_that_tries_a_card_is_news_for_its_site(people):
    member = UserFactory(roles=[Role.MEMBER])
    card = PracticeCardFactory(site=people.site, title="Terminvergabe am Telefon")
    adoption = AdoptionFactory(card=card, organisation__name="Ausländerbehörde Fulda")

    news.card_tried(adoption=adoption, by=member)

    sentence = (
        f"{adoption.organisation} probiert den Praxisbaustein „Terminvergabe am Telefon“ "
        "des Standorts Kassel aus."
    )
    assert heard() == [
        ("practice", person.pk, sentence)
        for person in (people.staff, people.colleague, people.coach, people.team)
    ]


def test_an_application_is_news_for_the_team(people):
    application = ApplicationFactory(handed_in=True)

    news.application_handed_in(application=application, by=UserFactory(roles=[Role.MEMBER]))

    sentence = f"{application.organisation} hat die Bewerbung als Standort abgegeben."
    assert heard() == [("applications", people.team.pk, sentence)]


@pytest.mark.parametrize(
    ("day", "due_on", "words"),
    [
        (date(2016, 2, 28), date(2016, 2, 29), "Fällig am 29.02.2016"),
        (date(2016, 2, 29), date(2016, 2, 29), "Fällig am 29.02.2016"),
        (date(2016, 3, 1), date(2016, 2, 29), "Überfällig seit dem 29.02.2016"),
        # On a Friday people hear what is due until Monday.
        (date(2016, 2, 26), date(2016, 2, 29), "Fällig am 29.02.2016"),
        (date(2016, 3, 30), date(2016, 2, 29), "Überfällig seit dem 29.02.2016"),
    ],
)
def test_a_step_is_news_for_the_side_that_has_to_do_it(people, today, day, due_on, words):
    NextStepFactory(coaching_day__site=people.site, side="coach", text="Muster", due_on=due_on)
    today(day)

    counts = [due_news.tell_due_steps.call(), due_news.tell_due_steps.call()]

    assert counts == [1, 0]
    assert heard() == [("steps", people.coach.pk, f"{words}, Standort Kassel: Muster")]


@pytest.mark.parametrize(
    ("more", "day"),
    [
        ({"due_on": None}, TODAY),
        ({"due_on": TODAY, "done_on": TODAY}, TODAY),
        ({"due_on": TODAY + timedelta(days=2)}, TODAY),
        ({"due_on": TODAY}, TODAY + timedelta(days=31)),
        ({"due_on": TODAY, "coaching_day__state": CoachingDayState.REPLACED}, TODAY),
        ({"due_on": TODAY, "coaching_day__site__status": SiteStatus.WITHDRAWN}, TODAY),
    ],
)
def test_other_steps_are_no_news(programme, today, more, day):
    step = NextStepFactory(coaching_day__site__programme=programme, **more)
    staff = UserFactory(roles=[Role.SITE])
    SiteAssignmentFactory(user=staff, site=step.coaching_day.site)
    today(day)

    assert (due_news.tell_due_steps.call(), heard()) == (0, [])


def test_a_step_falls_due_and_overdue_once_each_also_after_the_day_was_written_anew(people, today):
    day = CoachingDayFactory(site=people.site)
    agreed = {"coaching_day": day, "side": "coach", "text": "Muster", "due_on": TODAY}
    NextStepFactory(**agreed)
    due_news.tell_due_steps.call()
    day.next_steps.all().delete()
    NextStepFactory(**agreed)

    due_news.tell_due_steps.call()
    for number in (1, 2, 3):
        today(TODAY + timedelta(days=number))
        due_news.tell_due_steps.call()

    assert [row[2][:10] for row in heard()] == ["Fällig am ", "Überfällig"]
    assert CoachingDay.objects.count() == 1


def test_a_late_phase_is_news_once_for_its_begin_and_once_for_its_end(people, today):
    phase = SitePhaseFactory(
        site=people.site,
        phase=Phase.MEASURES,
        planned_from=TODAY - timedelta(days=1),
        planned_to=TODAY + timedelta(days=5),
        actual_from=None,
        actual_to=None,
    )

    counts = [due_news.tell_late_phases.call(), due_news.tell_late_phases.call()]
    phase.actual_from = TODAY
    phase.save()
    today(TODAY + timedelta(days=7))
    counts += [due_news.tell_late_phases.call(), due_news.tell_late_phases.call()]

    label = "Die Phase „Umsetzung der Maßnahmen“"
    assert counts == [4, 0, 4, 0]
    assert [row[2] for row in heard() if row[1] == people.staff.pk] == [
        f"Standort Kassel: {label} sollte beginnen und ist 1 Tag in Verzug.",
        f"Standort Kassel: {label} sollte enden und ist 2 Tage in Verzug.",
    ]


def test_phases_of_long_ago_and_of_sites_that_left_are_no_news(programme, today):
    for status, days in ((SiteStatus.ACTIVE, 31), (SiteStatus.WITHDRAWN, 1)):
        SitePhaseFactory(
            site=SiteFactory(programme=programme, status=status),
            planned_from=TODAY - timedelta(days=days),
            planned_to=None,
            actual_from=None,
            actual_to=None,
        )
    UserFactory(roles=[Role.OFFICE])

    assert (due_news.tell_late_phases.call(), heard()) == (0, [])


def test_without_a_programme_no_phase_is_late(db):
    assert due_news.tell_late_phases.call() == 0


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (date(2024, 2, 28), date(2024, 2, 29)),
        (date(2024, 2, 29), date(2024, 3, 1)),
        (date(2024, 3, 1), date(2024, 3, 4)),
        (date(2024, 3, 2), date(2024, 3, 4)),
        (date(2024, 3, 3), date(2024, 3, 4)),
    ],
)
def test_the_next_working_day_skips_the_weekend(day, after):
    assert next_working_day(day) == after
