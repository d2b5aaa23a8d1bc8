"""Write mails into the outbox, in the transaction of their event."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import make_msgid, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import transaction
from django.template import Context
from django.template.loader import get_template, render_to_string

from programme.errors import RuleBroken
from programme.models import LegalNotice, MailAttachment, OutgoingMail, Programme
from programme.outbox.delivery import wake_delivery


def absolute_url(path: str) -> str:
    """Return a path as an address for mails and files; the host never comes from a request."""
    return f"{settings.BASE_URL.rstrip('/')}{path}"


@dataclass(frozen=True)
class Written:
    """A letter as it leaves: subject, text and the version with a design."""

    subject: str
    text: str
    html: str


def compose(*, letter: str, context: dict[str, object]) -> Written:
    """Write a letter without sending it; what `queue` sends with the same words is the same.

    `letter` names three templates, emails/<letter>.subject.txt, .txt and .html.
    """
    programme = Programme.objects.filter(is_current=True).first()
    full: dict[str, object] = {
        "programme": programme,
        "publisher": LegalNotice.objects.filter(programme=programme).first(),
        "base_url": settings.BASE_URL.rstrip("/"),
        **context,
    }
    text = _plain(f"emails/{letter}.txt", full)
    return Written(
        subject=subject(letter=letter, context=full),
        text=re.sub(r"\n{3,}", "\n\n", text).strip() + "\n",
        html=render_to_string(f"emails/{letter}.html", full),
    )


def subject(*, letter: str, context: dict[str, object]) -> str:
    """Write the subject of a letter alone, in one line of at most 250 signs.

    `context` is what emails/<letter>.subject.txt names.
    """
    return " ".join(_plain(f"emails/{letter}.subject.txt", context).split())[:250]


def queue(
    *,
    letter: str,
    to: str,
    context: dict[str, object],
    attachments: Sequence[tuple[str, bytes, str]] = (),
    reply_to: str = "",
    unsubscribe_url: str = "",
) -> OutgoingMail:
    """Write a letter and put it in the outbox; called inside the transaction of its event.

    `letter` and `context` are those of `compose`; `attachments` are (file name, content, content
    type). `unsubscribe_url` is where a mail program ends such letters with one click (RFC 8058).
    Raises RuleBroken if an address is not one address.
    """
    written = compose(letter=letter, context=context)
    mail = post(
        to=to, reply_to=reply_to, written=written, letter=letter, unsubscribe_url=unsubscribe_url
    )
    MailAttachment.objects.bulk_create(
        MailAttachment(mail=mail, name=name, content=content, content_type=content_type)
        for name, content, content_type in attachments
    )
    return mail


def post(
    *, to: str, reply_to: str = "", written: Written, letter: str = "", unsubscribe_url: str = ""
) -> OutgoingMail:
    """Put a letter in the outbox that was written before, perhaps before a lock.

    Called inside the transaction of its event. Raises RuleBroken if an address is not one address.
    """
    domain = urlsplit(settings.BASE_URL).hostname or "localhost"
    with transaction.atomic():
        mail = OutgoingMail.objects.create(
            message_id=make_msgid(domain=domain),
            sender=settings.DEFAULT_FROM_EMAIL,
            recipient=_one_address(to),
            reply_to=_one_address(reply_to) if reply_to else "",
            subject=" ".join(written.subject.split())[:250],
            text_body=written.text,
            html_body=written.html,
            letter=letter,
            unsubscribe_url=unsubscribe_url,
        )
        transaction.on_commit(wake_delivery, robust=True)
    return mail


def _plain(template_name: str, context: dict[str, object]) -> str:
    """Render a text template; "&" stays "&", because nothing here is HTML."""
    template = get_template(template_name).template  # type: ignore[attr-defined]
    return str(template.render(Context(context, autoescape=False)))


def _one_address(text: str) -> str:
    """Return the bare address; refuse lists, headers and everything else that is not one (M7).

    Between quotes Django's check allows control signs that break lines in the head of a mail.
    """
    address = parseaddr(text)[1]
    try:
        validate_email(address)
    except ValidationError as error:
        raise RuleBroken("Diese E-Mail-Adresse ist nicht gültig.", field="email") from error
    if any(sign in ',;"' or not sign.isprintable() for sign in text) or len(address) > 254:
        raise RuleBroken("Bitte geben Sie genau eine E-Mail-Adresse an.", field="email")
    return address


class OutboxBackend(BaseEmailBackend):
    """Django's mail backend of the portal: allauth's mails take the same way as ours."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for recipient in message.recipients():
                self._keep(message, recipient)
        return len(email_messages)

    def _keep(self, message: EmailMessage, recipient: str) -> None:
        alternatives = getattr(message, "alternatives", [])
        html = [content for content, kind in alternatives if kind == "text/html"]
        with transaction.atomic():
            mail = post(
                to=recipient,
                reply_to=message.reply_to[0] if message.reply_to else "",
                written=Written(
                    subject=str(message.subject),
                    text=str(message.body),
                    html=str(html[0]) if html else "",
                ),
            )
            MailAttachment.objects.bulk_create(
                MailAttachment(
                    mail=mail,
                    name=part[0] or "Anlage",
                    content=part[1].encode() if isinstance(part[1], str) else bytes(part[1]),
                    content_type=part[2] or "application/octet-stream",
                )
                for part in message.attachments
                if isinstance(part, tuple)
            )
