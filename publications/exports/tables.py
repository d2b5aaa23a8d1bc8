"""The tables of an edition as plain rows: for CSV, XLSX, JSON, the PDF and the comparison."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from programme.rules.money import rounded
from publications.enums import BlockKind

Cell = str | int | Decimal | None
NOT_COUNTED = None  # shown as "k. A.", empty in files


@dataclass(frozen=True)
class Column:
    """One column: its name in files, its German head, the unit of its numbers."""

    name: str
    title: str
    unit: str = ""

    @property
    def head(self) -> str:
        return f"{self.title} ({self.unit})" if self.unit else self.title


@dataclass(frozen=True)
class DataTable:
    """A table of the edition; `number` is 0 where the data stands behind another table."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    number: int = 0

    @property
    def heads(self) -> tuple[str, ...]:
        return tuple(column.head for column in self.columns)

    @property
    def all_rows(self) -> tuple[tuple[Cell, ...], ...]:
        return (*self.rows, self.total) if self.total else self.rows


def tables_of(kind: str, data: dict[str, Any]) -> tuple[DataTable, ...]:
    """Return the tables of one live block, the one that is shown first; none for a text."""
    make = MAKERS.get(kind)
    return make(data) if make else ()


def numbered(tables: tuple[DataTable, ...], number: int, taken: set[str]) -> tuple[DataTable, ...]:
    """Give the first table its number and every table a key of its own within the edition."""
    result = []
    for place, table in enumerate(tables):
        key, turn = table.key, 2
        while key in taken:
            key, turn = f"{table.key}-{turn}", turn + 1
        taken.add(key)
        result.append(replace(table, key=key, number=0 if place else number))
    return tuple(result)


def told(cell: Cell) -> str:
    """Write a cell as German spreadsheets read it: no points between thousands, no unit."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return str(rounded(cell)).replace(".", ",")
    return str(cell)


def _table(
    key: str,
    title: str,
    columns: Iterable[Column],
    rows: Iterable[dict[str, Any]],
    total: tuple[Cell, ...] = (),
) -> DataTable:
    known = tuple(columns)
    cells = tuple(tuple(row.get(column.name) for column in known) for row in rows)
    return DataTable(key, title, known, cells, total)


def _key_figures(data: dict[str, Any]) -> tuple[DataTable, ...]:
    columns = (Column("figure", "Kennzahl"), Column("value", "Wert"))
    rows = ((f"{label} {hint}", value) for value, label, hint in data["figures"])
    return (DataTable("kennzahlen", "Kennzahlen", columns, tuple(rows)),)


def _site_profiles(data: dict[str, Any]) -> tuple[DataTable, ...]:
    sites = (
        site
        | {"stage": "ausgeschieden" if site["is_withdrawn"] else "", "count": len(site["measures"])}
        for site in data["sites"]
    )
    measures = (
        measure | {"site": site["name"]} for site in data["sites"] for measure in site["measures"]
    )
    shown = _table(
        "standorte",
        "Die Standorte im Überblick",
        (
            Column("name", "Standort"),
            Column("stage", "Stand"),
            Column("coaching_days", "Begleittage"),
            Column("count", "Maßnahmen"),
            Column("measures_done", "davon umgesetzt"),
        ),
        sites,
    )
    behind = _table(
        "massnahmenliste",
        "Alle Maßnahmen der Standorte",
        (
            Column("title", "Maßnahme"),
            Column("site", "Standort"),
            Column("field", "Handlungsfeld"),
            Column("status", "Stand"),
            Column("balance", "Auftrag"),
        ),
        measures,
    )
    return shown, behind


def _participation_map(data: dict[str, Any]) -> tuple[DataTable, ...]:
    bodies = (
        body | {"coached": "ja" if body["office_id"] in data["site_offices"] else "nein"}
        for body in data["bodies"]
    )
    columns = (
        Column("name", "Körperschaft"),
        Column("short_name", "Kürzel"),
        Column("meetings", "Treffen mit Teilnahme"),
        Column("coached", "begleiteter Standort"),
    )
    return (_table("beteiligung", "Beteiligung nach Körperschaft", columns, bodies),)


def _meeting_list(data: dict[str, Any]) -> tuple[DataTable, ...]:
    counts = ("invited", "coming", "participants", "online")
    meetings = (
        meeting if meeting["invited"] else meeting | dict.fromkeys(counts, NOT_COUNTED)
        for meeting in data["meetings"]
    )
    columns = (
        Column("title", "Treffen"),
        Column("topic", "Thema"),
        Column("held", "Wann"),
        Column("place", "Wo"),
        Column("invited", "eingeladen"),
        Column("coming", "zugesagt"),
        Column("participants", "Teilnahmen"),
        Column("online", "davon online"),
    )
    return (_table("treffen", "Treffen des Landesnetzwerks", columns, meetings),)


def _measures_by_field(data: dict[str, Any]) -> tuple[DataTable, ...]:
    columns = (
        Column("title", "Handlungsfeld"),
        Column("done", "umgesetzt"),
        Column("unfinished", "noch offen"),
    )
    title = "Anzahl der Maßnahmen nach Handlungsfeld und Stand"
    return (_table("massnahmen-nach-handlungsfeld", title, columns, data["fields"]),)


def _balance(data: dict[str, Any]) -> tuple[DataTable, ...]:
    columns = (
        Column("title", "Handlungsfeld"),
        Column("order", "eher Ordnung"),
        Column("both", "beides"),
        Column("integration", "eher Integration"),
    )
    title = "Maßnahmen nach Handlungsfeld und Auftrag"
    return (_table("massnahmen-nach-auftrag", title, columns, data["fields"]),)


def _funding_split(data: dict[str, Any]) -> tuple[DataTable, ...]:
    sources = (
        source | {"about": "ca." if source["is_approximate"] else ""} for source in data["sources"]
    )
    columns = (
        Column("name", "Quelle"),
        Column("about", "bewilligt: Genauigkeit"),
        Column("granted_eur", "bewilligt", "EUR"),
        Column("planned_eur", "geplant", "EUR"),
        Column("actual_eur", "ausgegeben", "EUR"),
    )
    total = ("Summe", "", data["granted_eur"], data["planned_eur"], data["actual_eur"])
    title = "Bewilligung, Plan und Ausgaben nach Förderquelle"
    return (_table("foerderung-nach-quelle", title, columns, sources, total),)


def _budget_lines(data: dict[str, Any]) -> tuple[DataTable, ...]:
    columns = (
        Column("title", "Einzelansatz"),
        Column("category", "Kostenart"),
        Column("planned_eur", "geplant", "EUR"),
        Column("actual_eur", "ausgegeben", "EUR"),
    )
    total = ("Summe", "", data["planned_eur"], data["actual_eur"])
    title = "Einzelansätze des Finanzierungsplans"
    return (_table("einzelansaetze", title, columns, data["lines"], total),)


def _before_after(data: dict[str, Any]) -> tuple[DataTable, ...]:
    columns = (
        Column("name", "Kennzahl"),
        Column("site", "Standort"),
        Column("before", "vorher"),
        Column("after", "nachher"),
        Column("change", "Veränderung"),
    )
    rows = (row | {"name": entry["name"]} for entry in data["indicators"] for row in entry["rows"])
    return (_table("wirkung", "Kennzahlen vorher und nachher", columns, rows),)


MAKERS: dict[str, Callable[[dict[str, Any]], tuple[DataTable, ...]]] = {
    BlockKind.KEY_FIGURES: _key_figures,
    BlockKind.SITE_PROFILES: _site_profiles,
    BlockKind.PARTICIPATION_MAP: _participation_map,
    BlockKind.MEETING_LIST: _meeting_list,
    BlockKind.MEASURES_BY_FIELD: _measures_by_field,
    BlockKind.BALANCE: _balance,
    BlockKind.FUNDING_SPLIT: _funding_split,
    BlockKind.BUDGET_LINES: _budget_lines,
    BlockKind.BEFORE_AFTER: _before_after,
}
