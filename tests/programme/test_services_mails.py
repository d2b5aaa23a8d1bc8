"""What the outbox forgets, and what it keeps."""

from datetime import timedelta

import pytest

from programme import clock
from programme.enums import MailStatus
from programme.models import OutgoingMail
from programme.services import mails
from tests.factories.programme import MailAttachmentFactory, OutgoingMailFactory

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
