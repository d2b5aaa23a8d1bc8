"""Reads an agenda that was typed as text: one line an item."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from programme.errors import RuleBroken

START = re.compile(r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:\s*Uhr)?\s+(?=\S)")
LONGEST = 160
MOST_ITEMS = 60


@dataclass(frozen=True)
class AgendaLine:
    """One item: when it begins (if known), what it is about, who speaks."""

    begins: time | None
    title: str
    speaker: str = ""


def read(text: str) -> tuple[AgendaLine, ...]:
    """Return the items of a text such as "10:15 Terminvergabe in Gießen | Stadt Gießen".

    Time and speaker may be missing. Refuses a time that does not exist and lines that are too
    long, naming the line.
    """
    typed = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    items = tuple(_item(number, line) for number, line in typed if line)
    if len(items) > MOST_ITEMS:
        raise RuleBroken(f"Bitte höchstens {MOST_ITEMS} Programmpunkte eintragen.", field="agenda")
    return items


def written(lines: Sequence[AgendaLine]) -> str:
    """Return the items as the text they were read from."""
    return "\n".join(_line(line) for line in lines)


def _line(item: AgendaLine) -> str:
    start = f"{item.begins:%H:%M} " if item.begins else ""
    return start + item.title + (f" | {item.speaker}" if item.speaker else "")


def _item(number: int, line: str) -> AgendaLine:
    start = START.match(line)
    rest = line[start.end() :] if start else line
    title, _, speaker = (part.strip() for part in rest.partition("|"))
    if not title:
        raise RuleBroken(f"In Zeile {number} fehlt das Thema.", field="agenda")
    if max(len(title), len(speaker)) > LONGEST:
        raise RuleBroken(
            f"Zeile {number} ist zu lang: Thema und Vortrag dürfen je {LONGEST} Zeichen haben.",
            field="agenda",
        )
    begins = _begins(number, start) if start else None
    return AgendaLine(begins=begins, title=title, speaker=speaker)


def _begins(number: int, start: re.Match[str]) -> time:
    hour, minute = int(start["hour"]), int(start["minute"])
    if hour > 23 or minute > 59:
        raise RuleBroken(f"Die Uhrzeit in Zeile {number} gibt es nicht.", field="agenda")
    return time(hour, minute)
