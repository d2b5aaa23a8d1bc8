"""Indicators as files; numbers under five stay hidden in them as on the pages."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from programme.exports import sheets
from sites.queries.comparisons import AcrossSites
from sites.rules.breakdowns import Breakdown, told
from sites.rules.comparisons import Cell
from sites.rules.indicator_lines import HEADERS

DETAILS = (
    "Kennung", "Kennzahl", "Zeitpunkt", "Art", "Tag oder Gruppe", "Wert", "Zähler", "Nenner", "n",
    "Anmerkung",
)  # fmt: skip
TYPES = {"csv": sheets.CSV, "xlsx": sheets.XLSX}
COMPARISON = (
    "Kennzahl", "Einheit", "Definition", "Standort", "Ausgangswert", "n zu Beginn",
    "Methode zu Beginn", "Zeitraum zu Beginn", "Endstand", "n am Ende", "Methode am Ende",
    "Zeitraum am Ende", "Änderung", "Hinweise", "Nach Gruppen",
)  # fmt: skip


def comparison_file(*, entries: Iterable[AcrossSites], kind: str) -> bytes:
    """Write before and after across the sites as "csv" or "xlsx"."""
    rows = [
        [
            row.indicator.name,
            row.indicator.unit,
            row.indicator.definition,
            row.site_name,
            *_cells(row.before),
            *_cells(row.after),
            row.change or "–",
            " ".join(row.notes),
            _groups(row.breakdown),
        ]
        for entry in entries
        for row in entry.rows
    ]
    return _file("Standortvergleich", COMPARISON, rows, kind)


def _cells(cell: Cell) -> list[str]:
    return [cell.text, cell.n, cell.method, cell.when]


def _groups(found: Breakdown | None) -> str:
    return " ".join((told(found.lines), found.note)).strip() if found else ""


def details_file(*, rows: Iterable[Sequence[str]], kind: str) -> bytes:
    """Write readings and groups of one site, one line each, as "csv" or "xlsx"."""
    return _file("Einzelheiten", DETAILS, rows, kind)


def values_file(*, rows: Iterable[Sequence[str]], kind: str) -> bytes:
    """Write the values of one site as the import reads them."""
    return _file("Kennzahlen", HEADERS, rows, kind)


def _file(title: str, headers: Sequence[str], rows: Iterable[Sequence[str]], kind: str) -> bytes:
    if kind == "csv":
        return sheets.csv_file(headers=headers, rows=rows)
    return sheets.xlsx_file(title=title, headers=headers, rows=rows)


def download(content: bytes, name: str, kind: str) -> HttpResponse:
    """Return a file nobody's browser opens by itself."""
    headers = {
        "Content-Disposition": content_disposition_header(True, name),  # noqa: FBT003  positional only
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=TYPES[kind], headers=headers)
