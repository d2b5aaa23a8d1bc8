"""Contracts and assets: kept with their papers, judged by F26 and F27."""

from dataclasses import fields
from datetime import datetime

from django.db import models, transaction

from programme import audit, clock
from programme.models import Asset, Contract, User
from programme.queries.parameters import parameter_set
from programme.rules.contracts import AssetEntry, ContractEntry, asset_finding, contract_finding
from programme.rules.funding.finding import refuse
from programme.rules.money import written
from programme.services import funding_documents
from programme.services.funding_documents import NewPaper


@transaction.atomic
def keep_contract(
    *,
    contract: Contract,
    entry: ContractEntry,
    paper: NewPaper | None,
    by: User,
    confirmed: bool = False,
    at: datetime | None = None,
) -> Contract:
    """Keep what is said about a contract, an unsaved one of a programme or a known one.

    Values are net, in EUR.
    Warns by F26 (RuleBroken until `confirmed`) if the award of a big contract is not documented.
    """
    is_known = contract.pk is not None
    rows = Contract.objects.select_for_update()
    row = rows.get(pk=contract.pk) if is_known else contract
    programme = contract.programme
    changes = _written(row, entry)
    has_note = paper is not None or row.award_note_id is not None
    numbers = parameter_set(programme=programme)
    finding = contract_finding(row, numbers, today=clock.today(), has_award_note=has_note)
    refuse([finding], confirmed=confirmed)
    if paper is not None:
        row.award_note = funding_documents.keep(
            programme=programme, title=f"Vergabevermerk: {row.title}", paper=paper, by=by, at=at
        )
        changes["award_note"] = ["", paper.checked.name]
    row.save()
    word = "geändert" if is_known else "erfasst"
    audit.record(
        by=by,
        verb="contract.changed" if is_known else "contract.recorded",
        subject=row,
        sentence=f"Auftrag {row} über {written(row.value_eur)} netto {word}.",
        changes=changes if is_known else {},
        at=at,
    )
    return row


@transaction.atomic
def keep_asset(
    *, entry: AssetEntry, by: User, asset: Asset | None = None, confirmed: bool = False
) -> Asset:
    """Record an asset, or change the one given; prices net in EUR.

    Warns by F27 (RuleBroken until `confirmed`) if a costly asset has no inventory number.
    """
    row = Asset.objects.select_for_update().get(pk=asset.pk) if asset else Asset()
    changes = _written(row, entry)
    numbers = parameter_set(programme=entry.voucher.programme)
    refuse([asset_finding(row, numbers)], confirmed=confirmed)
    row.save()
    word = "geändert" if asset else "aufgenommen"
    audit.record(
        by=by,
        verb="asset.changed" if asset else "asset.recorded",
        subject=row,
        sentence=f"Gegenstand „{row.title}“ (Beleg {row.voucher.number}) über "
        f"{written(row.net_eur)} netto {word}.",
        changes=changes if asset else {},
    )
    return row


def _written(row: models.Model, entry: ContractEntry | AssetEntry) -> dict[str, list[str]]:
    """Write the entry into the row; return what changed."""
    changes: dict[str, list[str]] = {}
    for name in (field.name for field in fields(entry)):
        value = getattr(entry, name)
        value = value.strip() if isinstance(value, str) else value
        before = getattr(row, name) if row.pk else None
        if before != value:
            changes[name] = [str(before), str(value)]
        setattr(row, name, value)
    return changes
