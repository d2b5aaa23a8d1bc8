"""What the portal takes over from an e-invoice, and what it asks back."""

from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from programme.rules.money import as_typed

_DAYS = ("issued_on", "due_on", "served_from", "served_to")
_AMOUNTS = ("net_eur", "vat_eur", "gross_eur")


@dataclass(frozen=True)
class Asked:
    """A value the invoice leaves open, with the field of the voucher a person fills instead."""

    field: str
    text: str


@dataclass(frozen=True)
class Amounts:
    """What an invoice costs in EUR; None where it says nothing or nothing clear."""

    net_eur: Decimal | None = None
    vat_eur: Decimal | None = None
    gross_eur: Decimal | None = None


@dataclass(frozen=True)
class Invoice:
    """The values of an e-invoice in EUR; empty or None is what it does not say clearly.

    `asked` names fields a person has to fill, `checks` what a person has to look at. The bank
    account is never read.
    """

    kind: str
    payee: str = ""
    number: str = ""
    issued_on: date | None = None
    due_on: date | None = None
    served_from: date | None = None
    served_to: date | None = None
    amounts: Amounts = field(default_factory=Amounts)
    reason: str = ""
    asked: tuple[Asked, ...] = ()
    checks: tuple[str, ...] = ()

    @property
    def filled(self) -> dict[str, str]:
        """The fields of a voucher it fills, as text for a form."""
        texts = {
            "payee": self.payee,
            "invoice_number": self.number,
            "invoiced_on": _day_text(self.issued_on),
            "gross_eur": _amount_text(self.amounts.gross_eur),
            "reason": self.reason,
            "serviced_from": _day_text(self.served_from),
            "serviced_to": _day_text(self.served_to),
            "net_eur": _amount_text(self.amounts.net_eur),
            "vat_eur": _amount_text(self.amounts.vat_eur),
        }
        if self.gives_back:
            texts["is_credit_note"] = "on"
        return {name: text for name, text in texts.items() if text}

    @property
    def gives_back(self) -> bool:
        """Tell whether it is a credit note, whose amounts are below zero."""
        return self.amounts.gross_eur is not None and self.amounts.gross_eur < 0


@dataclass(frozen=True)
class Reading:
    """The outcome for one file: an invoice, the problem with it, or neither in a plain file."""

    invoice: Invoice | None = None
    problem: str = ""


def as_json(reading: Reading) -> dict[str, Any]:
    """Return a reading as plain data that can be kept until the voucher is saved."""
    if reading.invoice is None:
        return {"problem": reading.problem}
    told = asdict(reading.invoice)
    for name in _DAYS:
        told[name] = told[name].isoformat() if told[name] else ""
    for name in _AMOUNTS:
        amount = told["amounts"][name]
        told["amounts"][name] = "" if amount is None else str(amount)
    return {"invoice": told}


def from_json(kept: dict[str, Any]) -> Reading:
    """Return the reading that was kept by `as_json`."""
    if "invoice" not in kept:
        return Reading(problem=kept["problem"])
    told = dict(kept["invoice"])
    for name in _DAYS:
        told[name] = date.fromisoformat(told[name]) if told[name] else None
    told["amounts"] = Amounts(
        **{name: Decimal(text) if text else None for name, text in told["amounts"].items()}
    )
    told["asked"] = tuple(Asked(**asked) for asked in told["asked"])
    told["checks"] = tuple(told["checks"])
    return Reading(invoice=Invoice(**told))


def _day_text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _amount_text(amount_eur: Decimal | None) -> str:
    return "" if amount_eur is None else as_typed(amount_eur)
