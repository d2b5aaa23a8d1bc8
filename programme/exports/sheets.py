"""Tables as files for spreadsheets: CSV and XLSX whose cells are never formulas (target H5)."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

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
