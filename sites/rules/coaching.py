"""How a coaching day is read: its headline, the agreed steps, who may still change it."""

import re
from datetime import date

from sites.enums import CoachingDayState

EDITABLE = frozenset({CoachingDayState.HANDED_IN, CoachingDayState.RETURNED})
LONGEST_HEADLINE = 80
_SENTENCE_END = re.compile(r"(?<=[.?:;])\s|\n")
_DUE = re.compile(
    r"^(?P<text>.*\S)[\s,(]+bis(?: zum)? (?P<day>\d{1,2})\.(?P<month>\d{1,2})\."
    r"(?P<year>\d{4})\)?\.?$"
)


def headline(text: str) -> str:
    """Return the first sentence of what happened, at most 80 characters, for lists of days."""
    first = _SENTENCE_END.split(text.strip(), maxsplit=1)[0].strip().rstrip(".:;")
    if len(first) <= LONGEST_HEADLINE:
        return first
    return first[: LONGEST_HEADLINE - 1].rsplit(" ", 1)[0].rstrip(",;") + " …"


def read_step(line: str, default: date | None) -> tuple[str, date | None]:
    """Split "Schilder prüfen bis 15.3.2016" into step and day; without a day `default` counts.

    What looks like a day and is none stays part of the text.
    """
    found = _DUE.match(line.strip())
    if found is None:
        return line.strip(), default
    try:
        day = date(*(int(found[name]) for name in ("year", "month", "day")))
    except ValueError:
        return line.strip(), default
    return found["text"].rstrip(",("), day


def write_step(text: str, due_on: date | None, default: date | None) -> str:
    """Return a step as `read_step` reads it; the day stands there only where it differs."""
    return text if due_on in {None, default} else f"{text} bis {due_on:%d.%m.%Y}"
