"""Reads tables people upload: CSV and XLSX, line by line, nothing in them is ever run."""

import csv
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any, NamedTuple
from xml.etree.ElementTree import ParseError

from programme.errors import RuleBroken
from programme.rules.cells import plain

MOST_LINES = 500
MOST_COLUMNS = 60
MOST_PARTS = 100
MOST_UNPACKED_BYTES = 10 * 1024 * 1024
SHOWN_LINES = 10
MOST_PROBLEMS = 50
BROKEN = (
    zipfile.BadZipFile, zlib.error, ParseError, KeyError, ValueError, TypeError, AttributeError,
    IndexError, EOFError, OSError, RuntimeError, NotImplementedError,
)  # fmt: skip
OWN_RULES = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
MISSING = "Diese Spalte fehlt."
DAMAGED = (
    "Die Datei ist beschädigt oder keine Tabelle. Bitte speichern Sie sie als XLSX oder als "
    "„CSV UTF-8“ und wählen Sie sie noch einmal aus."
)


class Problem(NamedTuple):
    """Something wrong in one line of a file; line 0 is the whole file."""

    line: int
    column: str
    message: str


class Line(NamedTuple):
    """One line of a file: its number as a spreadsheet counts, the cell of each header."""

    number: int
    cells: dict[str, str]


class Sheet(NamedTuple):
    """The lines of a file and what is wrong with them."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]


def read(*, content: bytes, headers: Sequence[str], optional: Sequence[str] = ()) -> Sheet:
    """Read a table with exactly these headers, in any order; the kind is told by the content.

    The `optional` ones may be missing; the lines have no such cell then.

    Refuses (RuleBroken) what is no table, too long or a trap; single bad lines become problems.
    """
    problems: list[Problem] = []
    rows = _xlsx_rows(content, problems) if content[:2] == b"PK" else _csv_rows(content, problems)
    numbered = [(number, row) for number, row in enumerate(rows, start=1) if any(row)]
    if len(numbered) > MOST_LINES + 1:
        raise RuleBroken(f"Die Datei hat mehr als {MOST_LINES} Zeilen. Bitte teilen Sie sie.")
    if problems or not numbered:
        return Sheet((), tuple(problems) or (Problem(0, "", "Die Datei ist leer."),))
    (top, found), *rest = numbered
    problems += [
        problem
        for problem in _wrong_headers(top, found, headers)
        if problem.message != MISSING or problem.column not in optional
    ]
    problems += [
        Problem(number, header, "Die Zelle enthält ein unsichtbares Zeichen.")
        for number, row in rest
        for header, cell in zip(found, row, strict=False)
        if any(unicodedata.category(character) in {"Cc", "Cs"} for character in cell)
    ]
    problems += [
        Problem(number, "", "Die Zeile hat mehr Zellen als die Kopfzeile.")
        for number, row in rest
        if any(row[len(found) :])
    ]
    if problems:
        return Sheet((), tuple(problems))
    if not rest:
        return Sheet((), (Problem(0, "", "Die Datei enthält nur die Kopfzeile."),))
    return Sheet(tuple(Line(n, _cells(found, row)) for n, row in rest), ())


def _cells(headers: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    cells = zip(headers, [*row, *[""] * len(headers)], strict=False)
    return {header: cell for header, cell in cells if header}


def _wrong_headers(line: int, found: Sequence[str], headers: Sequence[str]) -> list[Problem]:
    named = [header for header in found if header]
    missing = [header for header in headers if header not in named]
    unknown = [header for header in named if header not in headers]
    twice = sorted({header for header in named if named.count(header) > 1})
    return [
        *(Problem(line, header, MISSING) for header in missing),
        *(Problem(line, header, "Diese Spalte ist unbekannt.") for header in unknown),
        *(Problem(line, header, "Diese Spalte steht mehrfach da.") for header in twice),
    ]


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _csv_rows(content: bytes, problems: list[Problem]) -> list[list[str]]:
    if content[:4] == b"\xd0\xcf\x11\xe0" or b"\x00" in content:
        raise RuleBroken(DAMAGED)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        problems += _undecodable(content)
        return []
    reader = csv.reader(StringIO(text, newline=""), delimiter=";", strict=True)
    rows: list[list[str]] = []
    try:
        rows += ([_tidy(plain(cell)) for cell in row] for row in _first(reader))
    except csv.Error:
        message = "Ein Anführungszeichen ist nicht geschlossen oder steht mitten in einer Zelle."
        problems.append(Problem(len(rows) + 1, "", message))
        return []
    _refuse_formulas(rows, problems)
    return rows


def _first(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """Stop reading where the file is too long anyway."""
    for number, row in enumerate(rows):
        if number > 2 * MOST_LINES:
            break
        yield row


def _refuse_formulas(rows: list[list[str]], problems: list[Problem]) -> None:
    problems += [
        Problem(number, "", "Eine Zelle enthält eine Formel. Bitte tragen Sie den Wert ein.")
        for number, row in enumerate(rows, start=1)
        if any(cell[:1] in {"=", "＝"} for cell in row)
    ]


def _undecodable(content: bytes) -> list[Problem]:
    """Name the lines that are not UTF-8."""
    message = (
        "Die Zeile ist nicht in UTF-8 gespeichert, Umlaute gingen verloren. Bitte wählen Sie beim "
        "Speichern „CSV UTF-8“ oder XLSX."
    )
    found = []
    for number, line in enumerate(content.split(b"\n"), start=1):
        try:
            line.decode()
        except UnicodeDecodeError:
            found.append(Problem(number, "", message))
    return found[:SHOWN_LINES]


def _xlsx_rows(content: bytes, problems: list[Problem]) -> list[list[str]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        _refuse_traps(content)
        book = load_workbook(BytesIO(content), read_only=True, data_only=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        found = list(sheet.iter_rows(max_row=2 * MOST_LINES, max_col=MOST_COLUMNS))
        rows = [[_tidy(_written(cell.value)) for cell in row] for row in found]
        book.close()
    except (*BROKEN, InvalidFileException) as broken:
        raise RuleBroken(DAMAGED) from broken
    _refuse_formulas(
        [["=" if cell.data_type == "f" else _written(cell.value) for cell in row] for row in found],
        problems,
    )
    return rows


def _refuse_traps(content: bytes) -> None:
    """Refuse archives that grow beyond all measure, macros, and XML that brings its own rules."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        size = sum(part.file_size for part in parts)
        if len(parts) > MOST_PARTS or size > MOST_UNPACKED_BYTES:
            raise RuleBroken(
                "Die Datei wird beim Auspacken zu groß. Bitte speichern Sie nur die Tabelle mit "
                "den benötigten Zeilen."
            )
        if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
            raise RuleBroken("Die Datei enthält Makros. Bitte speichern Sie sie als XLSX.")
        if any(OWN_RULES.search(archive.read(part)) for part in parts):
            raise RuleBroken(DAMAGED)


def _written(value: Any) -> str:
    """Write a cell as people read it in Germany."""
    from openpyxl.utils.escape import unescape

    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime | date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(unescape(str(value)))


def listed(problems: Sequence[Problem]) -> dict[str, Any]:
    """Return the first problems of a file in its order, and how many more there are."""
    return {
        "problems": sorted(problems)[:MOST_PROBLEMS],
        "more_problems": max(len(problems) - MOST_PROBLEMS, 0),
    }
