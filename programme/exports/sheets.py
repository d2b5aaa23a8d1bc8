"""Tables as files for spreadsheets: CSV and XLSX whose cells are never formulas (target H5)."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from pathlib import Path

import xlsxwriter

from programme.rules.cells import harmless

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOM = "\ufeff"
_WIDEST = 60


def csv_file(*, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a table as Excel in Germany reads it: UTF-8 with BOM, semicolons, Windows lines."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return (BOM + text.getvalue()).encode()


def xlsx_file(*, title: str, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a table as XLSX; every cell is typed as text, so it stays what it says."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True})
        widths = [len(header) for header in headers]
        for column, header in enumerate(headers):
            sheet.write_string(0, column, header, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
                widths[column] = max(widths[column], len(cell))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width, _WIDEST) + 2)
        sheet.freeze_panes(1, 0)
    return content.getvalue()


def write_table(
    path: Path,
    *,
    title: str,
    headers: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[Sequence[str]],
) -> None:
    """Write a long table as CSV or XLSX, as the path ends, one row in memory at a time."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(BOM)
            writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
            writer.writerow(headers)
            writer.writerows([harmless(cell) for cell in row] for row in rows)
        return
    # What waits to be packed lies beside the file, in a folder the caller throws away.
    options = {"constant_memory": True, "tmpdir": str(path.parent)}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet(title)
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for column, (header, width) in enumerate(zip(headers, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, header, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
