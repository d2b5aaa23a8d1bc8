"""The survey over the web: proposed questions, a link that works once, results and table."""

from uuid import uuid4

import pytest
from django.urls import reverse

from network.enums import MeetingStatus
from network.models import Survey, SurveyAnswer
from network.rules.survey import PROPOSED
from programme import clock, tokens, vault
from programme.models import OutgoingMail, Submission
from tests.factories.network import (
    MeetingFactory,
    RegistrationFactory,
    SurveyAnswerFactory,
    SurveyFactory,
    SurveyTicketFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(programme):
    return MeetingFactory(programme=programme, status=MeetingStatus.HELD)


@pytest.fixture
def link(meeting):
    survey = SurveyFactory(
        meeting=meeting,
        questions=[
            {"key": "q1", "text": "Gut?", "kind": "scale"},
            {"key": "q2", "text": "Was fehlt?", "kind": "text"},
        ],
        sent_at=clock.now(),
        closes_on=clock.today(),
    )
    token = tokens.token("survey", tokens.new_seed())
    SurveyTicketFactory(survey=survey, token_digest=tokens.digest(token))
    return reverse("network:answer_survey", args=[token])


def test_good_questions_are_proposed_and_sent_with_two_presses(office, meeting):
    RegistrationFactory(invitation__meeting=meeting, email="a@example.org")
    page = reverse("network:survey", args=[meeting.slug])
    proposed = office.get(page)
    fields = {
        name: proposed.context["form"][name].value() or ""
        for name in proposed.context["form"].fields
    }

    saved = office.post(page, {**fields, "send": "1", "form_key": uuid4()})
    asked = office.get(saved["Location"]).content.decode()
    sent = office.post(saved["Location"], {"form_key": uuid4()})

    assert PROPOSED[0].text in proposed.content.decode()
    assert "Eine Person bekommt" in asked
    assert sent.status_code == 302
    assert OutgoingMail.objects.get().letter == "network/survey_asked"
    assert "läuft" in office.get(page).content.decode()


def test_wrong_questions_are_named_and_kept(office, meeting):
    page = reverse("network:survey", args=[meeting.slug])
    sent = {"text_1": "Größe?", "text_2": "größe?", "closes_on": "2020-01-01"}

    response = office.post(page, {**sent, "form_key": uuid4()})

    assert response.status_code == 422
    assert "zweimal" in response.content.decode()
    assert 'value="Größe?"' in response.content.decode()


def test_looking_changes_nothing_answering_counts_once(client, link):
    for _ in range(3):
        page = client.get(link)
    first = client.post(link, {"q1": "4", "q2": "Größere Räume", "form_key": uuid4()})
    second = client.post(link, {"q1": "1", "form_key": uuid4()})
    after = client.get(link)

    assert "anonym" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert first["Location"] == reverse("network:survey_thanks")
    assert second.status_code == 422
    assert "schon eine Antwort angekommen" in after.content.decode()
    assert SurveyAnswer.objects.get().values == {"q1": 4, "q2": "Größere Räume"}


def test_the_remembered_form_does_not_name_the_link(client, link):
    client.post(link, {"q1": "4", "form_key": uuid4()})

    kept = Submission.objects.get().result_url.removeprefix("sealed:")
    assert vault.decrypt(kept) == "/befragung/danke/"


def test_an_unknown_link_is_not_found_and_a_closed_survey_says_so(client, link):
    Survey.objects.update(closes_on="2020-02-29")

    assert client.get(reverse("network:answer_survey", args=["x" * 43])).status_code == 404
    assert "beendet" in client.get(link).content.decode()
    assert client.post(link, {"q1": "4", "form_key": uuid4()}).status_code == 422


def test_results_and_table_appear_from_five_answers_on(office, meeting, link):
    survey = Survey.objects.get()
    page = reverse("network:survey", args=[meeting.slug])
    table = reverse("network:survey_table", args=[meeting.slug])
    SurveyAnswerFactory.create_batch(4, survey=survey, values={"q2": "=HYPERLINK(1)"})
    before, no_table = office.get(page).content.decode(), office.get(table)
    SurveyAnswerFactory(survey=survey, values={"q1": 5, "q2": "Grüße"})

    after, csv = office.get(page).content.decode(), office.get(table)

    assert "HYPERLINK" not in before
    assert no_table.status_code == 404
    assert "1 von 1 stimmen zu" in after
    assert "Grüße" in csv.content.decode()
    assert "'=HYPERLINK" in csv.content.decode()
