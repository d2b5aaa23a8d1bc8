"""What a calendar program answers (RFC 5546): REPLY and COUNTER, read without guessing.

Whatever is not plain gets an `objection`, the German sentence that says why a person has to look
at it; what is no answer at all is refused (RuleBroken).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from network.enums import CalendarAnswer
from network.rules.deadlines import HESSEN
from programme.errors import RuleBroken

MOST_EVENTS = 50
MOST_SIGNS = 2000
HIGHEST_SEQUENCE = 10_000
CALENDAR = re.compile(r"BEGIN:VCALENDAR\b.*?END:VCALENDAR\b", re.IGNORECASE | re.DOTALL)
ANSWERS = {
    "ACCEPTED": CalendarAnswer.ACCEPTED,
    "TENTATIVE": CalendarAnswer.TENTATIVE,
    "DECLINED": CalendarAnswer.DECLINED,
}
OTHER_METHODS = {
    "REQUEST": "eine Einladung",
    "CANCEL": "eine Absage des Termins",
    "PUBLISH": "ein Termin",
    "": "ein Termin",
}
NOTHING_FOUND = (
    "Darin steckt keine Antwort aus einem Kalender. Bitte fügen Sie den ganzen Inhalt der "
    ".ics-Datei ein (er beginnt mit BEGIN:VCALENDAR) oder laden Sie die E-Mail als .eml-Datei hoch."
)
UNREADABLE = (
    "Die Kalenderdatei ist beschädigt und lässt sich nicht lesen. Bitte laden Sie die E-Mail mit "
    "der Antwort als .eml-Datei hoch."
)
ONE_OF_MANY = "Die Antwort gilt einem einzelnen Termin einer Reihe; das Portal kennt keine Reihen."
# What the reader of calendar files raises when a file is broken.
BROKEN_FILE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)


class NothingFound(RuleBroken):
    """There is no answer in it; a mail like that is left alone."""


@dataclass(frozen=True)
class Reply:
    """One answer as it was sent; `sender` is who sent the mail, where there was one."""

    uid: str = ""
    attendee: str = ""
    answer: str = ""
    sequence: int = 0
    stamped_at: datetime | None = None
    comment: str = ""
    sent_by: str = ""
    sender: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    location: str = ""
    raw: str = ""
    objection: str = ""

    @property
    def fingerprint(self) -> str:
        """Return what identifies the answer, however it came in: the same one counts once."""
        moments = [str(each) for each in (self.stamped_at, self.starts_at, self.ends_at)]
        parts = [self.uid, self.attendee, self.answer, str(self.sequence), *moments]
        if self.stamped_at is None:
            parts.append(self.raw)
        return sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()


def clean(text: str) -> str:
    """Return the text without signs a database cannot keep and with plain line ends."""
    text = text.replace("\x00", "").encode("utf-8", "replace").decode()
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_calendar(text: str, *, sender: str = "") -> list[Reply]:
    """Return the answers in a calendar file or in a text that holds one.

    Refuses (RuleBroken) broken files, (NothingFound) texts without a calendar and calendars that
    are no answer.
    """
    found = CALENDAR.findall(clean(text))
    if not found:
        raise NothingFound(NOTHING_FOUND)
    replies: list[Reply] = []
    for each in found[:MOST_EVENTS]:
        try:
            replies += _replies(each, sender)
        except BROKEN_FILE as error:
            raise RuleBroken(UNREADABLE) from error
    return replies


def mail_address(value: object) -> str:
    """Return the address behind "mailto:" in small letters, or "" if it is none."""
    address = re.sub(r"^\s*mailto:", "", str(value or ""), flags=re.IGNORECASE).strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address if len(address) <= 254 else ""


def _replies(text: str, sender: str) -> Iterator[Reply]:
    from icalendar import Calendar

    calendar = Calendar.from_ical(text.replace("\n", "\r\n"))
    method = str(calendar.get("METHOD", "")).strip().upper()
    events = calendar.walk("VEVENT")
    if method not in {"REPLY", "COUNTER"}:
        what = OTHER_METHODS.get(method, "etwas anderes")
        raise NothingFound(
            f"Das ist keine Antwort aus einem Kalender, sondern {what}. Bitte fügen Sie die "
            "Antwort ein, die das Kalenderprogramm zurückgeschickt hat."
        )
    if not events:
        raise NothingFound(NOTHING_FOUND)
    if len(events) > MOST_EVENTS:
        raise RuleBroken(f"In der Datei stehen mehr als {MOST_EVENTS} Antworten.")
    for event in events:
        yield _reply(event, method, text, sender)


def _reply(event: Any, method: str, text: str, sender: str) -> Reply:
    attendees = _listed(event.get("ATTENDEE"))
    person = _who_answers(attendees, sender)
    status = _parameter(person, "PARTSTAT").upper()
    answer = CalendarAnswer.COUNTER if method == "COUNTER" else ANSWERS.get(status, "")
    sequence = _number(event.get("SEQUENCE", 0))
    return Reply(
        uid=str(event.get("UID", "")).strip()[:250],
        attendee=mail_address(person) or sender,
        answer=str(answer),
        sequence=max(sequence, 0),
        stamped_at=_moment(event.get("DTSTAMP"), UTC),
        comment=_comment(event, person),
        sent_by=mail_address(_parameter(person, "SENT-BY")),
        sender=sender,
        starts_at=_moment(event.get("DTSTART"), HESSEN),
        ends_at=_moment(event.get("DTEND"), HESSEN),
        location=_text(event.get("LOCATION"))[:200],
        raw=text,
        objection=_objection(event, person, status if method == "REPLY" else "COUNTER", sequence),
    )


def _who_answers(attendees: list[Any], sender: str) -> Any:
    """Return the one attendee who answers; some programs list everybody in a COUNTER."""
    if len(attendees) == 1:
        return attendees[0]
    senders = [each for each in attendees if sender and mail_address(each) == sender]
    return senders[0] if len(senders) == 1 else None


def _objection(event: Any, person: Any, status: str, sequence: int) -> str:
    """Return why a person has to look at this, or "" if it is plain."""
    other = mail_address(_parameter(person, "DELEGATED-TO")) or "jemand anderen"
    questions = (
        (not str(event.get("UID", "")).strip(), "Die Antwort nennt keinen Termin."),
        (event.get("RECURRENCE-ID") is not None, ONE_OF_MANY),
        (not mail_address(person), "Es ist nicht eindeutig, wer antwortet."),
        (status == "DELEGATED", f"Die Teilnahme wurde im Kalender weitergegeben an {other}."),
        (status not in {*ANSWERS, "COUNTER"}, "Die Antwort sagt weder zu noch ab."),
        (
            _moment(event.get("DTSTAMP"), UTC) is None,
            "Die Antwort sagt nicht, wann sie gegeben wurde.",
        ),
        (sequence < 0, "Die Fassung des Termins ist keine brauchbare Zahl."),
    )
    return next((text for is_so, text in questions if is_so), "")


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _parameter(value: Any, name: str) -> str:
    found = getattr(value, "params", {}).get(name, "")
    return str(found[0] if isinstance(found, list) and found else found).strip()


def _number(value: Any) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError):
        return -1
    return number if -1 <= number <= HIGHEST_SEQUENCE else -1


def _moment(value: Any, zone: tzinfo) -> datetime | None:
    """Return a moment in UTC; a wall clock without a known zone is read in `zone`."""
    found = getattr(value, "dt", None)
    if isinstance(found, date) and not isinstance(found, datetime):
        found = datetime.combine(found, time.min)
    if not isinstance(found, datetime):
        return None
    try:
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _comment(event: Any, person: Any) -> str:
    """Return what was written beside the answer: a property, or Google's parameter for it."""
    texts = [_text(each) for each in _listed(event.get("COMMENT"))]
    return "\n".join(filter(None, [*texts, _parameter(person, "X-RESPONSE-COMMENT")]))[:MOST_SIGNS]


def _text(value: Any) -> str:
    return str(value or "").strip()
