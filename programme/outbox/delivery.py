"""Hand the mails of the outbox to the mail server: leases, retries, give up after 72 hours."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.charset import Charset
from email.encoders import encode_base64
from email.message import Message
from email.mime.base import MIMEBase
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection as database
from django.db import transaction
from django.db.models import F
from django_tasks_db.models import DBTaskResult

from programme import clock, jobs
from programme.enums import MailStatus
from programme.models import MailAttachment, OutgoingMail

# Longer than one delivery can take: SMTP answers within EMAIL_TIMEOUT, a dozen times a mail.
LEASE = timedelta(minutes=10)
RUN_FOR = timedelta(minutes=4)
FIRST_RETRY = timedelta(seconds=30)
LONGEST_RETRY = timedelta(minutes=5)
LONGEST_RETRY_IF_REFUSED = timedelta(hours=1)
BATCH = 20
# With a backlog half of each batch is new mail: whoever has just ordered waits for a batch, not for
# thousands of letters that are late already (target M8).
BACKLOG_AFTER = timedelta(seconds=20)
FRESH = 10
QUICK_MARKS = {
    "sqlite": ("PRAGMA synchronous=NORMAL", "PRAGMA synchronous=FULL"),
    "postgresql": ("SET synchronous_commit=off", "RESET synchronous_commit"),
}
BROKEN_CONNECTIONS_PER_RUN = 3
LONG_TEXT = 100_000

logger = logging.getLogger(__name__)


class ConnectionBroken(Exception):
    """The mail server cannot be reached or does not answer; no mail is to blame."""


def wake_delivery() -> None:
    """Ask for a delivery run, once however many mails were written.

    Runs after the commit: a run that is still waiting will see the new mails. If the process dies
    in between, the periodic run finds them within a minute; the row is the promise, not the job.
    """
    path = deliver_pending.module_path
    if not DBTaskResult.objects.ready().filter(task_path=path).exists():
        deliver_pending.enqueue()


@jobs.job(lane=jobs.LETTERS, max_attempts=3, every=60)
def deliver_pending() -> int:
    """Deliver the mails that are due over one connection and return how many went out."""
    if not settings.DELIVERY_EMAIL:
        return _keep_all()
    stop_at = clock.now() + RUN_FOR
    delivered = 0
    connection = _connection()
    try:
        with _quick_marks():
            while clock.now() < stop_at and (mails := _claim()):
                delivered += _deliver(mails, connection)
    except ConnectionBroken as broken:
        logger.error("mail server cannot be used: %s", broken)  # noqa: TRY400  one line is enough
    finally:
        connection.close()
    return delivered


@contextmanager
def _quick_marks() -> Iterator[None]:
    """Let the marks of delivery reach the disk a moment later, or each mail waits for it twice.

    A killed process loses nothing by it. After a power cut some mails that had left are sent
    again; none is lost, because each was on the disk with its event.
    """
    quick, safe = QUICK_MARKS[database.vendor]
    if database.in_atomic_block:
        yield
        return
    with database.cursor() as cursor:
        cursor.execute(quick)
        try:
            yield
        finally:
            cursor.execute(safe)


def _keep_all() -> int:
    """Leave the mails in the outbox for reading, because no mail server is set up."""
    waiting = OutgoingMail.objects.filter(status__in=[MailStatus.WAITING, MailStatus.DELAYED])
    return waiting.update(status=MailStatus.KEPT, sent_at=clock.now(), last_error="")


def _claim() -> list[OutgoingMail]:
    """Reserve the next mails for this worker; a lease gives them back if the worker dies."""
    moment = clock.now()
    with transaction.atomic():
        chosen = _due(moment)
        OutgoingMail.objects.filter(pk__in=chosen).update(
            status=MailStatus.SENDING, next_attempt_at=moment + LEASE
        )
    mails = OutgoingMail.objects.filter(pk__in=chosen).prefetch_related("attachments")
    return list(mails.order_by("pk"))


def _due(moment: datetime) -> list[int]:
    """Lock the mails whose turn it is and return their primary keys: the oldest first.

    As soon as even those are late, mails nobody has tried yet take half of the places.
    """
    due = OutgoingMail.objects.select_for_update(skip_locked=True).filter(
        status__in=[MailStatus.WAITING, MailStatus.DELAYED, MailStatus.SENDING],
        next_attempt_at__lte=moment,
    )
    oldest = list(
        due.order_by("next_attempt_at", "pk").values_list("pk", "next_attempt_at")[:BATCH]
    )
    chosen = [pk for pk, _ in oldest]
    if len(oldest) < BATCH or oldest[0][1] > moment - BACKLOG_AFTER:
        return chosen
    late = chosen[: BATCH - FRESH]
    fresh = due.filter(attempts=0).exclude(pk__in=late).order_by("-next_attempt_at", "-pk")
    return [*late, *fresh.values_list("pk", flat=True)[:FRESH]]


def _begin(mail: OutgoingMail) -> bool:
    """Count the attempt and renew the lease; False if another worker has taken the mail since."""
    lease = clock.now() + LEASE
    mine = OutgoingMail.objects.filter(
        pk=mail.pk, status=MailStatus.SENDING, next_attempt_at=mail.next_attempt_at
    )
    if not mine.update(attempts=F("attempts") + 1, next_attempt_at=lease):
        return False
    mail.attempts += 1
    mail.next_attempt_at = lease
    return True


def _deliver(mails: Sequence[OutgoingMail], connection: BaseEmailBackend) -> int:
    """Hand over each mail; raises ConnectionBroken once the server is of no use."""
    delivered = broken = 0
    for position, mail in enumerate(mails):
        try:
            connection.open()
        except Exception as error:
            _give_back(mails[position:], error)
            raise ConnectionBroken(_short(error)) from error
        if not _begin(mail):
            continue
        try:
            _message(mail, connection).send()
        except Exception as error:
            _postpone(mail, error)
            connection.close()
            broken += isinstance(error, OSError) and not isinstance(error, SMTPResponseException)
            if broken == BROKEN_CONNECTIONS_PER_RUN:
                _give_back(mails[position + 1 :], error)
                raise ConnectionBroken(_short(error)) from error
        else:
            delivered += OutgoingMail.objects.filter(
                pk=mail.pk, status=MailStatus.SENDING, next_attempt_at=mail.next_attempt_at
            ).update(status=MailStatus.SENT, sent_at=clock.now(), last_error="")
    return delivered


def _connection() -> BaseEmailBackend:
    options = settings.DELIVERY_EMAIL
    return get_connection(
        backend=options["EMAIL_BACKEND"],
        host=options.get("EMAIL_HOST"),
        port=options.get("EMAIL_PORT"),
        username=options.get("EMAIL_HOST_USER"),
        password=options.get("EMAIL_HOST_PASSWORD"),
        use_tls=options.get("EMAIL_USE_TLS", False),
        use_ssl=options.get("EMAIL_USE_SSL", False),
        timeout=options.get("EMAIL_TIMEOUT"),
    )


class _SentOnce(EmailMultiAlternatives):
    """A mail that forgets its text once it is packed: a very long one is kept once, not twice."""

    def message(self, *args: Any, **kwargs: Any) -> Any:
        packed = super().message(*args, **kwargs)
        self.body = ""
        return packed


def _message(mail: OutgoingMail, connection: BaseEmailBackend) -> EmailMessage:
    message = _SentOnce(
        subject=mail.subject,
        body=mail.text_body,
        from_email=mail.sender,
        to=[mail.recipient],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    if len(mail.text_body) > LONG_TEXT:
        # Quoted-printable, which Django takes for long lines, takes six times the memory.
        message.encoding = Charset("utf-8")
        mail.text_body = ""
    if mail.unsubscribe_url:
        message.extra_headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if mail.attempts > 1:
        message.extra_headers["X-Wiederholung"] = str(mail.attempts - 1)
    if mail.html_body:
        message.attach_alternative(mail.html_body, "text/html")
    for attachment in mail.attachments.all():
        message.attach(_part(attachment))
    return message


def _part(attachment: MailAttachment) -> MIMEBase:
    """Build the part by hand: Django would write the charset of a calendar entry twice and turn
    its line ends, and a calendar only takes an entry whose type names the method."""
    header = Message()
    header["Content-Type"] = attachment.content_type
    part = MIMEBase(header.get_content_maintype(), header.get_content_subtype())
    for key, value in (header.get_params() or [])[1:]:
        part.set_param(key, value)
    part.set_payload(bytes(attachment.content))
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=attachment.name)
    return part


def _short(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]


def _is_refused(error: Exception) -> bool:
    """Say whether the server refused for good (5xx) and a quick retry would only annoy it."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, SMTPResponseException) and error.smtp_code >= 500


def _postpone(mail: OutgoingMail, error: Exception) -> None:
    """Try again later: 30 s, 1 min, 2 min, 4 min, then every 5 min for 72 hours (target M2)."""
    moment = clock.now()
    refused = _is_refused(error)
    given_up = moment > mail.give_up_at
    if refused or given_up:
        logger.error("mail %s is not delivered: %s", mail.message_id, _short(error))
    longest = LONGEST_RETRY_IF_REFUSED if refused else LONGEST_RETRY
    doubled = FIRST_RETRY * 2 ** min(mail.attempts - 1, 10)
    OutgoingMail.objects.filter(pk=mail.pk, next_attempt_at=mail.next_attempt_at).update(
        status=MailStatus.FAILED if given_up else MailStatus.DELAYED,
        next_attempt_at=moment + min(doubled, longest),
        last_error=_short(error),
    )


def _give_back(mails: Sequence[OutgoingMail], error: Exception) -> None:
    """Return mails that were not tried; each keeps its place and its count of attempts."""
    moment = clock.now()
    mine = OutgoingMail.objects.filter(
        pk__in=[mail.pk for mail in mails], status=MailStatus.SENDING
    )
    mine.filter(give_up_at__lt=moment).update(status=MailStatus.FAILED, last_error=_short(error))
    mine.update(
        status=MailStatus.DELAYED,
        next_attempt_at=moment + FIRST_RETRY,
        last_error=_short(error),
    )
