"""Geometry of a chart of running sums: values in, places on the paper out."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from programme.charts import CHART_WIDTH, COLOURS, BarChart, Series, number
from programme.rules.money import rounded

HEIGHT = 260
LEFT, RIGHT, TOP, BOTTOM = 12, 12, 22, 34
STEPS = 4
NARROW_LABELS = 3
WIDE_LABELS = 5
LINE = 24


@dataclass(frozen=True)
class Level:
    """A horizontal line with its amount."""

    y: float
    text: str


@dataclass(frozen=True)
class Label:
    """A word on the horizontal axis."""

    x: float
    text: str
    anchor: str


@dataclass(frozen=True)
class Curve:
    """One line: its points, how it looks, and its entry in the key below the chart."""

    points: str
    tone: str
    colour: str
    dashes: str
    text: str
    key_y: int


@dataclass(frozen=True)
class CurveDrawing:
    """Everything the template draws; lengths in units of the view box."""

    width: int
    height: int
    floor: int
    levels: tuple[Level, ...]
    labels: tuple[Label, ...]
    label_y: int
    curves: tuple[Curve, ...]


def draw_curves(chart: BarChart, *, width: int = CHART_WIDTH) -> CurveDrawing:
    """Place the running sums of a chart; a series may end before the last category."""
    top = max((value for row in chart.series for value in row.values), default=Decimal(0))
    top = top or Decimal(1)
    floor = HEIGHT - BOTTOM
    return CurveDrawing(
        width=width,
        height=HEIGHT + len(chart.series) * LINE,
        floor=floor,
        levels=tuple(
            Level(_y(top * step / STEPS, top), f"{number(rounded(top * step / STEPS), 0)} EUR")
            for step in range(1, STEPS + 1)
        ),
        labels=_labels(chart.categories, width),
        label_y=floor + 22,
        curves=tuple(
            _curve(row, index, count=len(chart.categories), top=top, width=width)
            for index, row in enumerate(chart.series)
        ),
    )


def curve_rows(chart: BarChart) -> list[tuple[str, list[str]]]:
    """Return the values as a table, a dash where a series has ended."""
    return [
        (
            category,
            [
                number(row.values[index], 2) if index < len(row.values) else "–"
                for row in chart.series
            ],
        )
        for index, category in enumerate(chart.categories)
    ]


def _curve(row: Series, index: int, *, count: int, top: Decimal, width: int) -> Curve:
    points = [
        f"{_x(position, count, width)},{_y(value, top)}"
        for position, value in enumerate(row.values)
    ]
    last = number(row.values[-1], 2) if row.values else "0"
    return Curve(
        points=" ".join(points),
        tone=row.tone,
        colour=COLOURS[row.tone],
        dashes="" if index else "7 5",
        text=f"{row.name}: {last} EUR",
        key_y=HEIGHT + index * LINE + 12,
    )


def _labels(categories: Sequence[str], width: int) -> tuple[Label, ...]:
    most = WIDE_LABELS if width == CHART_WIDTH else NARROW_LABELS
    count = len(categories)
    last = count - 1
    positions = sorted({round(last * step / (most - 1)) for step in range(most)}) if last else [0]
    return tuple(
        Label(
            _x(position, count, width),
            categories[position],
            {0: "start", last: "end"}.get(position, "middle"),
        )
        for position in positions
        if position < count
    )


def _x(position: int, count: int, width: int) -> float:
    room = width - LEFT - RIGHT
    return round(LEFT + room * position / max(count - 1, 1), 1)


def _y(value: Decimal, top: Decimal) -> float:
    room = HEIGHT - BOTTOM - TOP
    return round(HEIGHT - BOTTOM - float(value / top) * room, 1)
