"""Proofs of use as tables: the same figures as on the page, as text and never as formulas."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from programme.exports.sheets import BOM
from programme.rules.cells import harmless
from programme.rules.money import read_back, with_sign, written
from programme.rules.progress import Tell, counted, silent

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
    ("contract", "Auftrag"),
    ("files", "Dateien"),
    ("factual", "sachlich richtig"),
    ("arithmetic", "rechnerisch richtig"),
    ("remark", "Bemerkung"),
)


SINCE_LOCK = ("Halbjahr", "Beleg", "vorher", "nachher", "Unterschied", "Grund")
FINANCING = "Finanzierung der Ausgaben"
NO_DIFFERENCES = "keine Abweichungen"


def statement(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Return the numerical statement in the structure of the plan, amounts as Decimal in EUR.

    `sources` is how the expenditure is financed, `receipts` the income itself; both are apart
    (ANBest-P Nr. 6).
    """
    lines = [_pair(row, "title") for row in figures.get("lines", ())]
    sources = [_pair(row, "name") for row in figures.get("sources", ())]
    planned = _sum(lines, "planned_eur")
    actual = Decimal(figures.get("total", "0.00"))
    return {
        "lines": lines,
        "sources": sources,
        "planned_eur": planned,
        "actual_eur": actual,
        "left_eur": planned - actual,
        "financing_planned_eur": _sum(sources, "planned_eur"),
        "financing_actual_eur": _sum(sources, "actual_eur"),
        "financing_left_eur": _sum(sources, "left_eur"),
        "since_lock": [
            row | {"before_eur": Decimal(row["before"]), "after_eur": Decimal(row["after"])}
            for row in figures.get("since_lock", ())
        ],
        **_income(figures, sources),
    }


def _income(figures: Mapping[str, Any], sources: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what came in and, by source, what of it the expenditure leaves; in EUR.

    Proofs submitted before receipts were part of them stay as they were frozen: without any.
    """
    receipts = [
        {"title": row["name"], "on": row["received_on"], "amount_eur": Decimal(row["amount"])}
        for row in figures.get("receipts", ())
    ]
    used = {row["title"]: row["actual_eur"] for row in sources}
    received = dict.fromkeys([*used, *(row["title"] for row in receipts)], Decimal("0.00"))
    for row in receipts:
        received[row["title"]] += row["amount_eur"]
    balances = [
        {
            "title": name,
            "received_eur": amount_eur,
            "used_eur": used.get(name, Decimal("0.00")),
            "balance_eur": amount_eur - used.get(name, Decimal("0.00")),
        }
        for name, amount_eur in received.items()
    ]
    return {
        "has_receipts": "receipts" in figures,
        "receipts": receipts,
        "balances": balances,
        "received_eur": _sum(receipts, "amount_eur"),
        "balance_eur": _sum(balances, "balance_eur"),
    }


def _sum(rows: Iterable[Mapping[str, Any]], key: str) -> Decimal:
    return sum((row[key] for row in rows), Decimal("0.00"))


def write_workbook(path: Path, figures: Mapping[str, Any], *, tell: Tell = silent) -> None:
    """Write statement, list and differences as XLSX; every cell is text, so nothing runs.

    One row is in memory at a time, the others wait beside the file. `tell` hears how many
    vouchers of how many are written.
    """
    told = statement(figures)
    options = {"constant_memory": True, "tmpdir": str(path.parent)}
    with xlsxwriter.Workbook(path, options) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("Zahlenmäßiger Nachweis")
        sheet.set_column(0, 3, 34)
        _fill(sheet, _totals(told), bold)
        listed = book.add_worksheet("Belegliste")
        listed.set_column(0, len(COLUMNS) + len(told["sources"]) - 1, 18)
        listed.freeze_panes(1, 0)
        _fill(listed, _table(figures, tell), bold)
        late = book.add_worksheet("Abweichungen seit Sperre")
        late.set_column(0, len(SINCE_LOCK) - 1, 20)
        _fill(late, _since_lock(told), bold)


def write_csv(path: Path, figures: Mapping[str, Any], *, tell: Tell = silent) -> None:
    """Write the list of vouchers as Excel in Germany reads it; no cell is ever a formula.

    `tell` hears how many vouchers of how many are written.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(BOM)
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerows([harmless(cell) for cell in row] for row in _table(figures, tell))


def slices(figures: Mapping[str, Any], *, size: int) -> Iterator[dict[str, Any]]:
    """Yield the list of vouchers in slices, each with the sum before it and with it, in EUR."""
    rows: Sequence[Mapping[str, str]] = figures["vouchers"]
    so_far = Decimal("0.00")
    for start in range(0, len(rows), size):
        chosen, before = rows[start : start + size], so_far
        so_far += sum((read_back(row["eligible"]) for row in chosen), Decimal(0))
        yield {"vouchers": chosen, "before_eur": before, "so_far_eur": so_far}


def _fill(sheet: Worksheet, rows: Iterable[Sequence[str]], bold: Format) -> None:
    """Write rows of text below each other, the first one bold."""
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell, None if number else bold)


def _totals(told: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    yield ("Ausgaben", "geplant", "tatsächlich")
    yield from _told(told["lines"])
    yield ("Summe", written(told["planned_eur"]), written(told["actual_eur"]))
    yield ("", "", "")
    yield (FINANCING, "geplant", "tatsächlich")
    yield from _told(told["sources"])
    yield ("Summe", written(told["financing_planned_eur"]), written(told["financing_actual_eur"]))
    if told["has_receipts"]:
        yield from _received(told)


def _received(told: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    """Yield the income by day, and below it what of it each source has left."""
    yield ("", "", "")
    yield ("Einnahmen", "eingegangen am", "Betrag")
    for row in told["receipts"]:
        yield (row["title"], row["on"], written(row["amount_eur"]))
    yield ("Summe", "", written(told["received_eur"]))
    yield ("", "", "")
    yield ("Einnahmen und Finanzierung", "eingegangen", FINANCING, "Unterschied")
    columns = ("received_eur", "used_eur", "balance_eur")
    for row in told["balances"]:
        yield (row["title"], *(written(row[name]) for name in columns))
    sums = ("received_eur", "financing_actual_eur", "balance_eur")
    yield ("Summe", *(written(told[name]) for name in sums))


def _since_lock(told: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    """Yield what came to locked half-years after their lock, the headers first."""
    yield SINCE_LOCK
    for row in told["since_lock"]:
        before, after = row["before_eur"], row["after_eur"]
        sums = (written(before), written(after), with_sign(after - before))
        yield (row["period"], f"Beleg {row['number']}", *sums, row["why"])
    if not told["since_lock"]:
        yield (NO_DIFFERENCES,)


def _table(figures: Mapping[str, Any], tell: Tell) -> Iterator[list[str]]:
    """Yield the list of vouchers with a column for each source, the headers first."""
    names = [row["name"] for row in figures.get("sources", ())]
    yield [title for _, title in COLUMNS] + [f"Anteil {name}" for name in names]
    rows = figures.get("vouchers", ())
    for row in counted(rows, whole=len(rows), tell=tell):
        yield [row[key] for key, _ in COLUMNS] + parts(row["sources"], names)


def parts(told: str, names: Sequence[str]) -> list[str]:
    """Take "Land Hessen 5,28 EUR; AMIF 4,72 EUR" apart, in the order of the names."""
    by_name = {}
    for part in filter(None, told.split("; ")):
        name, amount, unit = part.rsplit(" ", 2)
        by_name[name] = f"{amount} {unit}"
    return [by_name.get(name, "") for name in names]


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
