"""The business terms of EN 16931 as an invoice writes them, the same for both ways of writing."""

from dataclasses import dataclass
from typing import Any

Texts = tuple[str, ...]
# Longer than any field of a voucher, so what is cut off is never taken over unseen.
LONGEST_TEXT = 400


@dataclass(frozen=True)
class TaxRow:
    """One row of the tax breakdown (BG-23): category, rate, what it applies to, tax."""

    category: str
    percent: str
    base: str
    tax: str


@dataclass(frozen=True)
class Totals:
    """The totals of the document (BG-22), each as often as it is written."""

    lines: Texts
    allowances: Texts
    charges: Texts
    net: Texts
    tax: Texts
    gross: Texts
    prepaid: Texts
    rounding: Texts
    payable: Texts


@dataclass(frozen=True)
class Terms:
    """Raw texts, each as often as it is written; days as YYYY-MM-DD if they are clear."""

    syntax: str
    is_credit_note: bool
    guideline: Texts
    number: Texts
    type_code: Texts
    currency: Texts
    seller: Texts
    payee: Texts
    issued_on: Texts
    due_on: Texts
    delivered_on: Texts
    period_start: Texts
    period_end: Texts
    items: Texts
    line_totals: Texts
    totals: Totals
    tax_rows: tuple[TaxRow, ...]
    currencies: frozenset[str]


def texts(node: Any, path: str, names: dict[str, str]) -> Texts:
    """Return the text of every element at a path, in one line each; empty ones count as missing."""
    found = (one_line("".join(element.itertext())) for element in node.findall(path, names))
    return tuple(text for text in found if text)


def first(node: Any, path: str, names: dict[str, str]) -> str:
    """Return the text of the first element at a path, empty if there is none."""
    return next(iter(texts(node, path, names)), "")


def one_line(text: str) -> str:
    """Return a text without line breaks, signs nobody sees and double spaces."""
    visible = "".join(c if c.isprintable() else " " for c in text[: LONGEST_TEXT * 10])
    return " ".join(visible.split())[:LONGEST_TEXT]
