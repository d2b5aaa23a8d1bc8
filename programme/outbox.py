"""The post office: every mail is a row in the transaction of its event, a worker delivers it.

At least once, with a fixed Message-ID (targets M1-M5). Without EMAIL_URL mails stay here and can
be read under /intern/postausgang/.
"""

import logging
from collections.abc import Iterable, Sequence
from datetime import timedelta
from email.utils import make_msgid, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string

from programme import clock, jobs
from programme.enums import MailStatus
from programme.models import MailAttachment, OutgoingMail, Programme

LEASE = timedelta(minutes=10)
FIRST_RETRY = timedelta(seconds=30)
LONGEST_RETRY = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(hours=72)
BATCH = 100

logger = logging.getLogger(__name__)


def absolute_url(path: str) -> str:
    """Return a path as an address for mails and files; the host never comes from a request."""
    return f"{settings.BASE_URL.rstrip('/')}{path}"


def queue(
    *,
    letter: str,
    to: str,
    context: dict[str, object],
    attachments: Sequence[tuple[str, bytes, str]] = (),
    reply_to: str = "",
) -> OutgoingMail:
    """Write a letter and put it in the outbox; called inside the transaction of its event.

    `letter` names three templates, emails/<letter>.subject.txt, .txt and .html; `attachments` are
    (file name, content, content type).
    """
    programme = Programme.objects.filter(is_current=True).first()
    full = {"programme": programme, "base_url": settings.BASE_URL.rstrip("/"), **context}
    subject = render_to_string(f"emails/{letter}.subject.txt", full)
    mail = _store(
        sender=settings.DEFAULT_FROM_EMAIL,
        recipient=to,
        reply_to=reply_to,
        subject=" ".join(subject.split())[:250],
        text_body=render_to_string(f"emails/{letter}.txt", full).strip() + "\n",
        html_body=render_to_string(f"emails/{letter}.html", full),
        letter=letter,
    )
    MailAttachment.objects.bulk_create(
        MailAttachment(mail=mail, name=name, content=content, content_type=content_type)
        for name, content, content_type in attachments
    )
    return mail


def _store(**columns: str) -> OutgoingMail:
    domain = urlsplit(settings.BASE_URL).hostname or "localhost"
    with transaction.atomic():
        mail = OutgoingMail.objects.create(message_id=make_msgid(domain=domain), **columns)
        deliver_pending.enqueue()
    return mail


class OutboxBackend(BaseEmailBackend):
    """Django's mail backend of the portal: allauth's mails take the same way as ours."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            html = [
                content
                for content, kind in getattr(message, "alternatives", [])
                if kind == "text/html"
            ]
            for recipient in message.recipients():
                _store(
                    sender=str(message.from_email),
                    recipient=parseaddr(recipient)[1],
                    reply_to=", ".join(message.reply_to),
                    subject=" ".join(str(message.subject).split())[:250],
                    text_body=str(message.body),
                    html_body=str(html[0]) if html else "",
                )
        return len(email_messages)


@jobs.job(max_attempts=3, every=60)
def deliver_pending() -> int:
    """Deliver the mails that are due over one connection and return how many went out."""
    delivered = 0
    while mails := _claim():
        delivered += _deliver(mails)
    return delivered


def _claim() -> list[OutgoingMail]:
    """Take the next mails for this worker; a lease gives them back if the worker dies."""
    moment = clock.now()
    with transaction.atomic():
        due = OutgoingMail.objects.select_for_update(skip_locked=True).filter(
            status__in=[MailStatus.WAITING, MailStatus.DELAYED, MailStatus.SENDING],
            next_attempt_at__lte=moment,
        )
        chosen = list(due.order_by("next_attempt_at", "pk").values_list("pk", flat=True)[:BATCH])
        OutgoingMail.objects.filter(pk__in=chosen).update(
            status=MailStatus.SENDING, next_attempt_at=moment + LEASE, attempts=F("attempts") + 1
        )
    return list(OutgoingMail.objects.filter(pk__in=chosen).prefetch_related("attachments"))


def _deliver(mails: Iterable[OutgoingMail]) -> int:
    if not settings.DELIVERY_EMAIL:
        return OutgoingMail.objects.filter(pk__in=[mail.pk for mail in mails]).update(
            status=MailStatus.KEPT, sent_at=clock.now()
        )
    options = settings.DELIVERY_EMAIL
    connection = get_connection(
        backend=options["EMAIL_BACKEND"],
        host=options.get("EMAIL_HOST"),
        port=options.get("EMAIL_PORT"),
        username=options.get("EMAIL_HOST_USER"),
        password=options.get("EMAIL_HOST_PASSWORD"),
        use_tls=options.get("EMAIL_USE_TLS", False),
        use_ssl=options.get("EMAIL_USE_SSL", False),
        timeout=options.get("EMAIL_TIMEOUT"),
    )
    delivered = 0
    for mail in mails:
        try:
            _message(mail, connection).send()
        except Exception as error:  # noqa: BLE001  any failure of one mail must not stop the others
            _postpone(mail, error)
            connection.close()
        else:
            delivered += OutgoingMail.objects.filter(pk=mail.pk).update(
                status=MailStatus.SENT, sent_at=clock.now(), last_error=""
            )
    connection.close()
    return delivered


def _message(mail: OutgoingMail, connection: BaseEmailBackend) -> EmailMessage:
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text_body,
        from_email=mail.sender,
        to=[mail.recipient],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    if mail.attempts > 1:
        message.extra_headers["X-Wiederholung"] = str(mail.attempts - 1)
    if mail.html_body:
        message.attach_alternative(mail.html_body, "text/html")
    for attachment in mail.attachments.all():
        message.attach(attachment.name, bytes(attachment.content), attachment.content_type)
    return message


def _postpone(mail: OutgoingMail, error: Exception) -> None:
    """Try again later: 30 s, 1 min, 2 min … at most hourly, for 72 hours (target M2)."""
    moment = clock.now()
    given_up = moment - mail.created_at > GIVE_UP_AFTER
    if given_up:
        logger.error("mail %s was not delivered within 72 hours", mail.message_id)
    OutgoingMail.objects.filter(pk=mail.pk).update(
        status=MailStatus.FAILED if given_up else MailStatus.DELAYED,
        next_attempt_at=moment + min(FIRST_RETRY * 2 ** (mail.attempts - 1), LONGEST_RETRY),
        last_error=f"{type(error).__name__}: {error}"[:300],
    )
