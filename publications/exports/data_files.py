"""The tables of an edition as files: one CSV each, all as CSV, XLSX or JSON; the same each time."""

import json
from datetime import UTC
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter

from programme.exports.sheets import csv_file
from programme.rules.money import rounded
from publications.exports.reading import Reading
from publications.exports.tables import Cell, DataTable, told

NO_DATE = (1980, 1, 1, 0, 0, 0)
SHEET_NAME = 31
WIDEST = 60


def table_csv(table: DataTable) -> bytes:
    """Write one table with its sums; no cell is ever a formula (target H5)."""
    rows = [[told(cell) for cell in row] for row in table.all_rows]
    return csv_file(headers=table.heads, rows=rows)


def all_csv(report: Reading) -> bytes:
    """Pack one CSV a table and a page that says what they hold."""
    members = {f"{table.key}.csv": table_csv(table) for table in report.tables}
    members["lies-mich.txt"] = _explained(report).encode()
    return zipped(members)


def zipped(members: dict[str, bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    """Pack files in this order with a fixed date; those in `stored` stay uncompressed."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, member in members.items():
            entry = ZipInfo(name, NO_DATE)
            entry.compress_type = 0 if name in stored else ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, member)
    return content.getvalue()


def all_xlsx(report: Reading) -> bytes:
    """Write one sheet a table, numbers as numbers, texts never as formulas."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties(
            {
                "title": _named(report),
                "author": report.imprint["publisher_name"],
                "comments": f"Stand {report.dated:%d.%m.%Y}",
                "created": report.frozen_at.astimezone(UTC).replace(tzinfo=None),
            }
        )
        formats = {
            "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1}),
            "eur": book.add_format({"num_format": "#,##0.00"}),
            "sum": book.add_format({"bold": True, "top": 1, "num_format": "#,##0.00"}),
            "title": book.add_format({"bold": True, "font_size": 13}),
            "plain": book.add_format(),
        }
        for table in report.tables:
            _write_sheet(book.add_worksheet(table.key[:SHEET_NAME]), table, formats)
    return content.getvalue()


def _write_sheet(sheet: Any, table: DataTable, formats: dict[str, Any]) -> None:
    sheet.write_string(0, 0, titled(table), formats["title"])
    for place, head in enumerate(table.heads):
        sheet.write_string(1, place, head, formats["head"])
        longest = max([len(head), *(len(told(row[place])) for row in table.all_rows)])
        sheet.set_column(place, place, min(longest, WIDEST) + 2)
    for number, row in enumerate(table.all_rows, start=2):
        look = formats["sum"] if row is table.total else None
        for place, cell in enumerate(row):
            if isinstance(cell, Decimal):
                sheet.write_number(number, place, float(rounded(cell)), look or formats["eur"])
            elif isinstance(cell, int):
                sheet.write_number(number, place, cell, look or formats["plain"])
            else:
                sheet.write_string(number, place, cell or "", look or formats["plain"])
    sheet.freeze_panes(2, 1)


def all_json(report: Reading) -> bytes:
    """Write a data package: what the edition is, then each table with its fields and rows."""
    package = {
        "name": f"{report.slug}-{report.number}",
        "title": _named(report),
        "description": report.summary,
        "version": str(report.number),
        "created": report.frozen_at.isoformat(),
        "contributors": [{"title": report.imprint["publisher_name"], "role": "publisher"}],
        "sources": [{"title": report.programme["title"]}],
        "isSample": report.is_sample,
        "resources": [_resource(table) for table in report.tables],
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(table: DataTable) -> dict[str, Any]:
    names = [column.name for column in table.columns]
    return {
        "name": table.key,
        "title": titled(table),
        "profile": "tabular-data-resource",
        "schema": {
            "fields": [
                {"name": column.name, "title": column.head, "type": _type(table, place)}
                for place, column in enumerate(table.columns)
            ]
        },
        "data": [
            dict(zip(names, (_plain(cell) for cell in row), strict=True)) for row in table.rows
        ],
    }


def _type(table: DataTable, place: int) -> str:
    cells = [row[place] for row in table.rows if row[place] is not None]
    if cells and all(isinstance(cell, Decimal) for cell in cells):
        return "number"
    return "integer" if cells and all(isinstance(cell, int) for cell in cells) else "string"


def _plain(cell: Cell) -> str | int | float | None:
    return float(rounded(cell)) if isinstance(cell, Decimal) else cell


def _explained(report: Reading) -> str:
    lines = [
        f"{_named(report)}, Stand {report.dated:%d.%m.%Y}",
        f"Herausgeber: {report.imprint['publisher_name']}",
        "",
        "Jede Tabelle ist eine CSV-Datei: UTF-8 mit Kennung, Spalten durch Semikolon getrennt,",
        "Dezimalkomma. Ein Apostroph am Anfang einer Zelle hält Tabellenprogramme davon ab,",
        "den Text als Formel zu lesen; er gehört nicht zum Inhalt.",
        "",
        *(f"{table.key}.csv: {titled(table)}" for table in report.tables),
    ]
    if report.is_sample:
        lines += ["", "Beispielausgabe mit erfundenen Daten."]
    return "\r\n".join(lines) + "\r\n"


def _named(report: Reading) -> str:
    return f"{report.title}, Ausgabe {report.number}"


def titled(table: DataTable) -> str:
    """Return the title with the number the table has in the edition."""
    return f"Tabelle {table.number}: {table.title}" if table.number else table.title
