"""H03: a voucher and its e-invoice say the same."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from programme.rules.funding import einvoice
from programme.rules.funding.vouchers import Payment
from programme.rules.invoices.invoice import Amounts, Invoice
from tests.programme.rule_cases import breaks, keeps, warned

PAYMENT = Payment(
    payee="Müßig & Söhne GmbH",
    invoice_number="RE 7",
    reason="Moderation",
    line="Honorare",
    invoiced_on=date(2016, 2, 29),
    paid_on=date(2016, 3, 1),
    gross_eur=Decimal("119.00"),
)
INVOICE = Invoice(
    kind="XRechnung (UBL)",
    payee="Müßig  &  SÖHNE GmbH",
    number="RE 7",
    issued_on=date(2016, 2, 29),
    amounts=Amounts(Decimal("100.00"), Decimal("19.00"), Decimal("119.00")),
)
CASES = (
    keeps("no e-invoice", einvoice.agrees_with_invoice, PAYMENT, []),
    keeps("the same", einvoice.agrees_with_invoice, PAYMENT, [INVOICE]),
    keeps("it says nothing", einvoice.agrees_with_invoice, PAYMENT, [Invoice(kind="x")]),
    breaks(
        "everything differs",
        warned(
            einvoice.H03,
            "In der E-Rechnung stehen 119,00 EUR brutto. In der E-Rechnung steht die "
            "Rechnungsnummer „RE 7“. In der E-Rechnung steht das Rechnungsdatum 29.02.2016. "
            "Die E-Rechnung hat „Müßig  &  SÖHNE GmbH“ gestellt.",
        ),
        einvoice.agrees_with_invoice,
        replace(
            PAYMENT,
            gross_eur=Decimal("19.00"),
            invoice_number="8",
            invoiced_on=date(2016, 3, 1),
            payee="Andere",
        ),
        [INVOICE],
    ),
    breaks(
        "something about it is unusual",
        warned(einvoice.H03, "Bitte sehen Sie hin."),
        einvoice.agrees_with_invoice,
        PAYMENT,
        [replace(INVOICE, checks=("Bitte sehen Sie hin.",))],
    ),
    breaks(
        "two of them",
        warned(einvoice.H03, "Bei dem Beleg liegen mehrere E-Rechnungen (RE 7, ohne Nummer)."),
        einvoice.agrees_with_invoice,
        PAYMENT,
        [INVOICE, replace(INVOICE, number="")],
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_the_rule_of_e_invoices_answers_with_exactly_this(case):
    assert case.ask() == case.expected
