"""Reads the business terms out of OASIS UBL 2.1, the other way XRechnung may be written."""

from typing import Any

from programme.rules.invoices.terms import TaxRow, Terms, Texts, Totals, first, texts

_OASIS = "urn:oasis:names:specification:ubl:schema:xsd"
NAMES = {
    "cac": f"{_OASIS}:CommonAggregateComponents-2",
    "cbc": f"{_OASIS}:CommonBasicComponents-2",
}
INVOICE = f"{{{_OASIS}:Invoice-2}}Invoice"
CREDIT_NOTE = f"{{{_OASIS}:CreditNote-2}}CreditNote"

_SUMS = "cac:LegalMonetaryTotal"
_TEXTS = {
    "guideline": "cbc:CustomizationID",
    "number": "cbc:ID",
    "currency": "cbc:DocumentCurrencyCode",
    "seller": "cac:AccountingSupplierParty/cac:Party/cac:PartyLegalEntity/cbc:RegistrationName",
    "payee": "cac:PayeeParty/cac:PartyName/cbc:Name",
    "issued_on": "cbc:IssueDate",
    "delivered_on": "cac:Delivery/cbc:ActualDeliveryDate",
    "period_start": "cac:InvoicePeriod/cbc:StartDate",
    "period_end": "cac:InvoicePeriod/cbc:EndDate",
}
_OF_INVOICE = {
    "type_code": "cbc:InvoiceTypeCode",
    "due_on": "cbc:DueDate",
    "items": "cac:InvoiceLine/cac:Item/cbc:Name",
    "line_totals": "cac:InvoiceLine/cbc:LineExtensionAmount",
}
_OF_CREDIT_NOTE = {
    "type_code": "cbc:CreditNoteTypeCode",
    "due_on": "cac:PaymentMeans/cbc:PaymentDueDate",
    "items": "cac:CreditNoteLine/cac:Item/cbc:Name",
    "line_totals": "cac:CreditNoteLine/cbc:LineExtensionAmount",
}
_TOTALS = {
    "lines": "LineExtensionAmount",
    "allowances": "AllowanceTotalAmount",
    "charges": "ChargeTotalAmount",
    "net": "TaxExclusiveAmount",
    "gross": "TaxInclusiveAmount",
    "prepaid": "PrepaidAmount",
    "rounding": "PayableRoundingAmount",
    "payable": "PayableAmount",
}


def terms_of(root: Any) -> Terms:
    """Return what the invoice or credit note says, still unjudged."""
    is_credit_note = root.tag == CREDIT_NOTE
    paths = _TEXTS | (_OF_CREDIT_NOTE if is_credit_note else _OF_INVOICE)
    named = {name: texts(root, path, NAMES) for name, path in paths.items()}
    currency = next(iter(named["currency"]), "")
    totals = Totals(
        tax=_tax_total(root, currency),
        **{name: texts(root, f"{_SUMS}/cbc:{tag}", NAMES) for name, tag in _TOTALS.items()},
    )
    return Terms(
        syntax="UBL",
        is_credit_note=is_credit_note,
        **named,
        totals=totals,
        tax_rows=_tax_rows(root, currency),
        currencies=_currencies(root),
    )


def _tax_total(root: Any, currency: str) -> Texts:
    """Return the tax in the currency of the invoice; a second one is for the seller's books."""
    return tuple(
        "".join(element.itertext()).strip()
        for element in root.findall("cac:TaxTotal/cbc:TaxAmount", NAMES)
        if element.get("currencyID", currency) == currency
    )


def _tax_rows(root: Any, currency: str) -> tuple[TaxRow, ...]:
    rows = []
    for row in root.findall("cac:TaxTotal/cac:TaxSubtotal", NAMES):
        tax = row.find("cbc:TaxAmount", NAMES)
        if tax is not None and tax.get("currencyID", currency) != currency:
            continue
        rows.append(
            TaxRow(
                category=first(row, "cac:TaxCategory/cbc:ID", NAMES),
                percent=first(row, "cac:TaxCategory/cbc:Percent", NAMES),
                base=first(row, "cbc:TaxableAmount", NAMES),
                tax=first(row, "cbc:TaxAmount", NAMES),
            )
        )
    return tuple(rows)


def _currencies(root: Any) -> frozenset[str]:
    """Return the currencies named beside the totals."""
    sums = (element for parent in root.findall(_SUMS, NAMES) for element in parent)
    return frozenset(filter(None, (element.get("currencyID", "") for element in sums)))
