"""Mails as they come from calendar programs: find the answers, and what mail servers send back."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses

from network.rules.replies import (
    BROKEN_FILE,
    NOTHING_FOUND,
    UNREADABLE,
    NothingFound,
    Reply,
    clean,
    mail_address,
    read_calendar,
)
from programme.errors import RuleBroken

MAX_BYTES = 1024 * 1024
MOST_PARTS = 200
OUTLOOK_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = re.compile(rb"\A(?:From [^\n]*\r?\n|>?[!-9;-~]+:[ \t\r\n])")
CALENDAR_TYPES = {"text/calendar", "application/ics", "application/ical", "text/x-vcalendar"}
# The message classes Outlook uses for answers, old and new.
TNEF_ANSWERS = {
    b"IPM.Schedule.Meeting.Resp.Pos": "Zusage",
    b"IPM.Schedule.Meeting.Resp.Neg": "Absage",
    b"IPM.Schedule.Meeting.Resp.Tent": "Zusage mit Vorbehalt",
    b"IPM.Microsoft Schedule.MtgRespP": "Zusage",
    b"IPM.Microsoft Schedule.MtgRespN": "Absage",
    b"IPM.Microsoft Schedule.MtgRespA": "Zusage mit Vorbehalt",
}


@dataclass(frozen=True)
class Bounce:
    """A mail that did not reach its recipient: its Message-ID and what the mail server says."""

    message_id: str
    reason: str


def read(content: bytes) -> list[Reply]:
    """Return the answers in a calendar file, in a text or in a whole mail, each once.

    Refuses (RuleBroken) more than 1 MB, files of Outlook's own format and broken files;
    (NothingFound) what holds no answer.
    """
    if len(content) > MAX_BYTES:
        raise RuleBroken(
            "Das ist größer als 1 MB, Antworten aus Kalendern sind viel kleiner. Bitte laden Sie "
            "nur die eine E-Mail oder ihre .ics-Datei hoch."
        )
    if content.startswith(OUTLOOK_FILE):
        raise RuleBroken(
            "Das ist eine Datei im eigenen Format von Outlook (.msg). Bitte speichern Sie die "
            "E-Mail als .eml-Datei oder fügen Sie den Inhalt der angehängten .ics-Datei ein."
        )
    content = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not HEADER.match(content) or content[:15].upper() == b"BEGIN:VCALENDAR":
        return _once(read_calendar(_decoded(content)))
    try:
        return _in_mail(message_from_bytes(content))
    except BROKEN_FILE as error:
        raise RuleBroken(UNREADABLE) from error


def bounce(content: bytes) -> Bounce | None:
    """Return which mail has finally come back, or None if this is no such report (RFC 3464)."""
    try:
        message = message_from_bytes(content)
        kind = str(message.get_param("report-type", "") or "").lower()
        if message.get_content_type() != "multipart/report" or kind != "delivery-status":
            return None
        parts = list(_walk(message))
    except BROKEN_FILE:
        return None
    status = {
        name.lower(): " ".join(str(value).split())
        for part in parts
        if part.get_content_type() == "message/delivery-status"
        for block in _blocks(part)
        for name, value in block.items()
    }
    if status.get("action", "").lower() != "failed":
        return None
    known = [_original_id(part) for part in parts if part is not message]
    message_id = next(filter(None, known), "")
    if not message_id:
        return None
    reason = status.get("diagnostic-code") or status.get("status", "")
    return Bounce(message_id=message_id, reason=clean(reason)[:300])


def sender(content: bytes) -> str:
    """Return who sent a mail that is too broken to be read further, or ""."""
    try:
        return _sender_of(message_from_bytes(content))
    except BROKEN_FILE:
        return ""


def _sender_of(message: Message) -> str:
    """Return the address of the sender; "" if there is none or more than one to choose from."""
    named = [address for _, address in getaddresses(map(str, message.get_all("From", [])))]
    return mail_address(named[0]) if len(named) == 1 else ""


def _in_mail(message: Message) -> list[Reply]:
    found: list[Reply] = []
    refused: RuleBroken = NothingFound(NOTHING_FOUND)
    for part, sender in _parts(message, ""):
        try:
            found += _in_part(part, sender, message)
        except RuleBroken as broken:
            refused = broken
    if not found:
        raise refused
    return _once(found)


def _in_part(part: Message, sender: str, message: Message) -> list[Reply]:
    kind, name = part.get_content_type(), str(part.get_filename() or "").lower()
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    if kind in CALENDAR_TYPES or name.endswith(".ics"):
        text = _decoded(content, part.get_content_charset() or "")
        return read_calendar(text, sender=sender)
    if kind == "application/ms-tnef" or name == "winmail.dat":
        return [*_in_tnef(content, sender, message)]
    return []


def _in_tnef(content: bytes, sender: str, message: Message) -> Iterator[Reply]:
    """Yield a reply for a person to read: Outlook's own wrapping, which we do not open."""
    plain = content.replace(b"\x00", b"")
    for mark, meaning in TNEF_ANSWERS.items():
        if mark in plain:
            head = "\n".join(f"{name}: {value}" for name, value in message.items())
            yield Reply(
                attendee=sender,
                sender=sender,
                raw=clean(head),
                objection=f"Outlook hat die Antwort ({meaning}) in seinem eigenen Format "
                "geschickt (winmail.dat); der Termin ist daraus nicht zu lesen.",
            )
            return


def _parts(message: Message, sender: str) -> Iterator[tuple[Message, str]]:
    """Yield all parts with the sender of the nearest mail around them; reports are no answers."""
    if message.get_content_type() == "multipart/report":
        return
    sender = _sender_of(message) or sender
    if message.is_multipart():
        payload = message.get_payload()
        for part in payload[:MOST_PARTS] if isinstance(payload, list) else []:
            if isinstance(part, Message):
                yield from _parts(part, sender)
    else:
        yield message, sender


def _walk(message: Message) -> Iterator[Message]:
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            return
        yield part


def _blocks(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)] if payload else []


def _original_id(part: Message) -> str:
    """Return the Message-ID of the mail that came back, from the copy of its head."""
    if part.get_content_type() == "text/rfc822-headers":
        payload = part.get_payload(decode=True)
        part = message_from_bytes(payload if isinstance(payload, bytes) else b"")
    return str(part.get("Message-ID", "")).strip()


def _decoded(content: bytes, charset: str = "") -> str:
    """Return the text; the named character set first, then what German offices use."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        charset = "utf-16"
    for name in filter(None, (charset, "utf-8-sig", "cp1252")):
        with suppress(LookupError, ValueError):
            return content.decode(name)
    return content.decode("latin-1")


def _once(replies: list[Reply]) -> list[Reply]:
    """Return each answer once; some programs send the same file as part and as attachment."""
    return list({reply.fingerprint: reply for reply in replies}.values())
