"""The letters about coaching days, as sites and coaches read them."""

from datetime import date
from pathlib import Path

import pytest

from sites import emails
from sites.enums import CoachingDayState, Side
from tests.factories.programme import UserFactory
from tests.factories.sites import CoachingDayFactory, NextStepFactory, SiteFactory

pytestmark = pytest.mark.django_db
LETTERS = Path(__file__).parent / "letters"


@pytest.fixture
def day(programme):
    day = CoachingDayFactory(
        site=SiteFactory(programme=programme, slug="giessen", name="Gießen"),
        coach=UserFactory(full_name="Carla Rinaldi", email="begleitung@example.org"),
        handed_in=True,
        token_seed="seed",
        pk=4711,
    )
    NextStepFactory(
        coaching_day=day, side=Side.SITE, text="Größere Schilder & Farben", due_on=date(2016, 3, 15)
    )
    NextStepFactory(coaching_day=day, side=Side.COACH, text="Leitfaden zusenden")
    return day


def readable(mail):
    head = f"An: {mail.recipient}\nAntwort an: {mail.reply_to}\nBetreff: {mail.subject}\n\n"
    return head + mail.text_body


def test_the_question_to_the_site_reads_as_agreed(day):
    mail = emails.coaching_day_to_confirm(day, to="standort@example.org")

    expected = (LETTERS / "coaching_day_to_confirm.txt").read_text(encoding="utf-8")
    assert readable(mail) == expected
    assert "Größere Schilder &amp; Farben" in mail.html_body


def test_the_coach_reads_why_a_day_came_back(day):
    day.state, day.remark = CoachingDayState.RETURNED, "Es waren <sieben> Personen."

    mail = emails.coaching_day_returned(day)

    expected = (LETTERS / "coaching_day_returned.txt").read_text(encoding="utf-8")
    assert readable(mail) == expected
    assert "&lt;sieben&gt;" in mail.html_body
