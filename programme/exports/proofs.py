"""Proofs of use as a table: the same figures as on the page, as text and never as formulas."""

from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from programme.rules.money import written

COLUMNS = (
    ("running", "lfd. Nr."),
    ("line", "Einzelansatz"),
    ("number", "Beleg"),
    ("invoice", "Rechnung"),
    ("invoiced_on", "Rechnungsdatum"),
    ("serviced", "Leistungszeitraum"),
    ("paid_on", "bezahlt am"),
    ("payee", "Zahlungsempfänger"),
    ("reason", "Grund der Zahlung"),
    ("gross", "brutto"),
    ("vat", "Umsatzsteuer"),
    ("net", "netto"),
    ("eligible", "förderfähig"),
    ("sources", "Quellen"),
    ("contract", "Auftrag"),
    ("files", "Dateien"),
    ("factual", "sachlich richtig"),
    ("arithmetic", "rechnerisch richtig"),
    ("remark", "Bemerkung"),
)


def statement(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Return the numerical statement in the structure of the plan, amounts as Decimal in EUR."""
    lines = [_pair(row, "title") for row in figures.get("lines", ())]
    sources = [_pair(row, "name") for row in figures.get("sources", ())]
    planned = sum((row["planned_eur"] for row in lines), Decimal("0.00"))
    actual = Decimal(figures.get("total", "0.00"))
    return {
        "lines": lines,
        "sources": sources,
        "planned_eur": planned,
        "actual_eur": actual,
        "left_eur": planned - actual,
        "income_planned_eur": sum((row["planned_eur"] for row in sources), Decimal("0.00")),
        "since_lock": [
            row | {"before_eur": Decimal(row["before"]), "after_eur": Decimal(row["after"])}
            for row in figures.get("since_lock", ())
        ],
        "income_actual_eur": sum((row["actual_eur"] for row in sources), Decimal("0.00")),
    }


def workbook(figures: Mapping[str, Any]) -> bytes:
    """Write statement and list of vouchers as XLSX; every cell is text, so nothing runs."""
    content = BytesIO()
    told = statement(figures)
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("Zahlenmäßiger Nachweis")
        rows = [("Ausgaben", "geplant", "tatsächlich"), *_told(told["lines"])]
        rows.append(("Summe", written(told["planned_eur"]), written(told["actual_eur"])))
        rows += [("", "", ""), ("Einnahmen", "geplant", "tatsächlich"), *_told(told["sources"])]
        income = (written(told["income_planned_eur"]), written(told["income_actual_eur"]))
        rows.append(("Summe", *income))
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, bold if number == 0 else None)
        sheet.set_column(0, 2, 34)
        listed = book.add_worksheet("Belegliste")
        for column, (_, title) in enumerate(COLUMNS):
            listed.write_string(0, column, title, bold)
        for number, row in enumerate(figures.get("vouchers", ()), 1):
            for column, (key, _) in enumerate(COLUMNS):
                listed.write_string(number, column, row[key])
        listed.set_column(0, len(COLUMNS) - 1, 18)
        listed.freeze_panes(1, 0)
    return content.getvalue()


def _pair(row: Mapping[str, Any], key: str) -> dict[str, Any]:
    planned, actual = Decimal(row["planned"]), Decimal(row["actual"])
    return {
        "title": row[key],
        "planned_eur": planned,
        "actual_eur": actual,
        "left_eur": planned - actual,
    }


def _told(rows: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(row["title"], written(row["planned_eur"]), written(row["actual_eur"])) for row in rows]
