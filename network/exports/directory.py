"""The directory as a file, and the empty file to fill in."""

from network.rules.directory_lines import HEADERS
from programme.exports import sheets

EXAMPLE = [
    "", "Gast", "Beispielamt Musterstadt", "Musterstadt", "", "", "Hauptstraße 1", "12345",
    "Musterstadt", "01.01.2020", "", "Funktionspostfach", "", "", "poststelle@example.org",
    "ja", "nein",
]  # fmt: skip
TYPES = {"csv": sheets.CSV, "xlsx": sheets.XLSX}


def directory_file(*, rows: list[list[str]], kind: str) -> bytes:
    """Write organisations and contacts as "csv" or "xlsx"; the import reads the same file."""
    if kind == "csv":
        return sheets.csv_file(headers=HEADERS, rows=rows)
    return sheets.xlsx_file(title="Verzeichnis", headers=HEADERS, rows=rows)


def template_file(*, kind: str) -> bytes:
    """Write the headers with one invented line as an example."""
    return directory_file(rows=[EXAMPLE], kind=kind)
