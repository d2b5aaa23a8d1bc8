"""Geometry of the timeline of phases: dates in, places on the paper out; page and PDF share it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sites.rules.phases import PhaseState

WIDTH = 560
EDGE = 8
ROW = 64
LABEL = 22
BAR = 10
AXIS = 30
SHORTEST = 6.0
MOST_MARKS = 6


@dataclass(frozen=True)
class Span:
    """A bar from one date to another."""

    x: float
    width: float
    y: int
    kind: str


@dataclass(frozen=True)
class Row:
    """One phase: its name with its state in words, and its bars."""

    text: str
    text_y: int
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Mark:
    """A month on the axis."""

    x: float
    text: str
    anchor: str


@dataclass(frozen=True)
class TimelineDrawing:
    """Everything the template draws; lengths in units of the view box."""

    width: int
    height: int
    bar: int
    rows: tuple[Row, ...]
    marks: tuple[Mark, ...]
    mark_y: int
    as_of_x: float | None


@dataclass(frozen=True)
class _Scale:
    begin: date
    days: int

    def x(self, day: date) -> float:
        """Return the place of a day."""
        return round(EDGE + (day - self.begin).days / self.days * (WIDTH - 2 * EDGE), 1)


def draw(*, states: Sequence[PhaseState], as_of: date) -> TimelineDrawing | None:
    """Place the phases that have dates; None if no phase has any."""
    dated = [state for state in states if state.dates.days]
    if not dated:
        return None
    scale = _scale([day for state in dated for day in state.dates.days])
    rows = tuple(_row(index, state, scale, as_of) for index, state in enumerate(dated))
    bottom = len(rows) * ROW
    end = scale.begin + timedelta(days=scale.days)
    return TimelineDrawing(
        width=WIDTH,
        height=bottom + AXIS,
        bar=BAR,
        rows=rows,
        marks=_marks(scale),
        mark_y=bottom + 22,
        as_of_x=scale.x(as_of) if scale.begin <= as_of <= end else None,
    )


def _scale(days: Sequence[date]) -> _Scale:
    begin = min(days).replace(day=1)
    end = (max(days).replace(day=1) + timedelta(days=32)).replace(day=1)
    return _Scale(begin, (end - begin).days)


def _row(index: int, state: PhaseState, scale: _Scale, as_of: date) -> Row:
    top, dates = index * ROW, state.dates
    begin, planned = dates.actual_from or dates.actual_to, dates.planned_to
    spans = [_span(dates.planned_from, planned, top + LABEL + 2, "planned", scale)]
    if begin and begin <= as_of:
        done = min(dates.actual_to or as_of, as_of, scale.begin + timedelta(days=scale.days))
        spans.append(_span(begin, done, top + LABEL + BAR + 6, "actual", scale))
        if planned and done > planned:
            late_from = max(planned, begin)
            spans.append(_span(late_from, done, top + LABEL + BAR + 6, "late", scale))
    return Row(
        text=f"{state.phase.label}: {state.words}",
        text_y=top + LABEL - 6,
        spans=tuple(span for span in spans if span),
    )


def _span(begin: date | None, end: date | None, y: int, kind: str, scale: _Scale) -> Span | None:
    first, last = begin or end, end or begin
    if first is None or last is None:
        return None
    x = scale.x(first)
    width = max(scale.x(last) - x, SHORTEST)
    return Span(min(x, WIDTH - EDGE - width), round(width, 1), y, kind)


def _marks(scale: _Scale) -> tuple[Mark, ...]:
    months, day = [], scale.begin
    end = scale.begin + timedelta(days=scale.days)
    while day < end:
        months.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    step = -(-len(months) // MOST_MARKS)
    return tuple(
        Mark(scale.x(month), f"{month:%m/%y}", "middle" if scale.x(month) > 30 else "start")
        for month in months[::step]
        if scale.x(month) < WIDTH - 30 or month == months[0]
    )
