"""The amounts of an e-invoice: taken over when they agree with each other, else asked back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from programme.errors import RuleBroken
from programme.rules.invoices.invoice import Amounts
from programme.rules.invoices.terms import TaxRow, Terms, Texts
from programme.rules.money import CENT, LARGEST_EUR, percent, rounded, written

# UNTDID 1001: the kinds of document that give money back.
CREDIT_NOTES = frozenset(
    {"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532"}
)
# Taxes of several lines may be rounded one by one, so the sum may be some cents off the rate.
ROUNDING_EUR = Decimal("0.05")
MOST_TAX_ROWS = 20
MOST_TOLD = 3
_AMOUNT = re.compile(r"[+-]?[0-9]{1,12}(?:\.[0-9]{1,8})?")
_ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Figures:
    """The totals as numbers in EUR; None where the invoice has none."""

    lines: Decimal | None
    allowances: Decimal
    charges: Decimal
    net: Decimal | None
    tax: Decimal | None
    gross: Decimal
    prepaid: Decimal
    rounding: Decimal
    payable: Decimal | None


@dataclass(frozen=True)
class TaxFigures:
    """One row of the tax breakdown as numbers; amounts in EUR, the rate in percent."""

    category: str
    percent: Decimal
    base: Decimal
    tax: Decimal


def amounts_of(terms: Terms) -> tuple[Amounts, tuple[str, ...]]:
    """Return net, tax and gross in EUR with what a person has to look at.

    Those of a credit note are below zero.
    Raises RuleBroken with the question where the invoice is no payment in EUR, cannot be read
    as numbers, or where its sums do not add up.
    """
    _is_in_euro(terms)
    if len(terms.tax_rows) > MOST_TAX_ROWS:
        raise RuleBroken(
            f"Die E-Rechnung rechnet mit mehr als {MOST_TAX_ROWS} Steuersätzen. "
            "Bitte tragen Sie den bezahlten Betrag ein."
        )
    figures = _figures(terms)
    rows = tuple(_tax_figures(row) for row in terms.tax_rows)
    _adds_up(figures)
    _breakdown_adds_up(figures, rows)
    _lines_add_up(figures, terms.line_totals)
    _is_paid_whole(figures)
    found = Amounts(figures.net, figures.tax, figures.gross)
    if gives_back(terms):
        found = Amounts(*(None if each is None else -each for each in vars(found).values()))
    return found, tuple(_tax_checks(rows))


def gives_back(terms: Terms) -> bool:
    """Tell whether the document is a credit note; its amounts are written without a sign."""
    return terms.is_credit_note or any(code in CREDIT_NOTES for code in terms.type_code)


def _is_in_euro(terms: Terms) -> None:
    foreign = sorted({*terms.currency, *terms.currencies} - {"EUR"})
    if foreign:
        raise RuleBroken(
            f"Die E-Rechnung lautet auf {', '.join(foreign)}. Bitte tragen Sie den Betrag in Euro "
            "ein, mit dem das Konto belastet wurde."
        )
    if not terms.currency:
        raise RuleBroken(
            "Die E-Rechnung nennt keine Währung. Bitte tragen Sie den Betrag in Euro ein."
        )


def _figures(terms: Terms) -> Figures:
    totals = terms.totals
    gross = _one(totals.gross, "Bruttobetrag")
    if gross is None:
        raise RuleBroken(
            "In der E-Rechnung fehlt der Bruttobetrag. Bitte tragen Sie den bezahlten Betrag ein."
        )
    return Figures(
        lines=_one(totals.lines, "Summe der Positionen"),
        allowances=_one(totals.allowances, "Summe der Abzüge") or _ZERO,
        charges=_one(totals.charges, "Summe der Zuschläge") or _ZERO,
        net=_one(totals.net, "Nettobetrag"),
        tax=_one(totals.tax, "Umsatzsteuer"),
        gross=gross,
        prepaid=_one(totals.prepaid, "Anzahlung") or _ZERO,
        rounding=_one(totals.rounding, "Rundung") or _ZERO,
        payable=_one(totals.payable, "Zahlbetrag"),
    )


def _tax_figures(row: TaxRow) -> TaxFigures:
    return TaxFigures(
        category=row.category,
        percent=_number(row.percent or "0", "Steuersatz"),
        base=_number(row.base or "0", "Bemessungsgrundlage"),
        tax=_number(row.tax or "0", "Steuerbetrag"),
    )


def _one(found: Texts, name: str) -> Decimal | None:
    """Return an amount that is written once, or several times alike."""
    if not found:
        return None
    numbers = {_in_cents(text, name) for text in found}
    if len(numbers) > 1:
        told = " und ".join(written(number) for number in sorted(numbers)[:MOST_TOLD])
        raise RuleBroken(
            f"In der E-Rechnung steht mehr als ein Wert für „{name}“: {told}. "
            "Bitte tragen Sie den bezahlten Betrag ein."
        )
    return numbers.pop()


def _in_cents(text: str, name: str) -> Decimal:
    number = _number(text, name)
    if number != rounded(number):
        raise RuleBroken(
            f"In der E-Rechnung hat „{name}“ mehr als zwei Nachkommastellen ({text}). "
            "Bitte tragen Sie den bezahlten Betrag ein."
        )
    return rounded(number)


def _number(text: str, name: str) -> Decimal:
    if not _AMOUNT.fullmatch(text):
        raise RuleBroken(
            f"In der E-Rechnung ist „{name}“ nicht als Zahl geschrieben ({text[:30]}). "
            "Bitte tragen Sie den bezahlten Betrag ein."
        )
    return Decimal(text)


def _adds_up(figures: Figures) -> None:
    """Refuse totals that contradict each other, and gross amounts no voucher has."""
    if not _ZERO < figures.gross <= LARGEST_EUR:
        raise RuleBroken(
            f"Die E-Rechnung nennt {written(figures.gross)} brutto. Ein Beleg braucht einen Betrag "
            "von mehr als 0,00 EUR; bitte tragen Sie ein, was gezahlt wurde."
        )
    if figures.net is None:
        return
    tax = _ZERO if figures.tax is None else figures.tax
    if figures.net + tax != figures.gross:
        raise RuleBroken(
            f"In der E-Rechnung ergeben netto {written(figures.net)} und Umsatzsteuer "
            f"{written(tax)} nicht den Bruttobetrag {written(figures.gross)}. Bitte klären Sie das "
            "mit der Firma und tragen Sie den bezahlten Betrag ein."
        )
    if figures.lines is None:
        return
    net = figures.lines - figures.allowances + figures.charges
    if net != figures.net:
        raise RuleBroken(
            f"In der E-Rechnung ergeben die Positionen {written(net)}, als Nettobetrag stehen dort "
            f"{written(figures.net)}. Bitte tragen Sie den bezahlten Betrag ein."
        )


def _breakdown_adds_up(figures: Figures, rows: Iterable[TaxFigures]) -> None:
    tax = _sum(row.tax for row in rows)
    if rows and figures.tax is not None and tax != figures.tax:
        raise RuleBroken(
            f"In der E-Rechnung ergeben die Steuersätze zusammen {written(tax)}, als Umsatzsteuer "
            f"stehen dort {written(figures.tax)}. Bitte tragen Sie den bezahlten Betrag ein."
        )
    base = _sum(row.base for row in rows)
    if rows and figures.net is not None and base != figures.net:
        raise RuleBroken(
            f"In der E-Rechnung ist Steuer auf {written(base)} gerechnet, als Nettobetrag stehen "
            f"dort {written(figures.net)}. Bitte tragen Sie den bezahlten Betrag ein."
        )


def _lines_add_up(figures: Figures, line_totals: Texts) -> None:
    total = _sum(_number(text, "Summe der Position") for text in line_totals)
    if line_totals and figures.lines is not None and abs(total - figures.lines) > CENT:
        raise RuleBroken(
            f"In der E-Rechnung ergeben die einzelnen Positionen {written(total)}, als ihre Summe "
            f"stehen dort {written(figures.lines)}. Bitte tragen Sie den bezahlten Betrag ein."
        )


def _is_paid_whole(figures: Figures) -> None:
    """Refuse to choose between what is invoiced and what is still to be paid."""
    if figures.payable is None or figures.payable == figures.gross:
        return
    if figures.gross - figures.prepaid + figures.rounding != figures.payable:
        raise RuleBroken(
            f"In der E-Rechnung stehen {written(figures.gross)} brutto und "
            f"{written(figures.payable)} als Zahlbetrag, ohne dass der Unterschied erklärt ist. "
            "Bitte tragen Sie den bezahlten Betrag ein."
        )
    raise RuleBroken(
        f"Von {written(figures.gross)} brutto sind laut E-Rechnung noch {written(figures.payable)} "
        f"zu zahlen (angezahlt {written(figures.prepaid)}, gerundet um "
        f"{written(figures.rounding)}). Bitte tragen Sie ein, was mit diesem Beleg gezahlt wurde."
    )


def _tax_checks(rows: tuple[TaxFigures, ...]) -> Iterable[str]:
    taxed = [row for row in rows if row.base]
    if len({(row.category, row.percent) for row in taxed}) > 1:
        parts = "; ".join(f"{percent(row.percent / 100)} auf {written(row.base)}" for row in taxed)
        yield (
            f"Die Rechnung hat mehrere Steuersätze ({parts}). "
            "Bitte prüfen Sie, ob alles zum selben Einzelansatz gehört."
        )
    for row in taxed:
        due = rounded(row.base * row.percent / 100)
        if abs(due - row.tax) > ROUNDING_EUR:
            yield (
                f"{percent(row.percent / 100)} auf {written(row.base)} sind {written(due)}, in der "
                f"Rechnung stehen {written(row.tax)} Umsatzsteuer. Bitte prüfen Sie die Rechnung."
            )
    if any(row.category == "AE" for row in taxed):
        yield (
            "Die Umsatzsteuer schuldet bei dieser Rechnung, wer sie bezahlt (Umkehr der "
            "Steuerschuld). Bitte prüfen Sie, ob sie zusätzlich abzuführen ist."
        )


def _sum(numbers: Iterable[Decimal]) -> Decimal:
    return sum(numbers, _ZERO)
