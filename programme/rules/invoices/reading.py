"""Reads the XML of an e-invoice, whichever of the two ways it is written in."""

from typing import Any

from programme.errors import RuleBroken
from programme.rules.invoices import cii, ubl
from programme.rules.invoices.invoice import Invoice
from programme.rules.invoices.judged import judged
from programme.rules.invoices.tree import root_of

READABLE = "XRechnung und ZUGFeRD/Factur-X ab Fassung 2"
_ORDER = "urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:"
_ZUGFERD_1 = "urn:ferd:CrossIndustryDocument:"


def invoice_of(content: bytes, *, name: str) -> Invoice:
    """Return what an e-invoice says.

    Refuses (RuleBroken) files that are not well-formed, too large, or no invoice of a kind the
    portal knows; what is merely missing or contradictory becomes a question of the invoice.
    """
    root = root_of(content, name=name)
    if root.tag == cii.ROOT:
        return judged(cii.terms_of(root))
    if root.tag in {ubl.INVOICE, ubl.CREDIT_NOTE}:
        return judged(ubl.terms_of(root))
    raise RuleBroken(_why_not(root, name))


def _why_not(root: Any, name: str) -> str:
    tag = str(root.tag)
    if _ORDER in tag:
        return f"Die Datei „{name}“ ist eine Bestellung (Order-X), keine Rechnung."
    if _ZUGFERD_1 in tag:
        return (
            f"Die Datei „{name}“ ist eine ZUGFeRD-Rechnung der alten Fassung 1. Gelesen werden "
            f"{READABLE}."
        )
    return f"Die XML-Datei „{name}“ ist keine E-Rechnung. Gelesen werden {READABLE}."
