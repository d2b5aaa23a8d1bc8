"""What a proof spent, asked by the rules that compare it with plan, drawdowns and inventory."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from programme.enums import CostCategory, IndirectBase, ParameterKey, ProofKind
from programme.models import Asset, Contract, ProofOfUse, Voucher
from programme.queries.proof_records import ProofRecords
from programme.rules.contracts import asset_finding, contract_finding
from programme.rules.funding import costs
from programme.rules.funding.finding import Finding
from programme.rules.funding.use_by import DayAmount, used_in_time
from programme.rules.plan_changes import late_changes


def of_changes(
    found: ProofOfUse, rows: Sequence[Voucher], records: ProofRecords
) -> Iterator[Finding]:
    """F09: changes beyond the tolerance were decided before money was spent on them."""
    tolerance = records.numbers.strictest(ParameterKey.LINE_TOLERANCE, on=found.period_to)
    if tolerance is None:
        return
    payments: defaultdict[int, list[DayAmount]] = defaultdict(list)
    for row in rows:
        payments[row.line.position].append(DayAmount(row.paid_on, row.claimed_eur))
    yield from late_changes(records.versions, payments, tolerance=tolerance)


def of_indirect_costs(
    found: ProofOfUse, rows: Sequence[Voucher], records: ProofRecords
) -> Iterator[Finding | None]:
    """F22, F23: what was spent on indirect costs, compared with the direct ones."""
    spent = costs.summed((row.line.category, row.claimed_eur) for row in rows)
    yield costs.no_flat_rate_if_all_is_procured(
        spent, is_publicly_procured=found.plan.is_publicly_procured
    )
    rate = records.numbers.strictest(ParameterKey.INDIRECT_RATE, on=found.period_to)
    if rate is not None:
        base = IndirectBase(found.plan.indirect_base or IndirectBase.STAFF)
        yield costs.indirect_within_rate(spent, base=base, rate=rate)


def of_use(
    found: ProofOfUse, rows: Sequence[Voucher], records: ProofRecords, *, today: date
) -> Iterator[Finding]:
    """F15: what each source paid was used in time; a proof of a later part cannot tell."""
    if found.period_from > found.programme.starts_on:
        return
    as_of = today if found.kind == ProofKind.FINAL else min(found.period_to, today)
    paid: defaultdict[int, list[DayAmount]] = defaultdict(list)
    for row in rows:
        for share in row.shares.all():
            paid[share.source_id].append(DayAmount(row.paid_on, share.amount_eur))
    for source in records.sources:
        days = records.numbers.find(ParameterKey.USE_BY_DAYS, source=source.key, on=as_of)
        if days is None:
            continue
        drawn = [
            DayAmount(share.received_on, share.received_eur)
            for share in records.receipts
            if share.source_id == source.pk
            and share.received_on is not None
            and share.received_eur is not None
            and share.received_on <= as_of
        ]
        late = used_in_time(drawn, paid[source.pk], days=int(days), today=as_of)
        if late is not None:
            yield replace(late, message=f"{source.short_name}: {late.message}")


def of_contracts(
    rows: Sequence[Voucher], records: ProofRecords, *, today: date
) -> Iterator[tuple[Contract, Finding | None]]:
    """F26: contracts the vouchers were paid under are documented; each contract once."""
    contracts = {row.contract.pk: row.contract for row in rows if row.contract is not None}
    for contract in contracts.values():
        yield contract, contract_finding(contract, records.numbers, today=today)


def of_assets(rows: Sequence[Voucher], records: ProofRecords) -> Iterator[Finding | None]:
    """F27: what was bought to last is in the inventory; equipment nobody listed is missing there.

    A voucher of the cost category equipment that names no thing stands for one of its net price.
    """
    by_key = {row.pk: row for row in rows}
    listed = {asset.voucher_id for asset in records.assets}
    for asset in records.assets:
        if asset.voucher_id in by_key:
            asset.voucher = by_key[asset.voucher_id]
            yield asset_finding(asset, records.numbers)
    for row in rows:
        is_open = row.line.category == CostCategory.EQUIPMENT and row.pk not in listed
        if is_open and row.corrects_id is None:
            net_eur = row.gross_eur if row.net_eur is None else row.net_eur
            unlisted = Asset(voucher=row, title=f"{row.reason} (Beleg {row.number})")
            unlisted.net_eur = net_eur
            yield asset_finding(unlisted, records.numbers)
