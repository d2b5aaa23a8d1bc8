"""Look after the outbox: send again what failed, forget what has arrived."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from programme import audit, clock, jobs, outbox
from programme.enums import MailStatus
from programme.errors import RuleBroken
from programme.models import OutgoingMail, User
from programme.models.mail import TRY_FOR

KEEP_DELIVERED_MAILS = timedelta(days=90)
ONCE_A_DAY = 24 * 60 * 60
AGAIN = (MailStatus.FAILED, MailStatus.DELAYED, MailStatus.BOUNCED)


@transaction.atomic
def send_again(*, mail: OutgoingMail, by: User) -> None:
    """Try a failed, delayed or returned mail again now, for 72 hours; refuses all others."""
    moment = clock.now()
    changed = OutgoingMail.objects.filter(pk=mail.pk, status__in=AGAIN).update(
        status=MailStatus.WAITING, next_attempt_at=moment, give_up_at=moment + TRY_FOR
    )
    if not changed:
        raise RuleBroken("Nur E-Mails, die nicht zugestellt wurden, können erneut gesendet werden.")
    audit.record(
        by=by,
        verb="mail.sent_again",
        subject=mail,
        sentence=f"Die E-Mail {mail.pk} wird erneut gesendet.",
    )
    transaction.on_commit(outbox.wake_delivery, robust=True)


@transaction.atomic
def note_bounce(*, message_id: str, reason: str) -> bool:
    """Mark a mail that had left as come back; says whether this was news.

    The Message-ID may come with or without angle brackets. A mail that is unknown, has not left
    or has come back before stays as it is.
    """
    bare = message_id.strip().strip("<>")
    sent = OutgoingMail.objects.filter(message_id=f"<{bare}>", status=MailStatus.SENT)
    words = " ".join(reason.split())[:300]
    return bool(sent.update(status=MailStatus.BOUNCED, last_error=words))


@jobs.job(every=ONCE_A_DAY)
@transaction.atomic
def forget_delivered() -> int:
    """Delete mails 90 days after delivery, failed ones 90 days after the last attempt.

    Returns how many; waiting ones stay.
    """
    limit = clock.now() - KEEP_DELIVERED_MAILS
    gone = [MailStatus.SENT, MailStatus.KEPT, MailStatus.BOUNCED]
    old = OutgoingMail.objects.filter(
        Q(status__in=gone, sent_at__lt=limit) | Q(status=MailStatus.FAILED, give_up_at__lt=limit)
    )
    return old.delete()[1].get("programme.OutgoingMail", 0)
