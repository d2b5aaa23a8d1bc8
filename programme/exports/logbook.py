"""The logbook as a table for spreadsheets, written line by line; no cell is ever a formula."""

import csv
import io
import tempfile
from collections.abc import Iterable
from pathlib import Path

import xlsxwriter

from programme.exports.sheets import BOM
from programme.queries.logbook import LogLine
from programme.rules.cells import harmless

HEADERS = (
    *("Nummer", "Zeitpunkt", "Person", "Was geschah", "Gegenstand"),
    *("Vorher und nachher", "Vorgang", "Prüfsumme"),
)
WIDTHS = (10, 18, 26, 70, 26, 60, 24, 66)


def table(kind: str, lines: Iterable[LogLine]) -> bytes:
    """Write the lines as "csv" (UTF-8 with BOM, semicolons) or "xlsx" (every cell a text)."""
    return _csv(lines) if kind == "csv" else _xlsx(lines)


def cells(line: LogLine) -> list[str]:
    """Return one line in the order of the headers."""
    entry = line.entry
    return [
        str(entry.number or ""),
        f"{line.at:%d.%m.%Y %H:%M:%S}",
        entry.actor.full_name if entry.actor else "Portal",
        line.sentence,
        line.subject,
        "; ".join(f"{row.label}: {row.before} → {row.after}" for row in line.changes),
        entry.verb,
        entry.entry_hash,
    ]


def _csv(lines: Iterable[LogLine]) -> bytes:
    text = io.StringIO()
    text.write(BOM)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADERS)
    for line in lines:
        writer.writerow([harmless(cell) for cell in cells(line)])
    return text.getvalue().encode()


def _xlsx(lines: Iterable[LogLine]) -> bytes:
    """Keep one line in memory at a time; the rest waits on disk."""
    with tempfile.TemporaryDirectory(prefix="protokoll-") as folder:
        path = Path(folder) / "protokoll.xlsx"
        with xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": folder}) as book:
            sheet = book.add_worksheet("Protokoll")
            bold = book.add_format({"bold": True})
            sheet.freeze_panes(1, 0)
            for column, (header, width) in enumerate(zip(HEADERS, WIDTHS, strict=True)):
                sheet.set_column(column, column, width)
                sheet.write_string(0, column, header, bold)
            for number, line in enumerate(lines, start=1):
                for column, cell in enumerate(cells(line)):
                    sheet.write_string(number, column, cell)
        return path.read_bytes()
