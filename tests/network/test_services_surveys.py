"""The survey: who gets a link, once each, nothing that leads from an answer to a person."""

from datetime import timedelta

import pytest

from network.enums import MeetingStatus, RegistrationStatus
from network.models import Survey, SurveyAnswer, SurveyTicket
from network.queries import survey as queries
from network.rules.survey import PROPOSED, SCALE, TEXT, Question, accepted, numbered
from network.services import surveys
from programme import clock, tokens
from programme.errors import RuleBroken
from programme.models import OutgoingMail
from tests.factories.network import (
    MeetingFactory,
    RegistrationFactory,
    SurveyAnswerFactory,
    SurveyFactory,
    SurveyTicketFactory,
)
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return UserFactory()


@pytest.fixture
def meeting(programme):
    return MeetingFactory(programme=programme, status=MeetingStatus.HELD)


@pytest.fixture
def planned(meeting, office):
    return surveys.plan(meeting=meeting, questions=PROPOSED, closes_on=None, by=office)


@pytest.fixture
def link(meeting):
    """A ticket of a survey that runs, and the token that opens it."""
    questions = [{"key": "q1", "text": "Gut?", "kind": SCALE}]
    survey = SurveyFactory(meeting=meeting, questions=questions, closes_on=clock.today())
    token = tokens.token("survey", tokens.new_seed())
    SurveyTicketFactory(survey=survey, token_digest=tokens.digest(token))
    return token


def addresses():
    return set(OutgoingMail.objects.values_list("recipient", flat=True))


def test_who_arrived_gets_a_link_each_address_once(meeting, planned, office):
    now = clock.now()
    for email in ("a@example.org", "b@example.org"):
        RegistrationFactory(invitation__meeting=meeting, email=email, arrived_at=now)
    RegistrationFactory(invitation__meeting=meeting, email="", arrived_at=now)
    RegistrationFactory(invitation__meeting=meeting, email="fehlte@example.org")

    sent = surveys.issue(meeting=meeting, by=office)

    assert sent == 2
    assert addresses() == {"a@example.org", "b@example.org"}
    assert SurveyTicket.objects.filter(is_used=False).count() == 2
    assert Survey.objects.get().closes_on == clock.today() + surveys.OPEN_FOR


def test_without_check_ins_everybody_with_a_seat_gets_one(meeting, planned, office):
    RegistrationFactory(invitation__meeting=meeting, email="platz@example.org")
    waiting = RegistrationStatus.WAITING
    RegistrationFactory(invitation__meeting=meeting, status=waiting)

    surveys.issue(meeting=meeting, by=office)

    assert addresses() == {"platz@example.org"}


def test_it_is_sent_once_and_not_changed_after_that(meeting, planned, office):
    RegistrationFactory(invitation__meeting=meeting)
    surveys.issue(meeting=meeting, by=office)

    with pytest.raises(RuleBroken, match="schon verschickt"):
        surveys.issue(meeting=meeting, by=office)
    with pytest.raises(RuleBroken, match="schon verschickt"):
        surveys.plan(meeting=meeting, questions=PROPOSED, closes_on=None, by=office)
    assert OutgoingMail.objects.count() == 1


def test_nothing_is_sent_before_the_meeting_or_to_nobody(meeting, planned, office, programme):
    coming = MeetingFactory(programme=programme)
    surveys.plan(meeting=coming, questions=PROPOSED, closes_on=None, by=office)

    with pytest.raises(RuleBroken, match="nach dem Treffen"):
        surveys.issue(meeting=coming, by=office)
    with pytest.raises(RuleBroken, match="niemand"):
        surveys.issue(meeting=meeting, by=office)
    with pytest.raises(RuleBroken, match="zuerst die Fragen"):
        surveys.issue(meeting=MeetingFactory(programme=programme), by=office)


def test_a_link_answers_once(link):
    surveys.answer(token=link, values={"q1": "5"})

    with pytest.raises(RuleBroken, match="schon eine Antwort"):
        surveys.answer(token=link, values={"q1": "1"})
    assert list(SurveyAnswer.objects.values_list("values", flat=True)) == [{"q1": 5}]


def test_an_empty_answer_leaves_the_link_usable(link):
    with pytest.raises(RuleBroken, match="mindestens eine Frage"):
        surveys.answer(token=link, values={"q1": "6"})

    surveys.answer(token=link, values={"q1": "3"})
    assert SurveyAnswer.objects.count() == 1


def test_after_the_last_day_and_with_a_strange_link_nothing_counts(link):
    Survey.objects.update(closes_on=clock.today() - timedelta(days=1))

    with pytest.raises(RuleBroken, match="beendet"):
        surveys.answer(token=link, values={"q1": "3"})
    with pytest.raises(RuleBroken, match="keiner Befragung"):
        surveys.answer(token="x", values={"q1": "3"})
    assert not SurveyAnswer.objects.exists()


def test_no_column_of_an_answer_leads_to_a_ticket_or_a_person():
    assert {field.name for field in SurveyAnswer._meta.fields} == {"id", "survey", "values"}
    assert {field.name for field in SurveyTicket._meta.fields} == {
        *("id", "survey", "token_digest", "is_used")
    }


def test_all_answers_are_written_anew_in_random_order(meeting, monkeypatch):
    mixed = []
    monkeypatch.setattr(surveys._shuffled, "shuffle", lambda rows: mixed.append(len(rows)))
    questions = [{"key": "q1", "text": "Was?", "kind": TEXT}]
    survey = SurveyFactory(meeting=meeting, questions=questions)

    for number in range(3):
        token = tokens.token("survey", str(number))
        SurveyTicketFactory(survey=survey, token_digest=tokens.digest(token))
        surveys.answer(token=token, values={"q1": str(number)})

    assert mixed == [1, 2, 3]
    assert {row.values["q1"] for row in SurveyAnswer.objects.all()} == {"0", "1", "2"}


@pytest.mark.parametrize("amount", [0, 4])
def test_below_five_answers_only_their_number_is_told(meeting, amount):
    survey = SurveyFactory(meeting=meeting, questions=[{"key": "q1", "text": "?", "kind": TEXT}])
    SurveyAnswerFactory.create_batch(amount, survey=survey, values={"q1": "geheim"})

    results = queries.results(survey)

    assert (results.answered, results.is_shown, results.questions) == (amount, False, ())
    assert queries.table(survey)[1] == []


def test_from_five_answers_on_there_are_bars_a_sentence_and_the_texts(meeting):
    questions = [
        {"key": "q1", "text": "Gut?", "kind": SCALE},
        {"key": "q2", "text": "Was noch?", "kind": TEXT},
    ]
    survey = SurveyFactory(meeting=meeting, questions=questions)
    for mark in (5, 5, 4, 2, 1):
        SurveyAnswerFactory(survey=survey, values={"q1": mark})
    SurveyAnswerFactory(survey=survey, values={"q2": "Größere Räume"})

    marks, texts = queries.results(survey).questions

    assert marks.sentence == "3 von 5 stimmen zu (4 oder 5); im Mittel 3,4 von 5."
    assert [int(value) for value in marks.chart.series[0].values] == [1, 1, 0, 1, 2]
    assert (texts.answered, texts.texts) == (1, ("Größere Räume",))


def test_questions_are_numbered_and_limited():
    assert numbered([(" Wie  war es? ", "text"), ("", "scale")]) == (
        Question("q1", "Wie war es?", "text"),
    )
    for texts, why in (
        ([("", "text")], "mindestens eine"),
        ([(f"Frage {n}", "text") for n in range(6)], "Mehr als 5"),
        ([("Wie?", "text"), ("wie?", "scale")], "zweimal"),
    ):
        with pytest.raises(RuleBroken, match=why):
            numbered(texts)


def test_answers_to_other_questions_are_left_out():
    assert accepted((Question("q1", "Gut?", SCALE),), {"q1": "4", "q9": "x"}) == {"q1": 4}
