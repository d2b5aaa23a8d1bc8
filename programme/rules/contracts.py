"""Contracts and assets as they are entered, and what rules F26 and F27 say of them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from programme.enums import ParameterKey
from programme.models import Asset, Contract, Voucher
from programme.rules.funding import costs
from programme.rules.funding.finding import Finding
from programme.rules.funding.parameters import ParameterSet


@dataclass(frozen=True)
class ContractEntry:
    """A contract as a person enters it; the value is net, in EUR."""

    title: str
    contractor: str
    reference: str
    concluded_on: date | None
    value_eur: Decimal
    procedure: str
    offers: int


@dataclass(frozen=True)
class AssetEntry:
    """An asset as a person enters it; the price is net, in EUR."""

    voucher: Voucher
    title: str
    net_eur: Decimal
    inventory_number: str
    place: str


def contract_finding(
    contract: Contract, numbers: ParameterSet, *, today: date, has_award_note: bool | None = None
) -> Finding | None:
    """F26: from the lowest threshold of all sources on, the award is documented."""
    on = contract.concluded_on or today
    threshold = numbers.strictest(ParameterKey.PROCUREMENT_THRESHOLD_EUR, on=on)
    if threshold is None:
        return None
    if has_award_note is None:
        has_award_note = contract.award_note_id is not None
    facts = costs.Contract(
        contract.title, contract.value_eur, contract.procedure, contract.offers, has_award_note
    )
    return costs.contract_documented(facts, threshold_eur=threshold)


def asset_finding(asset: Asset, numbers: ParameterSet) -> Finding | None:
    """F27: above the lowest limit of all sources on the day of the invoice, it has a number."""
    limit = numbers.strictest(ParameterKey.INVENTORY_LIMIT_EUR, on=asset.voucher.invoiced_on)
    if limit is None:
        return None
    facts = costs.Asset(asset.title, asset.net_eur, bool(asset.inventory_number.strip()))
    return costs.asset_in_inventory(facts, limit_eur=limit)
