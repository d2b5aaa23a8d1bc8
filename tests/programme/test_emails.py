"""The letters of the ground floor as their recipients read them."""

from pathlib import Path

import pytest

from programme import emails
from tests.factories.programme import (
    BarrierReportFactory,
    LegalNoticeFactory,
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
