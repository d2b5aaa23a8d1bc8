"""Practice cards are made, released, tried, and told about."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from network.enums import Audience, MeetingStatus
from network.models import Contact
from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import Notice, OutgoingMail
from sites.enums import AdoptionState, MeasureStatus
from sites.models import Adoption, PracticeCard
from sites.queries.practice import adoptions
from sites.rules.practice import CardDraft, Feedback
from sites.services import practice
from sites.services.practice_questions import ask_offices
from tests.factories.network import ContactFactory, MeetingFactory, OrganisationFactory
from tests.factories.programme import FieldOfActionFactory, UserFactory
from tests.factories.sites import AdoptionFactory, MeasureFactory, PracticeCardFactory

pytestmark = pytest.mark.django_db


def draft(**columns):
    known = {
        "field_of_action": columns.pop("field", None) or FieldOfActionFactory(),
        "title": "Größere Schilder am Empfang",
        "problem": "Niemand fand den Weg.",
        "steps": "Farben wählen\nSchilder drucken",
        "effort_hours": Decimal("12.5"),
        "effect": "Weniger Fragen nach dem Weg.",
        "effect_n": 40,
        "contact": "Innere Dienste",
        "audience": Audience.PUBLIC,
    }
    return CardDraft(**known | columns)


def made(measure=None, **columns):
    return practice.make(
        measure=measure or MeasureFactory(), draft=draft(**columns), by=UserFactory()
    )


def test_a_card_is_made_from_a_measure_and_released():
    measure = MeasureFactory()

    card = made(measure)

    assert (card.slug, card.site, card.measure) == (
        "groessere-schilder-am-empfang",
        measure.site,
        measure,
    )
    assert PracticeCard.objects.public().get() == card


def test_a_released_card_is_news_once_also_after_the_news_are_forgotten():
    member = UserFactory(roles=[Role.MEMBER])
    card = made(audience=Audience.TEAM)
    news = Notice.objects.filter(user=member)

    def revise(**columns):
        seen_at = PracticeCard.objects.get(pk=card.pk).changed_at
        changed = draft(field=card.field_of_action, **columns)
        practice.revise(card=card, draft=changed, seen_at=seen_at, by=UserFactory())
        return news.count()

    counts = [news.count(), revise()]
    news.delete()

    assert [*counts, revise(problem="Niemand fand den Eingang.")] == [0, 1, 0]


def test_a_draft_may_be_incomplete_but_nobody_reads_it():
    card = made(audience=Audience.TEAM, effect="", effect_n=None, effort_hours=None, contact="")

    assert card.released_at is None
    assert not PracticeCard.objects.released().exists()


@pytest.mark.parametrize(
    ("columns", "field"),
    [
        ({"effect": "", "effect_n": None}, "effect"),
        ({"effort_hours": None}, "effort_hours"),
        ({"contact": ""}, "contact"),
        ({"effect": "", "audience": Audience.TEAM}, "effect"),
    ],
)
def test_a_card_is_released_only_when_others_can_use_it(columns, field):
    with pytest.raises(RuleBroken) as broken:
        made(**columns)

    assert broken.value.field == field


@pytest.mark.parametrize("status", [MeasureStatus.PLANNED, MeasureStatus.STOPPED])
def test_only_what_runs_or_worked_becomes_a_card(status):
    with pytest.raises(RuleBroken):
        made(MeasureFactory(status=status))


def test_a_measure_becomes_one_card_and_titles_get_a_number():
    card = made()

    with pytest.raises(RuleBroken):
        made(card.measure)
    assert made().slug == "groessere-schilder-am-empfang-2"


def test_a_release_can_be_taken_back_and_given_again():
    card = made()

    for audience, count in ((Audience.TEAM, 0), (Audience.OFFICES, 1)):
        card = practice.revise(
            card=card, draft=draft(audience=audience), seen_at=card.changed_at, by=UserFactory()
        )
        assert PracticeCard.objects.released().count() == count
    assert not PracticeCard.objects.public().exists()


def test_two_people_do_not_overwrite_each_other():
    card = made()
    seen = card.changed_at
    practice.revise(card=card, draft=draft(title="Neu"), seen_at=seen, by=UserFactory())

    with pytest.raises(practice.CardClash):
        practice.revise(card=card, draft=draft(title="Alt"), seen_at=seen, by=UserFactory())
    assert PracticeCard.objects.get().title == "Neu"


def test_an_office_tries_a_card_once_and_may_take_it_back():
    card, office = PracticeCardFactory(public=True), OrganisationFactory()

    adoption = practice.try_out(card=card, organisation=office, by=UserFactory())
    with pytest.raises(RuleBroken):
        practice.try_out(card=card, organisation=office, by=UserFactory())
    practice.give_up(adoption=adoption, by=UserFactory())

    assert not Adoption.objects.exists()


def test_neither_the_own_card_nor_a_draft_is_tried():
    own, unreleased = PracticeCardFactory(public=True), PracticeCardFactory()

    for card, office in ((own, own.site.organisation), (unreleased, OrganisationFactory())):
        with pytest.raises(RuleBroken):
            practice.try_out(card=card, organisation=office, by=UserFactory())


def test_what_was_told_is_changed_but_not_taken_back():
    adoption = AdoptionFactory()
    adopted = Feedback(AdoptionState.ADOPTED, Decimal("-3.5"), "Minuten Wartezeit")

    practice.answer(adoption=adoption, feedback=Feedback(AdoptionState.DROPPED))
    practice.answer(adoption=adoption, feedback=adopted)

    row = Adoption.objects.get()
    assert (row.state, row.figure) == (AdoptionState.ADOPTED, Decimal("-3.5"))
    with pytest.raises(RuleBroken):
        practice.give_up(adoption=row, by=UserFactory())


@pytest.mark.parametrize(
    ("feedback", "field"),
    [
        (Feedback(AdoptionState.ADOPTED), "figure"),
        (Feedback(AdoptionState.ADOPTED, Decimal(3)), "figure_unit"),
        (Feedback(AdoptionState.TRYING, None, "Minuten"), "figure"),
    ],
)
def test_a_figure_says_what_it_counts(feedback, field):
    with pytest.raises(RuleBroken) as broken:
        practice.answer(adoption=AdoptionFactory(), feedback=feedback)

    assert broken.value.field == field


def held(programme, day, status=MeetingStatus.HELD):
    starts_at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return MeetingFactory(
        programme=programme,
        starts_at=starts_at,
        ends_at=starts_at.replace(hour=15),
        status=status,
    )


def asked():
    ask_offices.call()
    return OutgoingMail.objects.filter(letter="sites/adoption_question").count()


def test_after_each_meeting_every_trying_office_is_asked_once(programme, time_machine):
    time_machine.move_to(datetime(2026, 6, 1, tzinfo=UTC))
    fulda = AdoptionFactory(started_on=date(2026, 1, 5)).organisation
    ContactFactory(organisation=fulda)
    ContactFactory(organisation=fulda, kind="deputy")
    ContactFactory(organisation=fulda, kind="mailbox", is_active=False)
    later = AdoptionFactory(started_on=date(2026, 3, 1))
    ContactFactory(organisation=later.organisation)
    done = AdoptionFactory(started_on=date(2026, 1, 5), state=AdoptionState.ADOPTED)
    ContactFactory(organisation=done.organisation)
    mute = AdoptionFactory(started_on=date(2026, 1, 5))

    assert asked() == 0
    held(programme, date(2026, 3, 1))
    held(programme, date(2026, 5, 1), MeetingStatus.CANCELLED)
    held(programme, date(2026, 7, 1), MeetingStatus.PUBLISHED)
    assert (asked(), asked()) == (1, 1)
    ContactFactory(organisation=mute.organisation)
    assert asked() == 2
    held(programme, date(2026, 5, 15), MeetingStatus.DOCUMENTED)
    assert (asked(), asked()) == (5, 5)


def test_after_two_meetings_the_team_lists_which_card_works_where(programme, time_machine):
    """Feature B12 "works if": which block was adopted where, with one figure each."""
    time_machine.move_to(datetime(2026, 1, 5, tzinfo=UTC))
    card = PracticeCardFactory(public=True, site__programme=programme, title="Kurzschalter")
    offices = [OrganisationFactory(short_name=name) for name in ("Fulda", "Gießen", "Hanau")]
    for office in offices:
        ContactFactory(organisation=office)
        practice.try_out(card=card, organisation=office, by=UserFactory())
    fulda, giessen, hanau = Adoption.objects.order_by("organisation__short_name")

    held(programme, date(2026, 2, 28))
    time_machine.move_to(datetime(2026, 3, 1, tzinfo=UTC))
    first = asked()
    adopted = AdoptionState.ADOPTED
    practice.answer(adoption=fulda, feedback=Feedback(adopted, Decimal(12), "Minuten weniger"))
    practice.answer(adoption=hanau, feedback=Feedback(AdoptionState.DROPPED))
    held(programme, date(2026, 6, 30))
    time_machine.move_to(datetime(2026, 7, 1, tzinfo=UTC))
    second = asked()
    practice.answer(adoption=giessen, feedback=Feedback(adopted, Decimal("7.5"), "Fälle je Tag"))

    assert (first, second) == (3, 4)
    assert [
        (row.card.title, row.organisation.short_name, row.figure, row.figure_unit)
        for row in adoptions(state=adopted)
    ] == [
        ("Kurzschalter", "Fulda", Decimal(12), "Minuten weniger"),
        ("Kurzschalter", "Gießen", Decimal("7.5"), "Fälle je Tag"),
    ]
    assert Contact.objects.count() == 3
