"""What the outbox forgets, and what it keeps."""

from datetime import timedelta

import pytest

from programme import clock
from programme.enums import MailStatus
from programme.models import OutgoingMail
from programme.services import mails
from tests.factories.programme import MailAttachmentFactory, OutgoingMailFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_delivered_mails_are_forgotten_after_90_days_and_nothing_else():
    now = clock.now()
    old, young = now - timedelta(days=90, seconds=1), now - timedelta(days=89)
    MailAttachmentFactory(mail=OutgoingMailFactory(sent=True, sent_at=old))
    OutgoingMailFactory(status=MailStatus.KEPT, sent_at=old)
    kept = [
        OutgoingMailFactory(sent=True, sent_at=young),
        OutgoingMailFactory(created_at=old),
        OutgoingMailFactory(failed=True, created_at=old),
    ]

    first, second = mails.forget_delivered.call(), mails.forget_delivered.call()

    assert (first, second) == (2, 0)
    assert list(OutgoingMail.objects.order_by("pk")) == kept


def test_a_mail_that_came_back_is_marked_once_with_the_reason():
    mail = OutgoingMailFactory(sent=True)
    other = OutgoingMailFactory(sent=True)

    first = mails.note_bounce(message_id=mail.message_id.strip("<>"), reason="550\n unbekannt ")
    again = mails.note_bounce(message_id=mail.message_id, reason="noch einmal")

    assert (first, again) == (True, False)
    mail.refresh_from_db()
    other.refresh_from_db()
    assert (mail.status, mail.last_error) == (MailStatus.BOUNCED, "550 unbekannt")
    assert other.status == MailStatus.SENT


def test_only_a_mail_that_left_can_come_back():
    waiting = OutgoingMailFactory()

    assert not mails.note_bounce(message_id=waiting.message_id, reason="550")
    assert not mails.note_bounce(message_id="", reason="550")
    assert not mails.note_bounce(message_id="<unbekannt@example.org>", reason="550")


def test_a_mail_that_came_back_can_be_sent_again():
    mail = OutgoingMailFactory(sent=True, status=MailStatus.BOUNCED)

    mails.send_again(mail=mail, by=UserFactory())

    mail.refresh_from_db()
    assert mail.status == MailStatus.WAITING
