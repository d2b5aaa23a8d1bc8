"""Turns what an e-invoice says into the values of a voucher; nothing is guessed."""

import re
from datetime import date

from programme.errors import RuleBroken
from programme.rules.funding.finding import day_text
from programme.rules.invoices.figures import CREDIT_NOTES, amounts_of
from programme.rules.invoices.invoice import Amounts, Asked, Invoice
from programme.rules.invoices.terms import Terms, Texts

LONGEST_REASON = 300
MOST_ITEMS = 20
MOST_TOLD = 3
# UNTDID 1001: invoices that are paid as they are.
_PLAIN_TYPES = frozenset({"326", "380", "389", "751", "875", "876", "877"})
_CORRECTION = "384"
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_PROFILES = (
    ("xrechnung", "XRechnung"),
    ("1p0:minimum", "Factur-X MINIMUM"),
    ("2p0:minimum", "Factur-X MINIMUM"),
    ("basicwl", "Factur-X BASIC WL"),
    ("1p0:basic", "Factur-X BASIC"),
    ("2p0:basic", "Factur-X BASIC"),
    ("extended", "Factur-X EXTENDED"),
    ("peppol", "Peppol BIS Billing"),
    ("en16931", "EN 16931"),
)


class _Questions:
    """Gathers what is asked back while an invoice is judged."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.checks: list[str] = []

    def ask(self, field: str, text: str) -> None:
        self.asked.append(Asked(field, text))

    def one(self, found: Texts, field: str, name: str) -> str:
        """Return a text that is written once or alike; asks if it is missing or contradictory."""
        if len(set(found)) == 1:
            return found[0]
        if not found:
            self.ask(field, f"In der E-Rechnung fehlt: {name}. Bitte tragen Sie die Angabe ein.")
        else:
            told = " und ".join(f"„{text}“" for text in sorted(set(found))[:MOST_TOLD])
            self.ask(field, f"In der E-Rechnung steht mehr als ein Wert für „{name}“: {told}.")
        return ""

    def day(self, found: Texts, field: str, name: str, *, is_needed: bool = False) -> date | None:
        """Return a day; asks if it is contradictory or not written as the standard wants it."""
        text = self.one(found, field, name) if found or is_needed else ""
        day = _day_of(text)
        if text and day is None:
            self.ask(
                field,
                f"„{name}“ ist in der E-Rechnung nicht eindeutig geschrieben ({text[:40]}). "
                "Bitte tragen Sie das Datum ein.",
            )
        return day


def judged(terms: Terms) -> Invoice:
    """Return the values of an invoice that are clear, with questions for all others."""
    questions = _Questions()
    number = questions.one(terms.number, "invoice_number", "Rechnungsnummer")
    issued_on = questions.day(terms.issued_on, "invoiced_on", "Rechnungsdatum", is_needed=True)
    payee = _payee(terms, questions)
    served = _served(terms, questions)
    amounts = _amounts(terms, questions)
    _kind_of_document(terms, questions)
    reason = _reason(terms.items)
    if not reason:
        questions.ask(
            "reason", "Die E-Rechnung nennt keine einzelnen Leistungen. Wofür wurde gezahlt?"
        )
    return Invoice(
        kind=_kind(terms),
        payee=payee,
        number=number,
        issued_on=issued_on,
        due_on=_only_day(terms.due_on),
        served_from=served[0],
        served_to=served[1],
        amounts=amounts,
        reason=reason,
        asked=tuple(questions.asked),
        checks=tuple(questions.checks),
    )


def _payee(terms: Terms, questions: _Questions) -> str:
    seller = questions.one(terms.seller, "payee", "Name der Firma, die die Rechnung stellt")
    others = sorted(set(terms.payee) - {seller})
    if not others or not seller:
        return seller
    questions.ask(
        "payee",
        f"Die Rechnung stellt „{seller}“, zu zahlen ist laut E-Rechnung an „{others[0]}“. "
        "Bitte tragen Sie ein, an wen gezahlt wurde.",
    )
    return ""


def _served(terms: Terms, questions: _Questions) -> tuple[date | None, date | None]:
    """Return the service period; without one, the day of delivery is both its ends."""
    start = questions.day(terms.period_start, "serviced_from", "Beginn der Leistung")
    end = questions.day(terms.period_end, "serviced_to", "Ende der Leistung")
    if not terms.period_start and not terms.period_end:
        start = end = questions.day(terms.delivered_on, "serviced_from", "Tag der Leistung")
    if start and end and end < start:
        questions.ask(
            "serviced_from",
            f"Die Leistung endet laut E-Rechnung am {day_text(end)} und beginnt am "
            f"{day_text(start)}. Bitte tragen Sie den Leistungszeitraum ein.",
        )
        return None, None
    return start, end


def _amounts(terms: Terms, questions: _Questions) -> Amounts:
    try:
        amounts, checks = amounts_of(terms)
    except RuleBroken as broken:
        questions.ask("gross_eur", broken.message)
        return Amounts()
    questions.checks += checks
    return amounts


def _kind_of_document(terms: Terms, questions: _Questions) -> None:
    code = next(iter(terms.type_code), "")
    if code == _CORRECTION:
        questions.checks.append(
            "Die E-Rechnung berichtigt eine frühere Rechnung. "
            "Bitte prüfen Sie, ob die frühere schon als Beleg erfasst ist."
        )
    elif code not in _PLAIN_TYPES | CREDIT_NOTES and not terms.is_credit_note:
        questions.checks.append(
            f"Die E-Rechnung ist keine gewöhnliche Rechnung (Rechnungsart {code[:20] or 'fehlt'}). "
            "Bitte prüfen Sie, ob sie bezahlt werden durfte."
        )


def _reason(items: Texts) -> str:
    """Name what was delivered, as much of it as the field takes."""
    different = list(dict.fromkeys(items))
    for shown in range(min(len(different), MOST_ITEMS), 0, -1):
        hidden = len(different) - shown
        rest = f"; {hidden} weitere" if hidden else ""
        reason = "; ".join(different[:shown]) + rest
        if len(reason) <= LONGEST_REASON:
            return reason
    return different[0][: LONGEST_REASON - 1] + "…" if different else ""


def _only_day(found: Texts) -> date | None:
    """Return the day if there is exactly one; several instalments have none in common."""
    return _day_of(found[0]) if len(set(found)) == 1 else None


def _day_of(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def _kind(terms: Terms) -> str:
    guideline = next(iter(terms.guideline), "").lower()
    profile = next((name for mark, name in _PROFILES if mark in guideline), "E-Rechnung")
    return f"{profile} ({terms.syntax})"
