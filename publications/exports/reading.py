"""A snapshot made readable: what both the web page and the PDF of an edition show."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from programme.charts import BarChart, TileMap
from programme.units import WORDS
from publications.enums import BlockKind
from publications.exports import charts
from publications.exports.block_tables import tables_of
from publications.exports.block_words import note_of
from publications.exports.markdown import Texts
from publications.exports.tables import DataTable, numbered
from publications.rules import references
from publications.rules.references import WITH_TABLE

CHARTS: dict[str, Callable[[dict[str, Any]], BarChart | TileMap]] = {
    BlockKind.MEASURES_BY_FIELD: charts.measures_by_field,
    BlockKind.BALANCE: charts.balance,
    BlockKind.FUNDING_SPLIT: charts.funding_split,
    BlockKind.BUDGET_LINES: charts.budget_lines,
    BlockKind.PARTICIPATION_MAP: charts.participation_map,
}
DRAWINGS: dict[str, Callable[[str, dict[str, Any]], BarChart]] = {
    BlockKind.BEFORE_AFTER: charts.before_after,
    BlockKind.SURVEY: charts.survey,
}
TEMPLATES: dict[str, str] = {
    BlockKind.TEXT: "publications/blocks/text.html",
    BlockKind.PICTURE: "publications/blocks/picture.html",
    BlockKind.BEFORE_AFTER: "publications/blocks/before_after.html",
    BlockKind.PRACTICE_CARDS: "publications/blocks/practice_cards.html",
    BlockKind.KEY_FIGURES: "publications/blocks/key_figures.html",
    BlockKind.SITE_PROFILES: "publications/blocks/site_profiles.html",
    BlockKind.PARTICIPATION_MAP: "publications/blocks/participation_map.html",
    BlockKind.MEETING_LIST: "publications/blocks/meeting_list.html",
    BlockKind.MEASURES_BY_FIELD: "publications/blocks/measures_by_field.html",
    BlockKind.BALANCE: "publications/blocks/balance.html",
    BlockKind.FUNDING_SPLIT: "publications/blocks/funding_split.html",
    BlockKind.BUDGET_LINES: "publications/blocks/budget_lines.html",
    BlockKind.IMPRINT: "publications/blocks/imprint.html",
    BlockKind.SITE_PROFILE: "publications/blocks/site_profile.html",
    BlockKind.TIMELINE: "publications/blocks/timeline.html",
    BlockKind.SURVEY: "publications/blocks/survey.html",
}
# Where the press finds the pictures of a snapshot; other readers say their own address.
PRESS_PICTURES = "picture:"
TILE = 10
KEY_FIGURES = (
    ("standorte", "Standorte", "bis zum Abschluss begleitet"),
    ("massnahmen_umgesetzt", "Maßnahmen", "umgesetzt"),
    ("begleittage", "Begleittage", "der Prozessbegleitung"),
    ("auslaenderbehoerden", "Ausländerbehörden", "im Landesnetzwerk"),
    ("teilnahmen", "Teilnahmen", "an Treffen des Netzwerks"),
    ("laufzeit_monate", "Monate", "Laufzeit"),
)


@dataclass(frozen=True)
class Drawing:
    """One of the drawings of a block; without a number in editions that gave it none."""

    name: str
    number: int
    chart: BarChart


@dataclass(frozen=True)
class Item:
    """One block ready to be shown; figure and table carry their running numbers.

    `name` is what texts call it, `html` a finished text, `picture_url` where its picture lies.
    """

    kind: str
    name: str
    html: str
    data: dict[str, Any]
    chart: BarChart | TileMap | None
    figure: int
    table: int
    picture_url: str = ""
    sheets: tuple[DataTable, ...] = ()
    drawings: tuple[Drawing, ...] = ()

    @property
    def template(self) -> str:
        return TEMPLATES[self.kind]

    @property
    def note(self) -> str:
        """What the table leaves out, as a sentence."""
        return note_of(self.kind, self.data)

    @property
    def sheet(self) -> DataTable | None:
        """The table that is shown; its data can be had as a file."""
        return self.sheets[0] if self.sheets and self.table else None


@dataclass(frozen=True)
class Section:
    """One chapter with its number."""

    number: int
    anchor: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class EarlierError:
    """A mistake of the edition before, and what is right."""

    edition: int
    chapter: str
    passage: str
    correction: str
    known_since: date


@dataclass(frozen=True)
class CoverTile:
    """One square of the map on the cover, in units of the drawing."""

    x: int
    y: int
    is_site: bool


@dataclass(frozen=True)
class Reading:
    """A whole edition."""

    slug: str
    title: str
    subtitle: str
    summary: str
    number: int
    dated: date
    frozen_at: datetime
    is_sample: bool
    programme: dict[str, Any]
    imprint: dict[str, Any]
    starts_on: date
    ends_on: date
    cover: tuple[CoverTile, ...]
    sections: tuple[Section, ...]
    earlier_errors: tuple[EarlierError, ...] = ()

    @property
    def tables(self) -> tuple[DataTable, ...]:
        """All tables of the edition, with the data that stands behind them."""
        return tuple(
            sheet for section in self.sections for item in section.items for sheet in item.sheets
        )

    def table(self, key: str) -> DataTable | None:
        """Return the table of this name in addresses, or None."""
        return next((table for table in self.tables if table.key == key), None)

    @property
    def cover_width(self) -> int:
        return max((tile.x for tile in self.cover), default=0) + TILE

    @property
    def cover_height(self) -> int:
        return max((tile.y for tile in self.cover), default=0) + TILE


def reading(snapshot: dict[str, Any], *, pictures: str = PRESS_PICTURES) -> Reading:
    """Turn a snapshot into dates, amounts and drawings; needs no database.

    `pictures` is what the address of each picture begins with; its name is in the snapshot.
    """
    edition, programme = snapshot["edition"], snapshot["programme"]
    return Reading(
        slug=snapshot["publication"]["slug"],
        title=snapshot["publication"]["title"],
        subtitle=snapshot["publication"]["subtitle"],
        summary=snapshot["publication"]["summary"],
        number=edition["number"],
        dated=date.fromisoformat(edition["dated"]),
        frozen_at=datetime.fromisoformat(edition["frozen_at"]),
        is_sample=edition["is_sample"],
        programme=programme,
        imprint=snapshot["imprint"],
        starts_on=date.fromisoformat(programme["starts_on"]),
        ends_on=date.fromisoformat(programme["ends_on"]),
        cover=_cover(snapshot["map"]),
        sections=_sections(snapshot["chapters"], pictures),
        earlier_errors=tuple(map(_earlier, snapshot.get("errata", ()))),
    )


def _earlier(told: dict[str, Any]) -> EarlierError:
    return EarlierError(**told | {"known_since": date.fromisoformat(told["known_since"])})


def _cover(bodies: list[list[Any]]) -> tuple[CoverTile, ...]:
    left = min((column for column, _, _ in bodies), default=0)
    top = min((row for _, row, _ in bodies), default=0)
    return tuple(
        CoverTile((column - left) * TILE, (row - top) * TILE, is_site)
        for column, row, is_site in bodies
    )


def _sections(chapters: list[dict[str, Any]], pictures: str) -> tuple[Section, ...]:
    texts = Texts(references.targets(chapters))
    figure = table = 0
    keys: set[str] = set()
    sections = []
    for number, chapter in enumerate(chapters, start=1):
        items = []
        for block in chapter["blocks"]:
            table += block["kind"] in WITH_TABLE
            shown = item(block, texts=texts, figure=figure + 1, table=table, pictures=pictures)
            figure += len(references.figures_of(block))
            sheets = numbered(shown.sheets, table if block["kind"] in WITH_TABLE else 0, keys)
            items.append(replace(shown, sheets=sheets))
        sections.append(Section(number, chapter["anchor"], chapter["title"], tuple(items)))
    return tuple(sections)


def item(
    block: dict[str, Any],
    *,
    texts: Texts,
    figure: int = 0,
    table: int = 0,
    pictures: str = PRESS_PICTURES,
) -> Item:
    """Make one block ready to be shown, its first figure with this number.

    Without numbers it is left out of a manuscript.
    """
    kind, data = block["kind"], _with_amounts(block.get("data", {}))
    if kind == BlockKind.KEY_FIGURES:
        values = data["values"]
        data = {"figures": [(_digits(values[key]), a, b) for key, a, b in KEY_FIGURES]}
    chart = CHARTS[kind](block["data"]) if kind in CHARTS else None
    if kind == BlockKind.PICTURE:
        data = block["picture"]
    return Item(
        kind=kind,
        name=references.name_of(block),
        html=texts.write(block["text"]) if "text" in block else "",
        data=data,
        chart=chart,
        figure=figure,
        table=table if kind in WITH_TABLE else 0,
        picture_url=f"{pictures}{data['address']}" if kind == BlockKind.PICTURE else "",
        sheets=tables_of(kind, data),
        drawings=_drawings(block, figure),
    )


def _drawings(block: dict[str, Any], figure: int) -> tuple[Drawing, ...]:
    kind = block["kind"]
    if kind not in DRAWINGS:
        return ()
    drawn = references.drawn(kind, block["data"])
    names = references.figures_of(block)
    numbered = bool(names and figure)
    anchors = names or [""] * len(drawn)
    return tuple(
        Drawing(anchor, place if numbered else 0, DRAWINGS[kind](name or anchor, shown))
        for place, anchor, (name, shown) in zip(count(figure), anchors, drawn, strict=False)
    )


def _with_amounts(value: Any) -> Any:
    """Turn the texts of all `…_eur` and `…_hours` values back into amounts."""
    if isinstance(value, list):
        return [_with_amounts(entry) for entry in value]
    if isinstance(value, dict):
        return {
            key: Decimal(entry) if _is_amount(key, entry) else _with_amounts(entry)
            for key, entry in value.items()
        }
    return value


def _is_amount(key: str, value: Any) -> bool:
    return isinstance(value, str) and key.endswith(("_eur", "_hours"))


def _digits(written: str) -> str:
    """Write a number word of a sentence as a figure again ("sechs" becomes "6")."""
    return str(WORDS.index(written)) if written in WORDS else written
