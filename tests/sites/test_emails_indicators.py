"""The reminder of missing values, as the staff of a site reads it."""

from pathlib import Path

import pytest

from sites import emails
from sites.queries.indicators import Gap
from tests.factories.programme import UserFactory
from tests.factories.sites import IndicatorFactory, SiteFactory

pytestmark = pytest.mark.django_db
LETTERS = Path(__file__).parent / "letters"


def test_the_letter_reads_as_agreed(programme):
    site = SiteFactory(programme=programme, name="Gießen & Umland", slug="giessen")
    person = UserFactory(email="standort@example.org")
    rows = (IndicatorFactory(name="Rückstand"), IndicatorFactory(name="Wartezeit vor Ort"))
    gaps = [Gap("baseline", "Ausgangswert", rows), Gap("end", "Endstand", rows[:1])]

    mail = emails.missing_indicators(site, person, gaps)

    head = f"An: {mail.recipient}\nAntwort an: {mail.reply_to}\nBetreff: {mail.subject}\n\n"
    expected = (LETTERS / "missing_indicators.txt").read_text(encoding="utf-8")
    assert head + mail.text_body == expected
    assert "Gießen &amp; Umland" in mail.html_body
