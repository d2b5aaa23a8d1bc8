"""A mail as file or as pasted text: find its words, whatever program wrote it.

Nothing is fetched and nothing but text is opened; attachments are left alone.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from unicodedata import category, normalize

from network.rules.reply_mails import MOST_PARTS, OUTLOOK_FILE
from programme.errors import RuleBroken
from publications.rules import mail_html

MAX_BYTES = 5 * 1024 * 1024
MAX_TEXT = 60_000
DEEPEST = 5
HEAD_NAME = re.compile(rb"([!-9;-~]+):")
HEAD_NAMES = {
    b"from", b"to", b"subject", b"date", b"received", b"mime-version", b"content-type",
    b"message-id", b"return-path", b"delivered-to", b"reply-to", b"x-mailer", b"user-agent",
    b"content-transfer-encoding", b"sender", b"cc", b"dkim-signature", b"x-mozilla-status",
}  # fmt: skip
OTHER_FILES = {
    OUTLOOK_FILE: "eine Datei im eigenen Format von Outlook (.msg)",
    b"PK\x03\x04": "ein ZIP-Archiv oder ein Office-Dokument",
    b"%PDF": "ein PDF",
    b"\x89PNG": "ein Bild",
    b"\xff\xd8\xff": "ein Bild",
    b"GIF8": "ein Bild",
    b"{\\rtf": "ein Textdokument (.rtf)",
}
BROKEN_FILE = (
    ValueError, LookupError, TypeError, AttributeError, RecursionError, MessageError,
)  # fmt: skip
ORDINARY = {"\n", "\t"}
MOST_STRANGE = 0.02
LONG_LINE = re.compile(r"[^\n]{1500,2000}(?:\s|(?=[^\n]))")


@dataclass(frozen=True)
class MailFile:
    """What a mail says: who sent it, its subject, its words, and mails it carries inside."""

    text: str
    sender_name: str = ""
    sender: str = ""
    subject: str = ""
    objection: str = ""
    enclosed: tuple["MailFile", ...] = ()


def read(content: bytes) -> MailFile:
    """Return the words of a mail file, of its pasted source, or of text copied from a mail.

    Refuses (RuleBroken) more than 5 MB, what is no text and no mail, and what is empty.
    """
    if len(content) > MAX_BYTES:
        raise RuleBroken(
            "Die Datei ist größer als 5 MB. Bitte speichern Sie die E-Mail ohne Anhänge oder "
            "fügen Sie ihren Text ein."
        )
    for mark, what in OTHER_FILES.items():
        if content.startswith(mark):
            raise RuleBroken(
                f"Das ist {what}, keine E-Mail. Bitte speichern Sie die E-Mail als .eml-Datei "
                "oder fügen Sie ihren Text ein."
            )
    content = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    try:
        found = _in_mail(message_from_bytes(content)) if _is_mail(content) else _in_text(content)
    except BROKEN_FILE as error:
        raise RuleBroken(
            "Die E-Mail ist beschädigt und lässt sich nicht lesen. Bitte fügen Sie ihren Text ein."
        ) from error
    if not found.text.strip() and not found.enclosed:
        raise RuleBroken("Darin steht kein Text. Bitte fügen Sie den Text der E-Mail ein.")
    return found


def shown(mail: MailFile) -> str:
    """Return a mail as a person reads it: sender, subject, text, and the mails inside."""
    who = f"{mail.sender_name} <{mail.sender}>" if mail.sender_name else mail.sender
    head = [f"Von: {who}"] if mail.sender else []
    head += [f"Betreff: {mail.subject}"] if mail.subject else []
    own = "\n".join([*head, *([""] if head else []), mail.text.strip()])
    return "\n\n".join([own, *map(shown, mail.enclosed)])


def _is_mail(content: bytes) -> bool:
    """Say whether it begins like the source of a mail: two lines of a head mail servers know."""
    head = re.split(rb"\r?\n\r?\n", content[:20_000], maxsplit=1)[0]
    lines = [line for line in head.splitlines() if not line.startswith(b"From ")]
    names = [HEAD_NAME.match(line) for line in lines]
    known = {found[1].lower() for found in names if found} & HEAD_NAMES
    return bool(lines) and names[0] is not None and len(known) > 1


def _in_text(content: bytes) -> MailFile:
    text = cleaned(_decoded(content, ""))
    signs = sum(
        category(sign) in {"Cc", "Co", "Cn"} and sign not in ORDINARY for sign in text[:MAX_TEXT]
    )
    if signs > max(len(text[:MAX_TEXT]) * MOST_STRANGE, 1) or "\ufffd" * 3 in text:
        raise RuleBroken(
            "Das ist keine E-Mail und kein Text. Bitte speichern Sie die E-Mail als .eml-Datei "
            "oder fügen Sie ihren Text ein."
        )
    if re.match(r"\s*<(?:!doctype html|html|head|body|div|p|table)\b", text, re.IGNORECASE):
        text = mail_html.as_text(text)
    return MailFile(text=text[:MAX_TEXT])


def _in_mail(message: Message, depth: int = 0) -> MailFile:
    enclosed: list[MailFile] = []
    text = "\n".join(_texts(message, enclosed, depth))
    name, address = _sender(message)
    return MailFile(
        text=cleaned(text)[:MAX_TEXT],
        sender_name=name,
        sender=address,
        subject=_header(message, "Subject"),
        objection=_objection(message),
        enclosed=tuple(enclosed),
    )


def _texts(part: Message, enclosed: list[MailFile], depth: int) -> Iterator[str]:
    """Yield the texts of a part; of two versions of the same text the one that says more."""
    kind = part.get_content_type()
    children = part.get_payload() if part.is_multipart() else []
    children = [each for each in children if isinstance(each, Message)][:MOST_PARTS]
    if kind == "message/rfc822":
        if depth < DEEPEST:
            enclosed += [_in_mail(each, depth + 1) for each in children]
    elif kind == "multipart/alternative":
        versions = ["\n".join(_texts(each, enclosed, depth + 1)) for each in children]
        yield next((text for text in versions if len(text.split()) > 2), "")
    elif children:
        for each in children if depth < MOST_PARTS else []:
            yield from _texts(each, enclosed, depth + 1)
    elif kind in {"text/plain", "text/html"} and part.get_content_disposition() != "attachment":
        yield _body(part, is_html=kind == "text/html")


def _body(part: Message, *, is_html: bool) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    text = _decoded(content, str(part.get_content_charset() or ""))
    if is_html:
        return mail_html.as_text(text)
    if str(part.get_param("format", "") or "").lower() == "flowed":
        text = re.sub(r"(?<!^--)(?<!\n--) \r?\n(?!>|\r?\n|-- )", " ", text)
    return text


def _decoded(content: bytes, charset: str) -> str:
    """Return the text: UTF-8 wherever it is valid, for that is never by chance, else as named."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        charset = "utf-16"
    names = [charset] if charset.startswith(("utf-16", "utf-32", "iso-2022")) else []
    names += ["utf-8-sig", "cp1252" if "8859-1" in charset else charset, "cp1252"]
    for name in filter(None, names):
        with suppress(LookupError, ValueError):
            return content.decode(name)
    return content.decode("latin-1")


def cleaned(text: str) -> str:
    """Return the text composed, with one kind of line end and without invisible signs."""
    text = re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", normalize("NFC", text))
    text = re.sub(r"[\xa0\u2000-\u200a\u202f\u3000]", " ", text)
    text = "".join(sign for sign in text if category(sign) != "Cf")
    return LONG_LINE.sub(lambda piece: f"{piece.group()}\n", text)


def _header(message: Message, name: str) -> str:
    raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
    return _readable(str(raw))


def _readable(raw: str) -> str:
    """Return a head line as people read it, also one that was sent unencoded."""
    raw = _decoded(raw.encode("utf-8", "surrogateescape"), "")
    with suppress(*BROKEN_FILE):
        raw = str(make_header(decode_header(raw)))
    return " ".join(cleaned(raw).split())


def _sender(message: Message) -> tuple[str, str]:
    """Return who wants an answer: a form on a web page sends with an address of its own."""
    found = {name: _address(message, name) for name in ("Reply-To", "From")}
    reply_to, sender = found["Reply-To"], found["From"]
    if reply_to[1] and reply_to[1] != sender[1]:
        return reply_to
    return (sender[0] or reply_to[0], sender[1])


def _address(message: Message, name: str) -> tuple[str, str]:
    raw = next(
        (str(value) for key, value in message.raw_items() if key.lower() == name.lower()), ""
    )
    named = [pair for pair in getaddresses([raw.replace("\n", " ")]) if "@" in pair[1]]
    if not named:
        return "", ""
    return _readable(named[0][0]), named[0][1].strip().lower()


def _objection(message: Message) -> str:
    """Return in German why a mail was written by a machine for many or for nobody, or ""."""
    kind = str(message.get_param("report-type", "") or "").lower()
    if message.get_content_type() == "multipart/report" or kind:
        return "eine Meldung eines Mailservers"
    if _header(message, "Auto-Submitted").lower().startswith("auto-replied") or any(
        message.get(name) for name in ("X-Autoreply", "X-Autorespond")
    ):
        return "eine automatische Antwort"
    if _address(message, "From")[1].partition("@")[0] in {"mailer-daemon", "postmaster"}:
        return "eine Meldung eines Mailservers"
    if message.get("List-Unsubscribe") or _header(message, "Precedence").lower() == "bulk":
        return "eine Rundsendung"
    return ""
