"""How minutes are arranged: lines under items of the agenda, moved one step at a time."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple

from network.enums import MinutesKind
from network.models import MinutesItem


@dataclass(frozen=True)
class Line:
    """One line as it was written; `key` is None for a new one, `item` the agenda item or None."""

    key: int | None
    item: int | None
    text: str
    kind: str = MinutesKind.NOTE
    owner: str = ""
    due_on: date | None = None
    is_done: bool = False


class Step(NamedTuple):
    """What a button beside a line asks for."""

    way: Literal["up", "down", "remove"]
    key: int


def fingerprint(rows: Iterable[MinutesItem]) -> str:
    """Return what identifies minutes as they stand; any change of any line changes it."""
    told = [
        (row.pk, row.agenda_item_id, row.kind, row.text, row.owner, f"{row.due_on} {row.done_on}")
        for row in rows
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def read_step(text: str) -> Step | None:
    """Understand the value of a button, for example "up-12"; None for everything else."""
    way, _, key = text.partition("-")
    if way in {"up", "down", "remove"} and key.isascii() and key.isdigit() and len(key) < 19:
        return Step(way, int(key))  # type: ignore[arg-type]  # one of the three
    return None


def arranged(
    lines: Sequence[Line], *, items: Sequence[int], step: Step | None = None
) -> tuple[Line, ...]:
    """Return the lines in the order of the agenda, after the step, without empty ones.

    `items` is the agenda in its order; what belongs to no item stands at the end. At the edge of
    an item a line moves on to the next one.
    """
    places: dict[int | None, list[Line]] = {item: [] for item in (*items, None)}
    for line in lines:
        if line.text.strip():
            places[line.item if line.item in places else None].append(line)
    if step:
        _take(step, places)
    return tuple(replace(line, item=item) for item, inside in places.items() for line in inside)


def _take(step: Step, places: dict[int | None, list[Line]]) -> None:
    order = list(places)
    for number, item in enumerate(order):
        keys = [line.key for line in places[item]]
        if step.key not in keys:
            continue
        here = keys.index(step.key)
        line = places[item].pop(here)
        if step.way == "up":
            _place(line, order, places, number, here - 1)
        elif step.way == "down":
            _place(line, order, places, number, here + 1)
        return


def _place(
    line: Line, order: list[int | None], places: dict[int | None, list[Line]], number: int, to: int
) -> None:
    """Put a line back at `to`; before the start or after the end of its item it moves on."""
    if to < 0 and number > 0:
        places[order[number - 1]].append(line)
    elif to > len(places[order[number]]) and number + 1 < len(order):
        places[order[number + 1]].insert(0, line)
    else:
        places[order[number]].insert(max(to, 0), line)
