"""Geometry of the charts: numbers in, places on the paper out; the templates only draw.

Web page and PDF draw the same figure: sizes are units of a view box, colours plain attributes that
a style sheet may change. Nothing is told by colour alone: bars carry name and value, tiles a sign.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format

from programme.units import half_up, unit_of

COLOURS = {
    "planned": "#7783a8",
    "actual": "#1a3da5",
    "land": "#1a3da5",
    "amif": "#925400",
    "order": "#6d3fa0",
    "integration": "#007155",
    "neutral": "#6e7597",
}

CHART_WIDTH, VALUE_SPACE = 560, 260
NARROW_WIDTH, NARROW_SPACE = 328, 130  # a phone, where text keeps its size; one unnamed value
LABEL_HEIGHT = 26
BAR_HEIGHT = 20
BAR_GAP, GROUP_GAP = 6, 16

TILE_WIDTH = 64
TILE_HEIGHT = 56
TILE_GAP = 4
LEGEND_LINE = 28
CODE_SIZE = 17.0
GLYPH_WIDTH = 0.53


@dataclass(frozen=True)
class Series:
    """One row of values, one value a category."""

    name: str
    values: tuple[Decimal, ...]
    tone: str


@dataclass(frozen=True)
class BarChart:
    """Grouped bars with a unit; `key` makes the ids unique, `axis` names the categories."""

    key: str
    title: str
    description: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    axis: str = "Bereich"


@dataclass(frozen=True)
class Tile:
    """One body on the map of Hessen; columns and rows count from 0."""

    code: str
    name: str
    column: int
    row: int
    tone: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class TileMap:
    """Tiles and what their tones mean: `legend` is a tuple of (tone, meaning)."""

    key: str
    title: str
    description: str
    tiles: tuple[Tile, ...]
    legend: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Bar:
    y: int
    width: float
    tone: str
    colour: str
    text: str
    text_x: float
    text_y: int


@dataclass(frozen=True)
class Group:
    label: str
    label_y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class BarDrawing:
    width: int
    height: int
    bar_height: int
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Look:
    """How a tone of the map looks: fill, line, ink and a sign drawn in a box of 12 by 12."""

    fill: str
    line: str
    ink: str
    sign: str


@dataclass(frozen=True)
class Line:
    """A line of text at its height inside the tile."""

    text: str
    y: int


@dataclass(frozen=True)
class PlacedTile:
    tile: Tile
    look: Look
    x: int
    y: int
    lines: tuple[Line, ...]
    font_size: float


@dataclass(frozen=True)
class LegendEntry:
    tone: str
    look: Look
    text: str
    y: int


@dataclass(frozen=True)
class MapDrawing:
    width: int
    height: int
    tile_width: int
    tile_height: int
    tiles: tuple[PlacedTile, ...]
    legend: tuple[LegendEntry, ...]


_RING = "M6 1a5 5 0 1 0 0 10A5 5 0 1 0 6 1zm0 2a3 3 0 1 1 0 6a3 3 0 1 1 0-6z"
_DOT = "M6 2a4 4 0 1 0 0 8a4 4 0 1 0 0-8z"
LOOKS = {
    "site": Look(
        "#1a3da5",
        "#1a3da5",
        "#ffffff",
        "M6 0l1.8 3.9 4.2.5-3.1 2.9.8 4.2L6 9.4 2.3 11.5l.8-4.2L0 4.4l4.2-.5z",
    ),
    "selected": Look("#ffffff", "#1a3da5", "#1a3da5", "M6 0l6 6-6 6-6-6zm0 3L3 6l3 3 3-3z"),
    "withdrawn": Look("#ffffff", "#1a3da5", "#1a3da5", "M1 5h10v2H1z"),
    "coming": Look(
        "#007155", "#007155", "#ffffff", "M1.4 5.6 4.5 8.7 10.6 2.2 12 3.6 4.5 11.4 0 7z"
    ),
    "declined": Look(
        "#8a1510",
        "#8a1510",
        "#ffffff",
        "M2.2.8 6 4.6 9.8.8 11.2 2.2 7.4 6l3.8 3.8-1.4 1.4L6 7.4 2.2 11.2.8 9.8 4.6 6 .8 2.2z",
    ),
    "represented": Look(
        "#925400", "#925400", "#ffffff", "M0 5h7.2L4.8 2.4 6.2 1 11.6 6l-5.4 5-1.4-1.4L7.2 7H0z"
    ),
    "waiting": Look("#6d3fa0", "#6d3fa0", "#ffffff", "M1 0h10v2L7.4 6 11 10v2H1v-2L4.6 6 1 2z"),
    "open": Look("#ffffff", "#51577a", "#131525", _RING),
    "office": Look("#dfe2ee", "#6e7597", "#131525", _DOT),
    "neutral": Look("#ffffff", "#6e7597", "#131525", ""),
}


def number(value: Decimal, places: int | None = None) -> str:
    """Write a number the German way, with cents only where there are any or `places` says so."""
    if places is None:
        places = 0 if value == value.to_integral_value() else 2
    return number_format(half_up(value, places), force_grouping=True, use_l10n=True)


def plain(value: Decimal) -> str:
    """Write what is no amount of money, without superfluous places, at most two: "23,3"."""
    return number(value, next((p for p in (0, 1) if value == round(value, p)), 2))


def numbers(chart: BarChart) -> tuple[tuple[str, ...], ...]:
    """Write the values of a chart, one row a category: amounts alike, all else as in tables."""
    values = [value for series in chart.series for value in series.values]
    places = 0 if all(value == value.to_integral_value() for value in values) else 2
    return tuple(
        tuple(
            number(series.values[index], places)
            if chart.unit == "EUR"
            else plain(series.values[index])
            for series in chart.series
        )
        for index in range(len(chart.categories))
    )


def draw_bars(chart: BarChart, *, width: int = CHART_WIDTH) -> BarDrawing:
    """Place every bar; the longest takes the room that the written values leave."""
    top = max((value for series in chart.series for value in series.values), default=Decimal(0))
    named = len(chart.series) > 1
    space = VALUE_SPACE if named or width > NARROW_WIDTH else NARROW_SPACE
    scale = Decimal(width - space) / top if top else Decimal(0)
    written = numbers(chart)
    groups = []
    y = 0
    for index, category in enumerate(chart.categories):
        label_y = y + LABEL_HEIGHT - 8
        y += LABEL_HEIGHT
        bars = []
        for series, told in zip(chart.series, written[index], strict=True):
            value = series.values[index]
            length = round(float(max(value, Decimal(0)) * scale), 1)
            text = f"{told} {unit_of(value, chart.unit)}".strip()
            bars.append(
                Bar(
                    y=y,
                    width=length,
                    tone=series.tone,
                    colour=COLOURS[series.tone],
                    text=f"{text} {series.name}" if named else text,
                    text_x=round(length + 8, 1),
                    text_y=y + BAR_HEIGHT - 5,
                )
            )
            y += BAR_HEIGHT + BAR_GAP
        groups.append(Group(category, label_y, tuple(bars)))
        y += GROUP_GAP
    return BarDrawing(width, max(y - GROUP_GAP, 1), BAR_HEIGHT, tuple(groups))


def draw_map(tile_map: TileMap) -> MapDrawing:
    """Place every tile in its column and row, and the legend below."""
    left = min((tile.column for tile in tile_map.tiles), default=0)
    top = min((tile.row for tile in tile_map.tiles), default=0)
    columns = max((tile.column for tile in tile_map.tiles), default=0) - left + 1
    rows = max((tile.row for tile in tile_map.tiles), default=0) - top + 1
    step_x, step_y = TILE_WIDTH + TILE_GAP, TILE_HEIGHT + TILE_GAP
    legend_y = rows * step_y + 12
    return MapDrawing(
        width=columns * step_x,
        height=legend_y + len(tile_map.legend) * LEGEND_LINE,
        tile_width=TILE_WIDTH,
        tile_height=TILE_HEIGHT,
        tiles=tuple(
            _placed(tile, x=(tile.column - left) * step_x, y=(tile.row - top) * step_y)
            for tile in tile_map.tiles
        ),
        legend=tuple(
            LegendEntry(tone, LOOKS[tone], text, legend_y + index * LEGEND_LINE)
            for index, (tone, text) in enumerate(tile_map.legend)
        ),
    )


def _placed(tile: Tile, *, x: int, y: int) -> PlacedTile:
    parts = _two_lines(tile.code)
    heights = (21, 35) if len(parts) == 2 else (28,)
    return PlacedTile(
        tile=tile,
        look=LOOKS[tile.tone],
        x=x + TILE_GAP // 2,
        y=y + TILE_GAP // 2,
        lines=tuple(Line(text, height) for text, height in zip(parts, heights, strict=True)),
        font_size=_fitting(max(parts, key=len)),
    )


def _two_lines(code: str) -> tuple[str, ...]:
    """Break a long name after its hyphen or blank, so that it can be written larger."""
    for mark in ("-", " "):
        head, found, tail = code.partition(mark)
        if found and len(code) > 6:
            return (head + found.strip(), tail)
    return (code,)


def _fitting(text: str) -> float:
    """Return the largest font size at which a line stays inside its tile."""
    return round(min(CODE_SIZE, (TILE_WIDTH - 4) / (GLYPH_WIDTH * max(len(text), 1))), 1)
