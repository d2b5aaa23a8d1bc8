"""Vouchers: recorded and corrected as factually right; approvals.py has the second check."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files import File
from django.db import transaction

from programme import audit, clock, storing
from programme.enums import ParameterKey, VoucherFileKind, VoucherStatus
from programme.errors import RuleBroken
from programme.models import (
    FundingSource,
    Programme,
    User,
    Voucher,
    VoucherFile,
    VoucherShare,
)
from programme.queries import funding as funding_queries
from programme.queries import vouchers as voucher_queries
from programme.queries.parameters import parameter_set
from programme.rules import vouchers as rules
from programme.rules.funding import amounts
from programme.rules.funding import vouchers as voucher_rules
from programme.rules.funding.finding import Stage, refuse
from programme.rules.funding.plan import LineSpending
from programme.rules.funding.vouchers import Window
from programme.rules.money import written
from programme.rules.split import Share, split
from programme.rules.uploads import CheckedFile
from programme.rules.vouchers import VoucherEntry, titled


@dataclass(frozen=True)
class NewFile:
    """A file that passed the check and is to be kept with a voucher."""

    kind: VoucherFileKind
    checked: CheckedFile
    content: File[bytes]


@transaction.atomic
def record(
    *,
    programme: Programme,
    entry: VoucherEntry,
    files: Sequence[NewFile],
    by: User,
    confirmed: bool = False,
    at: datetime | None = None,
) -> Voucher:
    """Record a voucher as factually correct, split it (EUR, to the cent) and keep its files.

    `confirmed` means the person has read the warnings and wants it anyway; `at` is the moment
    of entry, now by default. Refuses (RuleBroken) by F01, F05, F08, F17, H01; warns by F07, F18,
    H02. The same file twice is kept once.
    """
    _lock(programme)
    moment = at or clock.now()
    shares = _judged(programme, entry, files, confirmed=confirmed)
    voucher = Voucher.objects.create(
        programme=programme,
        number=voucher_queries.next_number(programme=programme),
        **_columns(entry),
        factual_check_by=by,
        factual_check_at=moment,
        recorded_at=moment,
    )
    _keep_shares(voucher, shares)
    _keep_files(voucher, files, by=by, at=moment)
    audit.record(
        by=by,
        verb="voucher.recorded",
        subject=voucher,
        sentence=f"{titled(voucher)} erfasst und sachlich geprüft; {_parts(shares)}.",
        at=moment,
    )
    return voucher


@transaction.atomic
def correct(
    *,
    voucher: Voucher,
    seen_version: int,
    entry: VoucherEntry,
    files: Sequence[NewFile],
    by: User,
    confirmed: bool = False,
) -> Voucher:
    """Change a voucher that is not approved; it waits for its second check again.

    The person who corrects takes over "sachlich richtig". Refuses (RuleBroken) an approved
    voucher, a version the person has not seen, and what `record` refuses; amounts in EUR.
    """
    _lock(voucher.programme)
    locked = Voucher.objects.select_for_update().get(pk=voucher.pk)
    if locked.status == VoucherStatus.APPROVED:
        rules.undecided(locked)
    rules.same_version(locked, seen_version)
    shares = _judged(locked.programme, entry, files, confirmed=confirmed, without=locked)
    before = _readable(locked)
    _overwrite(locked, entry, by=by)
    locked.shares.all().delete()
    _keep_shares(locked, shares)
    _keep_files(locked, files, by=by, at=locked.factual_check_at)
    after = _readable(locked)
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    audit.record(
        by=by,
        verb="voucher.corrected",
        subject=locked,
        sentence=f"{titled(locked)} geändert und sachlich geprüft; {_parts(shares)}.",
        changes=changes,
    )
    return locked


def _lock(programme: Programme) -> None:
    """Let one split after the other read and change the sums of the sources."""
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)


def _judged(
    programme: Programme,
    entry: VoucherEntry,
    files: Sequence[NewFile],
    *,
    confirmed: bool,
    without: Voucher | None = None,
) -> tuple[Share, ...]:
    """Ask all rules and return the split; raises RuleBroken."""
    plan = funding_queries.approved_plan(programme=programme)
    if plan is None:
        raise RuleBroken("Es gibt noch keinen genehmigten Finanzierungsplan.", field="line")
    if entry.line.plan_id != plan.pk:
        raise RuleBroken("Bitte wählen Sie einen Einzelansatz des gültigen Plans.", field="line")
    window = Window(programme.starts_on, programme.ends_on, clock.today())
    similar = voucher_queries.similar_vouchers(programme=programme, entry=entry, without=without)
    elsewhere = voucher_queries.files_elsewhere(
        programme=programme, checksums=[file.checked.sha256 for file in files], without=without
    )
    spent = voucher_queries.line_spent_eur(line=entry.line, without=without)
    numbers = parameter_set(programme=programme)
    tolerance = numbers.strictest(ParameterKey.LINE_TOLERANCE, on=entry.invoiced_on)
    line = LineSpending(entry.line.title, entry.line.planned_eur, spent + entry.gross_eur)
    refuse(
        (
            voucher_rules.complete(entry.payment),
            voucher_rules.inside_run_time(entry.invoiced_on, window),
            voucher_rules.paid_already(entry.paid_on, window),
            voucher_rules.paid_after_invoice(entry.invoiced_on, entry.paid_on),
            voucher_rules.not_a_duplicate(entry.payment, similar),
            voucher_rules.file_not_used(elsewhere),
            amounts.line_within_tolerance(line, tolerance=tolerance, stage=Stage.ENTRY),
        ),
        confirmed=confirmed,
    )
    pots = voucher_queries.pots(programme=programme, plan=plan, without=without)
    return split(gross_eur=entry.gross_eur, pots=pots)


def _columns(entry: VoucherEntry) -> dict[str, object]:
    columns = dict(vars(entry))
    for name in ("payee", "invoice_number", "reason"):
        columns[name] = columns[name].strip()
    return columns


def _overwrite(voucher: Voucher, entry: VoucherEntry, *, by: User) -> None:
    for name, value in _columns(entry).items():
        setattr(voucher, name, value)
    voucher.status = VoucherStatus.RECORDED
    voucher.factual_check_by, voucher.factual_check_at = by, clock.now()
    voucher.arithmetic_check_by = voucher.arithmetic_check_at = None
    voucher.rejection_reason = ""
    voucher.version += 1
    voucher.save()


def _keep_shares(voucher: Voucher, shares: Sequence[Share]) -> None:
    sources = {
        source.key: source for source in FundingSource.objects.filter(programme=voucher.programme)
    }
    VoucherShare.objects.bulk_create(
        VoucherShare(
            voucher=voucher,
            source=sources[share.key],
            amount_eur=share.amount_eur,
            ratio_numerator=share.ratio_numerator,
            ratio_denominator=share.ratio_denominator,
            before_eur=share.before_eur,
            total_before_eur=share.total_before_eur,
        )
        for share in shares
    )


def _keep_files(voucher: Voucher, files: Sequence[NewFile], *, by: User, at: datetime) -> None:
    known = set(voucher.files.values_list("sha256", flat=True))
    for new in files:
        if new.checked.sha256 in known:
            continue
        known.add(new.checked.sha256)
        kept = VoucherFile(
            voucher=voucher,
            kind=new.kind,
            name=new.checked.name,
            content_type=new.checked.content_type,
            size_bytes=new.checked.size_bytes,
            sha256=new.checked.sha256,
            uploaded_by=by,
            uploaded_at=at,
        )
        stored_as = f"{new.checked.sha256[:32]}.{new.checked.extension}"
        storing.keep(kept.file, name=stored_as, content=new.content)
        kept.save()


def _parts(shares: Sequence[Share]) -> str:
    return ", ".join(f"{share.name} {written(share.amount_eur)}" for share in shares)


def _readable(voucher: Voucher) -> dict[str, str]:
    names = ("payee", "invoice_number", "invoiced_on", "paid_on", "gross_eur", "reason", "status")
    return {"line": str(voucher.line)} | {name: str(getattr(voucher, name)) for name in names}
