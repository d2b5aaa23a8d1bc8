"""Vouchers: recorded and corrected as factually right; approvals.py has the second check."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Self

from django.core.files import File
from django.db import transaction

from programme import audit, clock, storing
from programme.enums import VoucherFileKind, VoucherStatus
from programme.models import (
    FundingSource,
    ParkedFile,
    Programme,
    User,
    Voucher,
    VoucherFile,
    VoucherShare,
)
from programme.queries import vouchers as voucher_queries
from programme.queries.claims import Claim, accepted
from programme.queries.corrections import counter_of, successor_of
from programme.queries.einvoices import invoices_in
from programme.rules import vouchers as rules
from programme.rules.corrections import changeable, still_replaces
from programme.rules.money import written
from programme.rules.split import Share
from programme.rules.uploads import CheckedFile
from programme.rules.vouchers import ComingFile, VoucherEntry, titled

RELATED = ("line", "contract", "credits")
YES = "ja"
# What the logbook does not repeat of a sensitive voucher.
SENSITIVE = ("payee", "reason", "cash_note", "remark", "contract")


@dataclass(frozen=True)
class NewFile:
    """A file that passed the check and is to be kept with a voucher.

    One that is `parked` lies in the store already and only changes hands.
    """

    kind: VoucherFileKind
    checked: CheckedFile
    content: File[bytes]
    parked: ParkedFile | None = None

    @property
    def paper(self) -> ComingFile:
        """Its checksum, kind and name."""
        return self.checked.sha256, self.kind, self.checked.name

    @classmethod
    def waiting(cls, parked: ParkedFile) -> Self:
        """Return a parked file as one that is to be kept."""
        checked = CheckedFile(
            name=parked.name,
            content_type=parked.content_type,
            extension=parked.name.rpartition(".")[2],
            size_bytes=parked.size_bytes,
            sha256=parked.sha256,
        )
        return cls(VoucherFileKind(parked.kind), checked, parked.file, parked)


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
    of entry, now by default. Refuses (RuleBroken) by F01, F04, F05, F08, F17, F21, H01; warns by
    F07, F18, F20, F25, H02, H03. The same file twice is kept once of each kind. What the sources
    share is net where the tax is refunded, else gross (F21).
    """
    _lock(programme)
    moment = at or clock.now()
    claim = _claim(entry, files, number=voucher_queries.next_number(programme=programme))
    eligible_eur, shares = accepted(programme=programme, claim=claim, confirmed=confirmed)
    voucher = Voucher.objects.create(
        programme=programme,
        number=claim.number,
        **_columns(entry),
        eligible_eur=eligible_eur,
        factual_check_by=by,
        factual_check_at=moment,
        recorded_at=moment,
    )
    _keep_shares(voucher, shares)
    keep_files(voucher=voucher, files=files, by=by, at=moment)
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
    _may_change(locked)
    rules.same_version(locked, seen_version)
    claim = _claim(entry, files, number=locked.number, earlier=locked)
    eligible_eur, shares = accepted(programme=locked.programme, claim=claim, confirmed=confirmed)
    before = _readable(locked)
    _overwrite(locked, entry, eligible_eur=eligible_eur, by=by)
    locked.shares.all().delete()
    _keep_shares(locked, shares)
    keep_files(voucher=locked, files=files, by=by, at=locked.factual_check_at)
    after = _readable(locked)
    hidden = SENSITIVE if locked.is_sensitive or before["is_sensitive"] == YES else ()
    changes = {
        name: [before[name], after[name]]
        for name in after
        if before[name] != after[name] and name not in hidden
    }
    audit.record(
        by=by,
        verb="voucher.corrected",
        subject=locked,
        sentence=f"{titled(locked)} geändert und sachlich geprüft; {_parts(shares)}.",
        changes=changes,
    )
    return locked


def _may_change(voucher: Voucher) -> None:
    changeable(voucher)
    still_replaces(
        voucher,
        counter=counter_of(voucher.replaces_id),
        replacement=successor_of(voucher.replaces_id),
    )


def _lock(programme: Programme) -> None:
    """Let one split after the other read and change the sums of the sources."""
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)


def _claim(
    entry: VoucherEntry, files: Sequence[NewFile], *, number: int, earlier: Voucher | None = None
) -> Claim:
    kept = list(earlier.files.values_list("sha256", "kind")) if earlier else []
    return Claim(
        entry=entry,
        number=number,
        checksums=tuple(file.checked.sha256 for file in files),
        invoices=tuple(invoices_in(files=[file.parked for file in files if file.parked])),
        earlier=earlier,
        for_both=rules.taken_for_both([file.paper for file in files], kept=kept),
    )


def _columns(entry: VoucherEntry) -> dict[str, object]:
    columns = dict(vars(entry))
    for name in ("payee", "invoice_number", "reason", "cash_note", "remark"):
        columns[name] = columns[name].strip()
    return columns


def _overwrite(voucher: Voucher, entry: VoucherEntry, *, eligible_eur: Decimal, by: User) -> None:
    for name, value in _columns(entry).items():
        setattr(voucher, name, value)
    voucher.eligible_eur = eligible_eur
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


@transaction.atomic
def keep_files(*, voucher: Voucher, files: Sequence[NewFile], by: User, at: datetime) -> None:
    """Keep files with a voucher; one it has as the same kind is left out, the caller logs."""
    known = set(voucher.files.values_list("sha256", "kind"))
    for new in files:
        if new.parked is not None:
            new.parked.delete()
        if new.paper[:2] in known:
            _leave(new)
            continue
        known.add(new.paper[:2])
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
        if new.parked is not None:
            kept.file = new.parked.file.name
        else:
            stored_as = f"{new.checked.sha256[:32]}.{new.checked.extension}"
            storing.keep(kept.file, name=stored_as, content=new.content)
        kept.save()


def _leave(new: NewFile) -> None:
    """Delete a parked file that the voucher has already."""
    if new.parked is not None:
        stored = new.parked.file
        transaction.on_commit(partial(stored.storage.delete, stored.name or ""), robust=True)


def _parts(shares: Sequence[Share]) -> str:
    return ", ".join(f"{share.name} {written(share.amount_eur)}" for share in shares)


def _readable(voucher: Voucher) -> dict[str, str]:
    names = [name for name in VoucherEntry.__dataclass_fields__ if name not in RELATED]
    related = {name: str(getattr(voucher, name) or "") for name in RELATED}
    return related | {name: _text(getattr(voucher, name)) for name in (*names, "status")}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return YES if value else "nein"
    return "" if value is None else str(value)
