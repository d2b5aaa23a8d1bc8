"""The logbook as a table for spreadsheets, written line by line; no cell is ever a formula."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from programme.exports.sheets import write_table
from programme.queries.logbook import LogLine

HEADERS = (
    *("Nummer", "Zeitpunkt", "Person", "Was geschah", "Gegenstand"),
    *("Vorher und nachher", "Vorgang", "Prüfsumme"),
)
WIDTHS = (10, 18, 26, 70, 26, 60, 24, 66)


def table(kind: str, lines: Iterable[LogLine]) -> bytes:
    """Write the lines as "csv" (UTF-8 with BOM, semicolons) or "xlsx" (every cell a text)."""
    with tempfile.TemporaryDirectory(prefix="protokoll-") as folder:
        path = Path(folder) / f"protokoll.{kind}"
        rows = map(cells, lines)
        write_table(path, title="Protokoll", headers=HEADERS, widths=WIDTHS, rows=rows)
        return path.read_bytes()


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
