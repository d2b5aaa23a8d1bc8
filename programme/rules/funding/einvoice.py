"""H03, a rule of the house: what an e-invoice says about the voucher it lies at."""

from collections.abc import Iterator, Sequence

from programme.rules.funding.finding import Finding, Rule, Severity, Stage, day_text
from programme.rules.funding.vouchers import Payment
from programme.rules.invoices.invoice import Invoice
from programme.rules.money import written

H03 = Rule(
    "H03",
    title="Beleg und E-Rechnung stimmen überein",
    tests="Zahlungsempfänger, Rechnungsnummer, Rechnungsdatum und Betrag sind die der eingelesenen "
    "E-Rechnung, und an ihr ist nichts ungewöhnlich.",
    why="Was abweicht, fällt sonst erst bei der Prüfung auf.",
    mend="Bitte vergleichen Sie den Beleg mit der E-Rechnung.",
    severities=((Stage.ENTRY, Severity.WARN),),
    basis="Regel des Portals",
)


def agrees_with_invoice(payment: Payment, invoices: Sequence[Invoice]) -> Finding | None:
    """H03: the voucher says what its e-invoice says; None where the invoice says nothing."""
    if len(invoices) > 1:
        numbers = ", ".join(invoice.number or "ohne Nummer" for invoice in invoices)
        return H03.broken(f"Bei dem Beleg liegen mehrere E-Rechnungen ({numbers}).")
    told = [text for invoice in invoices for text in _told(payment, invoice)]
    return H03.broken(" ".join(told)) if told else None


def _told(payment: Payment, invoice: Invoice) -> Iterator[str]:
    gross = invoice.amounts.gross_eur
    if gross is not None and gross != payment.gross_eur:
        yield f"In der E-Rechnung stehen {written(gross)} brutto."
    if invoice.number and invoice.number != payment.invoice_number.strip():
        yield f"In der E-Rechnung steht die Rechnungsnummer „{invoice.number}“."
    if invoice.issued_on and invoice.issued_on != payment.invoiced_on:
        yield f"In der E-Rechnung steht das Rechnungsdatum {day_text(invoice.issued_on)}."
    if invoice.payee and _same(invoice.payee) != _same(payment.payee):
        yield f"Die E-Rechnung hat „{invoice.payee}“ gestellt."
    yield from invoice.checks


def _same(text: str) -> str:
    return "".join(text.split()).casefold()
