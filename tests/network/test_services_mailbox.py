"""The mailbox: answers and returned mails are taken in, everything else is left alone."""

from datetime import UTC, datetime
from io import StringIO

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from network.enums import RegistrationStatus, ReplySource, ReplyState
from network.models import CalendarReply
from network.services import mailbox, replies
from programme.enums import MailStatus
from programme.models import OutgoingMail
from tests.network import imap
from tests.network.replies_corpus import content, registered

pytestmark = pytest.mark.django_db
LETTER = b"From: a@example.org\r\nSubject: Frage\r\n\r\nWann geht es los?"
BROKEN = (
    b"From: Joerg <joerg.weiss@example.org>\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: text/calendar; method=REPLY\r\n\r\n"
    b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nkaputt\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture
def server(tmp_path, settings, monkeypatch):
    """A mailbox whose certificate this process trusts."""
    with imap.running(tmp_path) as running:
        monkeypatch.setenv("SSL_CERT_FILE", str(running.certificate))
        settings.IMAP_URL = running.url()
        with time_machine.travel(datetime(2026, 5, 4, 10, tzinfo=UTC)):
            yield running


def test_answers_count_and_their_mails_are_seen(server):
    person = registered()
    server.mails = {1: content("outlook_tentative"), 2: LETTER, 7: content("gmail_decline")}

    counts = mailbox.collect.call()

    person.refresh_from_db()
    assert counts == {"answers": 2, "bounces": 0, "broken": 0}
    assert person.status == RegistrationStatus.CANCELLED
    assert {row.source for row in CalendarReply.objects.all()} == {ReplySource.MAILBOX}
    assert server.seen == {1, 7}
    assert server.opened == [1, 7], "a mail for people is not even opened"
    assert 'LOGIN team "ge#heim"' in server.log


FORGED_HEADS = [
    b"",
    b"From: joerg.weiss@example.org, fremd@example.com\n",
    b"From: joerg.weiss@example.org <fremd@example.com>\n",
    b"From: joerg.weiss@example.org\nFrom: fremd@example.com\n",
    b"From: fremd@example.com\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n"
    b"From: joerg.weiss@example.org\n",
]


@pytest.mark.parametrize("head", FORGED_HEADS)
def test_a_mail_that_hides_who_sent_it_waits_for_a_person(server, head):
    person = registered()
    body = b"Content-Type: text/calendar; method=REPLY\n\n" + content("apple_tentative")
    server.mails = {1: b"X-Mailer: x\n" + head + b"MIME-Version: 1.0\n" + body}

    mailbox.collect.call()

    person.refresh_from_db()
    assert person.calendar_answer == ""
    assert [row.state for row in CalendarReply.objects.all()] == [ReplyState.PARKED]


def test_a_second_look_finds_nothing_new(server):
    registered()
    server.mails = {1: content("apple_accept")}
    mailbox.collect.call()
    server.seen.clear()

    assert mailbox.collect.call()["answers"] == 1
    assert CalendarReply.objects.count() == 1
    assert server.seen == {1}


def test_a_returned_mail_is_noted_at_the_mail_it_was(server):
    mail = OutgoingMail.objects.create(
        message_id="<177.1.2@portal.example.org>",
        sender="portal@example.org",
        recipient="weg@example.org",
        status=MailStatus.SENT,
    )
    server.mails = {1: content("bounce"), 2: content("delayed")}

    counts = mailbox.collect.call()

    mail.refresh_from_db()
    assert counts["bounces"] == 1
    assert mail.status == MailStatus.BOUNCED
    assert "User unknown" in mail.last_error
    assert server.seen == {1}


def test_a_returned_mail_of_somebody_else_is_left_alone(server):
    server.mails = {1: content("bounce")}

    assert mailbox.collect.call() == {"answers": 0, "bounces": 0, "broken": 0}
    assert server.seen == set()


def test_an_invitation_to_the_team_is_left_alone(server):
    head = b"From: a@example.org\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n"
    server.mails = {1: head + content("the_invitation_itself")}

    assert mailbox.collect.call()["answers"] == 0
    assert (server.seen, CalendarReply.objects.count()) == (set(), 0)


def test_an_unreadable_answer_is_parked_and_stops_nobody(server):
    person = registered()
    server.mails = {1: BROKEN, 2: content("thunderbird_accept")}

    assert mailbox.collect.call() == {"answers": 2, "bounces": 0, "broken": 0}
    person.refresh_from_db()
    assert person.calendar_answer == "accepted"
    parked = CalendarReply.objects.get(state=ReplyState.PARKED)
    assert parked.attendee == "joerg.weiss@example.org"
    assert "beschädigt" in parked.note


def test_one_mail_that_breaks_the_portal_stops_nobody_and_is_tried_again(server, monkeypatch):
    person = registered()
    server.mails = {1: content("gmail_accept"), 2: content("outlook_decline")}
    take_in = replies.take_in

    def fail_once(**kwargs):
        if "Google" in kwargs["replies"][0].raw:
            raise ZeroDivisionError
        return take_in(**kwargs)

    monkeypatch.setattr(replies, "take_in", fail_once)

    assert mailbox.collect.call() == {"answers": 1, "bounces": 0, "broken": 1}
    person.refresh_from_db()
    assert not person.is_active
    assert server.seen == {2}


def test_a_huge_mail_is_never_fetched(server):
    server.mails = {1: content("outlook_decline")}
    server.sizes = {1: 30_000_000}

    mailbox.collect.call()

    assert server.opened == []


def test_a_mailbox_without_trust_is_not_talked_to(server, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")

    with pytest.raises(OSError, match="certificate"):
        mailbox.collect.call()
    assert server.log == []


@pytest.mark.parametrize("url", ["imap://team:x@localhost/", "imaps:///INBOX", "", "ftp://x/"])
def test_only_encrypted_mailboxes_are_opened(settings, url):
    settings.IMAP_URL = url

    with pytest.raises(ImproperlyConfigured, match="imaps://name"):
        mailbox.collect.call()


def test_the_command_says_what_it_found(server):
    registered()
    server.mails = {1: content("apple_decline")}
    out = StringIO()

    call_command("collect_replies", stdout=out)

    assert out.getvalue() == "Antworten: 1, zurückgekommene E-Mails: 0, nicht lesbar: 0.\n"


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"password": "falsch"}, "nicht erreichbar"),
        ({"folder": "Weg"}, "Den Ordner „Weg“ gibt es"),
    ],
)
def test_the_command_says_what_is_wrong(server, settings, part, words):
    settings.IMAP_URL = server.url(**part)

    with pytest.raises(CommandError, match=words):
        call_command("collect_replies")


def test_the_command_needs_a_mailbox(settings):
    settings.IMAP_URL = ""

    with pytest.raises(CommandError, match="IMAP_URL fehlt"):
        call_command("collect_replies")
