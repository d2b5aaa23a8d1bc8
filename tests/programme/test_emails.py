"""The letters of the ground floor as their recipients read them."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from programme import emails
from programme.enums import NoticeSpeed
from programme.rules.funding.dates import Deadline
from tests.factories.programme import (
    BarrierReportFactory,
    LegalNoticeFactory,
    NoticeFactory,
    ProgrammeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LETTERS = Path(__file__).parent / "letters"


def as_read(mail):
    lines = [f"Betreff: {mail.subject}", f"An: {mail.recipient}"]
    if mail.reply_to:
        lines.append(f"Antwort an: {mail.reply_to}")
    return "\n".join([*lines, "", mail.text_body])


def written_news(person):
    """Two topics, one piece of news with signs that HTML knows, and more than the letter shows."""
    at = datetime(2024, 2, 29, 12, tzinfo=UTC)
    first = NoticeFactory(user=person, created_at=at, path="/intern/standorte/kassel/")
    other = NoticeFactory(
        user=person,
        topic="steps",
        created_at=at,
        sentence="Fällig am 01.03.2024, Standort Kassel: Aushang „<leer>“ & Wegweiser",
        path="/intern/standorte/kassel/schritte/",
    )
    speeds = {"coaching": NoticeSpeed.DAILY, "steps": NoticeSpeed.WEEKLY}
    return {
        "news": emails.news(first, token="t0ken"),
        "digest": emails.digest(person, [other, first], speeds=speeds, token="t0ken", more=3),
    }


@pytest.fixture
def written():
    """Every letter once, with names and texts that are easily broken."""
    programme = ProgrammeFactory(is_current=True)
    LegalNoticeFactory(programme=programme)
    person = UserFactory(full_name="Jörg Ünal", email="joerg.uenal@example.org")
    inviter = UserFactory(full_name="Petra Weiß")
    report = BarrierReportFactory(message="Der Vorleser sagt „<leer>“ & bleibt stehen.")
    report.pk = 7
    link = "/konto/password/reset/key/1-abc/"
    return {
        "account_invitation": emails.account_invitation(person, path=link, inviter=inviter),
        "password_reset": emails.password_reset(person, path=link),
        "address_confirmation": emails.address_confirmation(person.email, path="/konto/x/"),
        "account_notice": emails.account_notice(person, sentence="Ihr Passwort wurde geändert."),
        "deadline_reminder": emails.deadline_reminder(
            person,
            deadline=Deadline(
                "final:AMIF", "Abschlussverwendungsnachweis (AMIF)", date(2017, 8, 31), "F14"
            ),
            days="in 7 Tagen fällig",
        ),
        **written_news(person),
        "barrier_report": emails.barrier_report(report, programme),
        "barrier_report_received": emails.barrier_report_received(report),
    }


@pytest.mark.parametrize(
    "name",
    [
        "account_invitation",
        "password_reset",
        "address_confirmation",
        "account_notice",
        "deadline_reminder",
        "news",
        "digest",
        "barrier_report",
        "barrier_report_received",
    ],
)
def test_the_letter_reads_as_agreed(written, name):
    assert as_read(written[name]) == (LETTERS / f"{name}.txt").read_text(encoding="utf-8")


def test_every_letter_has_a_designed_version_that_says_the_same(written):
    for name, mail in written.items():
        assert mail.letter == f"programme/{name}"
        assert mail.html_body.startswith("<!doctype html>")
        assert "Mit freundlichen Grüßen" in mail.html_body
        assert "<leer>" not in mail.html_body


def test_a_confirmation_never_repeats_what_a_stranger_wrote(written):
    mail = written["barrier_report_received"]

    assert "bleibt stehen" not in mail.text_body + mail.html_body + mail.subject


def test_news_can_be_ended_by_the_mail_program_and_other_letters_cannot(written):
    base = "https://portal.example.org/benachrichtigung/t0ken"

    assert {
        name: mail.unsubscribe_url for name, mail in written.items() if mail.unsubscribe_url
    } == {
        "news": f"{base}/coaching/",
        "digest": f"{base}/gesammelt/",
    }
