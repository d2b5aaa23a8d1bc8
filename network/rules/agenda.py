"""Reads an agenda that was typed as text: one line an item."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from network.models import AgendaItem
from network.rules.names import folded
from programme.errors import RuleBroken
from programme.models import FieldOfAction

START = re.compile(r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:\s*Uhr)?\s+(?=\S)")
LONGEST = 160
MOST_ITEMS = 60


@dataclass(frozen=True)
class AgendaLine:
    """One item: when it begins (if known), what it is about, who speaks, its field of action."""

    begins: time | None
    title: str
    speaker: str = ""
    field_of_action: FieldOfAction | None = None


def read(text: str, *, fields: Sequence[FieldOfAction] = ()) -> tuple[AgendaLine, ...]:
    """Return the items of a text such as "10:15 Termine in Gießen | Stadt Gießen | Vernetzung".

    Time, speaker and field of action may be missing. Refuses a time or a field of action that
    does not exist and lines that are too long, naming the line.
    """
    typed = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    known = {folded(each.title): each for each in fields}
    items = tuple(_item(number, line, known) for number, line in typed if line)
    if len(items) > MOST_ITEMS:
        raise RuleBroken(f"Bitte höchstens {MOST_ITEMS} Programmpunkte eintragen.", field="agenda")
    return items


def written(lines: Sequence[AgendaLine]) -> str:
    """Return the items as the text they were read from."""
    return "\n".join(_line(line) for line in lines)


def _line(item: AgendaLine) -> str:
    start = f"{item.begins:%H:%M} " if item.begins else ""
    field = item.field_of_action.title if item.field_of_action else ""
    more = [item.speaker, field] if field else [item.speaker] if item.speaker else []
    return start + " | ".join([item.title, *more])


def _item(number: int, line: str, known: Mapping[str, FieldOfAction]) -> AgendaLine:
    start = START.match(line)
    rest = line[start.end() :] if start else line
    title, speaker, field = ([part.strip() for part in rest.split("|", 2)] + ["", ""])[:3]
    if not title:
        raise RuleBroken(f"In Zeile {number} fehlt das Thema.", field="agenda")
    if max(len(title), len(speaker)) > LONGEST:
        raise RuleBroken(
            f"Zeile {number} ist zu lang: Thema und Vortrag dürfen je {LONGEST} Zeichen haben.",
            field="agenda",
        )
    begins = _begins(number, start) if start else None
    return AgendaLine(begins, title, speaker, _field(number, field, known) if field else None)


def _field(number: int, title: str, known: Mapping[str, FieldOfAction]) -> FieldOfAction:
    found = known.get(folded(title))
    if found is None:
        names = "; ".join(each.title for each in known.values())
        raise RuleBroken(
            f"Das Handlungsfeld in Zeile {number} gibt es nicht. Möglich sind: {names}.",
            field="agenda",
        )
    return found


def _begins(number: int, start: re.Match[str]) -> time:
    hour, minute = int(start["hour"]), int(start["minute"])
    if hour > 23 or minute > 59:
        raise RuleBroken(f"Die Uhrzeit in Zeile {number} gibt es nicht.", field="agenda")
    return time(hour, minute)


def matched(
    items: Sequence[AgendaItem], lines: Sequence[AgendaLine]
) -> tuple[AgendaItem | None, ...]:
    """Return for each line the item it goes on from, None for a new one.

    Minutes hang on the items, so a new time, order or wording must not make a new one: the same
    title is looked for first, then the same time, then the same place in the order.
    """
    left = list(items)
    found: list[AgendaItem | None] = [None] * len(lines)
    for alike in (_same_title, _same_time, _same_place):
        for index, line in enumerate(lines):
            if found[index] is None:
                found[index] = next((item for item in left if alike(item, line, index)), None)
                left = [item for item in left if item is not found[index]]
    return tuple(found)


def _same_title(item: AgendaItem, line: AgendaLine, index: int) -> bool:
    return folded(item.title) == folded(line.title)


def _same_time(item: AgendaItem, line: AgendaLine, index: int) -> bool:
    return item.begins is not None and item.begins == line.begins


def _same_place(item: AgendaItem, line: AgendaLine, index: int) -> bool:
    return item.position == index + 1
