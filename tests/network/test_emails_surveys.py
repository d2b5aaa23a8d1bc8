"""The letter with the link to the survey, as its recipient reads it."""

from datetime import UTC, date, datetime

import pytest

from network import emails
from tests.factories.network import MeetingFactory, RegistrationFactory, SurveyFactory
from tests.network.test_emails_registrations import compare

pytestmark = pytest.mark.django_db


def test_the_letter_with_the_link(programme):
    meeting = MeetingFactory(
        programme=programme,
        title="3. Landesnetzwerktreffen",
        starts_at=datetime(2028, 2, 29, 8, 30, tzinfo=UTC),
        ends_at=datetime(2028, 2, 29, 15, 0, tzinfo=UTC),
    )
    registration = RegistrationFactory(
        invitation__meeting=meeting, full_name="Öznur Groß", email="oeznur.gross@example.org"
    )
    survey = SurveyFactory(
        meeting=meeting, questions=[{}, {}, {}, {}, {}], closes_on=date(2028, 3, 14)
    )
    url = "https://portal.example.org/befragung/abc/"

    mail = emails.survey_asked(registration, survey=survey, url=url)

    compare(mail, "survey_asked")
