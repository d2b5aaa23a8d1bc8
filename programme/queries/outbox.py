"""The outbox as the programme team reads it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Length

from programme.enums import MailStatus
from programme.models import MailAttachment, OutgoingMail

# Letters with a link that makes whoever opens it the person: a new password, a new address, the
# one anonymous answer to a survey (the page behind it says whether the person has answered).
KEY_LETTERS = frozenset(
    {
        "network/survey_asked",
        "programme/account_invitation",
        "programme/address_confirmation",
        "programme/password_reset",
    }
)
HIDDEN_KEY = "(Link nur für die empfangende Person)"


class Piece(NamedTuple):
    """A piece of a text mail; `path` is set where it is a link into the portal."""

    text: str
    path: str = ""


def mails(*, search: str = "", status: str = "") -> QuerySet[OutgoingMail]:
    """Return mails without their texts, newest first; search looks at recipient and subject."""
    found = OutgoingMail.objects.defer("text_body", "html_body")
    if search:
        found = found.filter(Q(recipient__icontains=search) | Q(subject__icontains=search))
    if status:
        found = found.filter(status=status)
    return found.annotate(attachment_count=Count("attachments")).order_by("-created_at", "-pk")


def undelivered() -> int:
    """Return how many mails were given up; somebody has to look at them (target M2)."""
    return OutgoingMail.objects.filter(status=MailStatus.FAILED).count()


def holds_key(mail: OutgoingMail) -> bool:
    """Say whether the mail holds the key to an account, which only its recipient may have.

    Otherwise everybody who reads the outbox could become anybody and be four eyes alone. Without
    a mail server nobody gets mails; then the outbox is the letter box, and links can be followed.
    """
    return bool(settings.DELIVERY_EMAIL) and mail.letter in KEY_LETTERS


def readable_text(mail: OutgoingMail) -> list[Piece]:
    """Cut the text of a mail so that links into the portal can be followed, and only those."""
    pieces, position = [], 0
    for start, end, path in _own_links(mail.text_body):
        found = mail.text_body[start:end]
        link = Piece(HIDDEN_KEY) if holds_key(mail) else Piece(found, path)
        pieces += [Piece(mail.text_body[position:start]), link]
        position = end
    return [*pieces, Piece(mail.text_body[position:])]


def readable_html(mail: OutgoingMail) -> str:
    """Return the designed version, without the addresses that are a key to an account."""
    if not holds_key(mail):
        return mail.html_body
    return re.sub(_own_address(), HIDDEN_KEY, mail.html_body)


def _own_address() -> str:
    base = settings.BASE_URL.rstrip("/")
    return rf"{re.escape(base)}(/[^\s<>\"]*)"


def _own_links(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and path of every address of the portal in a text."""
    for found in re.finditer(_own_address(), text):
        path = found.group(1).rstrip(".,;)")
        yield found.start(), found.start(1) + len(path), path


def attachments(mail: OutgoingMail) -> list[MailAttachment]:
    """Return the files of a mail without their content, with `size_bytes`."""
    files = MailAttachment.objects.filter(mail=mail).defer("content")
    return list(files.annotate(size_bytes=Length("content")))
