"""The outbox as the programme team reads it."""

import re
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Length

from programme.enums import MailStatus
from programme.models import MailAttachment, OutgoingMail


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


def readable_text(mail: OutgoingMail) -> list[Piece]:
    """Cut the text of a mail so that links into the portal can be followed, and only those."""
    base = settings.BASE_URL.rstrip("/")
    pattern = rf"{re.escape(base)}(/[^\s<>\"]*)"
    pieces, position = [], 0
    for found in re.finditer(pattern, mail.text_body):
        path = found.group(1).rstrip(".,;)")
        start, end = found.start(), found.start(1) + len(path)
        pieces += [Piece(mail.text_body[position:start]), Piece(mail.text_body[start:end], path)]
        position = end
    return [*pieces, Piece(mail.text_body[position:])]


def attachments(mail: OutgoingMail) -> list[MailAttachment]:
    """Return the files of a mail without their content, with `size_bytes`."""
    files = MailAttachment.objects.filter(mail=mail).defer("content")
    return list(files.annotate(size_bytes=Length("content")))
