"""The question about a practice card, as the office reads it."""

from datetime import date
from pathlib import Path

import pytest

from sites import emails
from tests.factories.network import ContactFactory, MeetingFactory
from tests.factories.sites import AdoptionFactory

pytestmark = pytest.mark.django_db
LETTERS = Path(__file__).parent / "letters"


def test_the_letter_reads_as_agreed(programme):
    adoption = AdoptionFactory(
        card__title="Größere Schilder & Farben",
        card__slug="groessere-schilder",
        organisation__name="Ausländerbehörde Musterstadt",
        started_on=date(2024, 2, 29),
        asked_at_meeting=MeetingFactory(programme=programme, title="3. Landesnetzwerktreffen"),
        token_seed="seed",
    )
    contact = ContactFactory(organisation=adoption.organisation, email="abh@example.org")

    mail = emails.adoption_question(adoption, contact)

    head = f"An: {mail.recipient}\nAntwort an: {mail.reply_to}\nBetreff: {mail.subject}\n\n"
    expected = (LETTERS / "adoption_question.txt").read_text(encoding="utf-8")
    assert head + mail.text_body == expected
    assert "Größere Schilder &amp; Farben" in mail.html_body
