"""Collect answers and returned mails from the mailbox behind the organiser's address.

Only mails whose structure shows a calendar, a delivery report or Outlook's own wrapping are
opened, and marked as seen after their effect is committed. All others stay as they are, so that
people can go on reading the same mailbox.
"""

import imaplib
import logging
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from network.enums import ReplySource
from network.rules import reply_mails
from network.rules.replies import NothingFound, Reply, clean
from network.services import replies
from programme import jobs
from programme.errors import RuleBroken
from programme.models import OutgoingMail
from programme.services import mails

FIVE_MINUTES = 5 * 60
TIMEOUT = 20
CHUNK = 100
MOST_MAILS = 5000
MARKS = (b"CALENDAR", b"DELIVERY-STATUS", b"MS-TNEF", b"WINMAIL.DAT", b".ICS", b'"ICS"')
NO_SENDER = "Die E-Mail nennt nicht genau eine Adresse als Absender."
EXAMPLE = "imaps://name:passwort@imap.example.org:993/INBOX"

logger = logging.getLogger(__name__)


@jobs.job(every=FIVE_MINUTES if settings.IMAP_URL else None)
def collect() -> dict[str, int]:
    """Take in what came into the mailbox and return how many: answers, bounces, broken.

    One broken mail never stops the others; it stays unseen and is tried again. Refuses
    (ImproperlyConfigured) without a mailbox and one that is not encrypted.
    """
    counts = {"answers": 0, "bounces": 0, "broken": 0}
    with _connected(settings.IMAP_URL) as server:
        for uid in _promising(server):
            try:
                kind = _take(_content(server, uid))
            except (imaplib.IMAP4.abort, OSError):
                raise
            except Exception:
                logger.exception("mail %s of the mailbox could not be taken in", uid)
                kind = "broken"
            if kind in {"answers", "bounces"}:
                server.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen)")
            if kind:
                counts[kind] += 1
    return counts


@contextmanager
def _connected(url: str) -> Iterator[imaplib.IMAP4]:
    """Open the folder of the mailbox; nothing is said before the connection is encrypted."""
    address = urlsplit(url)
    if address.scheme not in {"imaps", "imap+tls"} or not address.hostname:
        raise ImproperlyConfigured(f"IMAP_URL muss so aussehen: {EXAMPLE}")
    context = ssl.create_default_context()
    if address.scheme == "imaps":
        server: imaplib.IMAP4 = imaplib.IMAP4_SSL(
            address.hostname, address.port or 993, ssl_context=context, timeout=TIMEOUT
        )
    else:
        server = imaplib.IMAP4(address.hostname, address.port or 143, timeout=TIMEOUT)
    with server:
        if address.scheme == "imap+tls":
            server.starttls(context)
        server.login(unquote(address.username or ""), unquote(address.password or ""))
        folder = unquote(address.path.strip("/")) or "INBOX"
        state, answer = server.select(f'"{folder}"')
        if state != "OK":
            raise ImproperlyConfigured(f"Den Ordner „{folder}“ gibt es im Postfach nicht: {answer}")
        yield server


def _promising(server: imaplib.IMAP4) -> Iterator[str]:
    """Yield unseen mails of a fair size that may hold an answer, without opening any."""
    found = server.uid("SEARCH", "UNSEEN")[1]
    unseen = (found[0] or b"").split()[-MOST_MAILS:]
    for start in range(0, len(unseen), CHUNK):
        chunk = b",".join(unseen[start : start + CHUNK]).decode()
        for line in _lines(server.uid("FETCH", chunk, "(UID RFC822.SIZE BODYSTRUCTURE)")[1]):
            uid, size = (re.search(rb"\b%s (\d+)" % key, line) for key in (b"UID", b"RFC822.SIZE"))
            is_promising = any(mark in line.upper() for mark in MARKS)
            if uid and size and is_promising and int(size[1]) <= reply_mails.MAX_BYTES:
                yield uid[1].decode()


def _lines(answer: list[object]) -> Iterator[bytes]:
    """Yield one piece a mail; imaplib cuts an answer where the server sends long texts apart."""
    line = b""
    for piece in answer:
        text = b" ".join(piece) if isinstance(piece, tuple) else piece
        if not isinstance(text, bytes):
            continue
        if line and re.match(rb"\d+ \(", text):
            yield line
            line = b""
        line += text
    if line:
        yield line


def _content(server: imaplib.IMAP4, uid: str) -> bytes:
    """Return a whole mail without marking it as seen."""
    answer = server.uid("FETCH", uid, "(BODY.PEEK[])")[1]
    found = next((piece[1] for piece in answer if isinstance(piece, tuple)), b"")
    return bytes(found)


@transaction.atomic
def _take(content: bytes) -> str:
    """Do what a mail says and return what it was; "" is a mail for people, left alone."""
    bounce = reply_mails.bounce(content)
    if bounce:
        ours = OutgoingMail.objects.filter(message_id=f"<{bounce.message_id.strip('<>')}>")
        mails.note_bounce(message_id=bounce.message_id, reason=bounce.reason)
        return "bounces" if ours.exists() else ""
    sender = reply_mails.sender(content)
    try:
        found = [_believed(reply, sender) for reply in reply_mails.read(content)]
    except NothingFound:
        return ""
    except RuleBroken as broken:
        raw = clean(content[:20_000].decode("utf-8", "replace"))
        found = [Reply(attendee=sender, sender=sender, raw=raw, objection=broken.message)]
    replies.take_in(replies=found, source=ReplySource.MAILBOX)
    return "answers"


def _believed(reply: Reply, sender: str) -> Reply:
    """Believe only the one sender of the mail itself, whom mail servers can check.

    Anybody can make up the mail inside a forwarded one; a person looks at those.
    """
    if sender and reply.sender == sender:
        return reply
    why = NO_SENDER if not sender else f"Die Antwort wurde weitergeleitet von {sender}."
    return replace(reply, sender=sender, objection=reply.objection or why)
