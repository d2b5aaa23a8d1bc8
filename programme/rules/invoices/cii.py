"""Reads the business terms out of UN/CEFACT CII, the way ZUGFeRD, Factur-X and XRechnung write."""

import re
from typing import Any

from programme.rules.invoices.terms import TaxRow, Terms, Texts, Totals, first, texts

_UNECE = "urn:un:unece:uncefact:data:standard"
NAMES = {
    "rsm": f"{_UNECE}:CrossIndustryInvoice:100",
    "ram": f"{_UNECE}:ReusableAggregateBusinessInformationEntity:100",
    "udt": f"{_UNECE}:UnqualifiedDataType:100",
    "qdt": f"{_UNECE}:QualifiedDataType:100",
}
ROOT = f"{{{NAMES['rsm']}}}CrossIndustryInvoice"

_DOCUMENT = "rsm:ExchangedDocument"
_TRADE = "rsm:SupplyChainTradeTransaction"
_SETTLED = f"{_TRADE}/ram:ApplicableHeaderTradeSettlement"
_SUMS = f"{_SETTLED}/ram:SpecifiedTradeSettlementHeaderMonetarySummation"
_LINE = f"{_TRADE}/ram:IncludedSupplyChainTradeLineItem"
_DAY = "udt:DateTimeString"

_TEXTS = {
    "guideline": "rsm:ExchangedDocumentContext/"
    "ram:GuidelineSpecifiedDocumentContextParameter/ram:ID",
    "number": f"{_DOCUMENT}/ram:ID",
    "type_code": f"{_DOCUMENT}/ram:TypeCode",
    "currency": f"{_SETTLED}/ram:InvoiceCurrencyCode",
    "seller": f"{_TRADE}/ram:ApplicableHeaderTradeAgreement/ram:SellerTradeParty/ram:Name",
    "payee": f"{_SETTLED}/ram:PayeeTradeParty/ram:Name",
    "items": f"{_LINE}/ram:SpecifiedTradeProduct/ram:Name",
}
_DAYS = {
    "issued_on": f"{_DOCUMENT}/ram:IssueDateTime/{_DAY}",
    "due_on": f"{_SETTLED}/ram:SpecifiedTradePaymentTerms/ram:DueDateDateTime/{_DAY}",
    "delivered_on": f"{_TRADE}/ram:ApplicableHeaderTradeDelivery/"
    f"ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime/{_DAY}",
    "period_start": f"{_SETTLED}/ram:BillingSpecifiedPeriod/ram:StartDateTime/{_DAY}",
    "period_end": f"{_SETTLED}/ram:BillingSpecifiedPeriod/ram:EndDateTime/{_DAY}",
}
_TOTALS = {
    "lines": "LineTotalAmount",
    "allowances": "AllowanceTotalAmount",
    "charges": "ChargeTotalAmount",
    "net": "TaxBasisTotalAmount",
    "gross": "GrandTotalAmount",
    "prepaid": "TotalPrepaidAmount",
    "rounding": "RoundingAmount",
    "payable": "DuePayableAmount",
}
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
# 102 of the code list UNTDID 2379: year, month, day without signs between them.
_DAY_FORMAT = "102"


def terms_of(root: Any) -> Terms:
    """Return what the invoice says, still unjudged."""
    named = {name: texts(root, path, NAMES) for name, path in _TEXTS.items()}
    days = {name: _days(root, path) for name, path in _DAYS.items()}
    currency = next(iter(named["currency"]), "")
    totals = Totals(
        tax=_tax_total(root, currency),
        **{name: texts(root, f"{_SUMS}/ram:{tag}", NAMES) for name, tag in _TOTALS.items()},
    )
    return Terms(
        syntax="CII",
        is_credit_note=False,
        **named,
        **days,
        line_totals=_line_totals(root),
        totals=totals,
        tax_rows=_tax_rows(root),
        currencies=_currencies(root),
    )


def _days(root: Any, path: str) -> Texts:
    """Return days as YYYY-MM-DD; one of another format keeps its own writing."""
    found = []
    for element in root.findall(path, NAMES):
        text = "".join(element.itertext()).strip()
        compact = _COMPACT.fullmatch(text)
        is_day = compact is not None and element.get("format") == _DAY_FORMAT
        found.append("-".join(compact.groups()) if compact and is_day else text)
    return tuple(text for text in found if text)


def _tax_total(root: Any, currency: str) -> Texts:
    """Return the tax in the currency of the invoice; a second one is for the seller's books."""
    return tuple(
        "".join(element.itertext()).strip()
        for element in root.findall(f"{_SUMS}/ram:TaxTotalAmount", NAMES)
        if element.get("currencyID", currency) == currency
    )


def _tax_rows(root: Any) -> tuple[TaxRow, ...]:
    return tuple(
        TaxRow(
            category=first(row, "ram:CategoryCode", NAMES),
            percent=first(row, "ram:RateApplicablePercent", NAMES),
            base=first(row, "ram:BasisAmount", NAMES),
            tax=first(row, "ram:CalculatedAmount", NAMES),
        )
        for row in root.findall(f"{_SETTLED}/ram:ApplicableTradeTax", NAMES)
    )


def _line_totals(root: Any) -> Texts:
    """Return the totals of the lines, none if lines are grouped below others (EXTENDED)."""
    parents = f"{_LINE}/ram:AssociatedDocumentLineDocument/ram:ParentLineID"
    if root.find(parents, NAMES) is not None:
        return ()
    sums = "ram:SpecifiedLineTradeSettlement/ram:SpecifiedTradeSettlementLineMonetarySummation"
    return texts(root, f"{_LINE}/{sums}/ram:LineTotalAmount", NAMES)


def _currencies(root: Any) -> frozenset[str]:
    """Return the currencies of the totals, where they are named beside the amounts."""
    sums = (element for parent in root.findall(_SUMS, NAMES) for element in parent)
    tax = f"{{{NAMES['ram']}}}TaxTotalAmount"
    named = (element.get("currencyID", "") for element in sums if element.tag != tax)
    return frozenset(filter(None, named))
