"""Approved vouchers are corrected by a counter-entry and a new voucher, never by an edit."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from programme import audit, clock
from programme.models import Programme, User, Voucher, VoucherFile, VoucherShare
from programme.queries import vouchers as voucher_queries
from programme.queries.corrections import counter_of
from programme.queries.credit_notes import credited_eur
from programme.rules import corrections as rules
from programme.rules import credit_notes
from programme.rules.money import written
from programme.rules.vouchers import VoucherEntry, titled
from programme.services import vouchers
from programme.services.vouchers import NewFile

# A counter-entry has its own number, checks and decision; all else is what it takes back.
OWN = {
    *("id", "number", "status", "recorded_at", "rejection_reason", "version"),
    *("factual_check_by", "factual_check_at", "arithmetic_check_by", "arithmetic_check_at"),
    *("corrects", "replaces", "correction_reason"),
}
NEGATED = ("gross_eur", "net_eur", "vat_eur", "eligible_eur")


class Correction(NamedTuple):
    """The two vouchers of a correction; `successor` is None where a payment is only taken back."""

    counter: Voucher
    successor: Voucher | None


@transaction.atomic
def correct_approved(
    *,
    voucher: Voucher,
    entry: VoucherEntry | None,
    reason: str,
    by: User,
    files: Sequence[NewFile] = (),
    confirmed: bool = False,
) -> Correction:
    """Take an approved voucher back and book `entry` in its place (EUR); None only takes it back.

    The counter-entry has the same shares with the opposite sign, to the cent. Both new vouchers
    wait for the second check by another person (F28). Refuses (RuleBroken) a voucher that is not
    approved, a counter-entry, a second correction, no reason, and what `vouchers.record` refuses.
    """
    told = rules.reasoned(reason)
    Programme.objects.select_for_update(no_key=True).get(pk=voucher.programme_id)
    original = Voucher.objects.select_for_update(of=("self",)).get(pk=voucher.pk)
    rules.correctable(original, counter=counter_of(original.pk))
    credit_notes.untouched(original, credited_eur=credited_eur(voucher=original))
    counter = _counter_entry(original, reason=told, by=by)
    successor = None
    if entry is not None:
        successor = vouchers.record(
            programme=original.programme, entry=entry, files=files, by=by, confirmed=confirmed
        )
        successor.replaces, successor.correction_reason = original, told
        successor.save(update_fields=["replaces", "correction_reason"])
        _lend_files(original, successor)
    place = f" und durch Beleg {successor.number} ersetzt" if successor else ""
    audit.record(
        by=by,
        verb="voucher.taken_back",
        subject=original,
        sentence=f"{titled(original)} mit Beleg {counter.number} zurückgenommen{place}: {told}",
    )
    return Correction(counter, successor)


def _counter_entry(original: Voucher, *, reason: str, by: User) -> Voucher:
    moment = clock.now()
    same = [field.name for field in Voucher._meta.concrete_fields if field.name not in OWN]
    columns = {name: getattr(original, name) for name in same}
    columns |= {name: -columns[name] for name in NEGATED if columns[name] is not None}
    counter = Voucher.objects.create(
        **columns,
        number=voucher_queries.next_number(programme=original.programme),
        corrects=original,
        correction_reason=reason,
        factual_check_by=by,
        factual_check_at=moment,
        recorded_at=moment,
    )
    _opposite_shares(original, counter)
    _lend_files(original, counter)
    audit.record(
        by=by,
        verb="voucher.recorded",
        subject=counter,
        sentence=f"{titled(counter)} als Gegenbuchung zu Beleg {original.number} erfasst und "
        f"sachlich geprüft; {_parts(counter)}.",
        at=moment,
    )
    return counter


def _opposite_shares(original: Voucher, counter: Voucher) -> None:
    spent = voucher_queries.spent_by_source(programme=original.programme)
    total = sum(spent.values(), Decimal(0))
    VoucherShare.objects.bulk_create(
        VoucherShare(
            voucher=counter,
            source_id=share.source_id,
            amount_eur=-share.amount_eur,
            ratio_numerator=share.ratio_numerator,
            ratio_denominator=share.ratio_denominator,
            before_eur=spent.get(share.source_id, Decimal(0)),
            total_before_eur=total,
        )
        for share in original.shares.all()
    )


def _lend_files(original: Voucher, other: Voucher) -> None:
    """Let invoice and proof of payment lie with the other voucher too; they are stored once."""
    known = set(other.files.values_list("sha256", "kind"))
    VoucherFile.objects.bulk_create(
        VoucherFile(
            voucher=other,
            kind=file.kind,
            file=file.file.name,
            name=file.name,
            content_type=file.content_type,
            size_bytes=file.size_bytes,
            sha256=file.sha256,
            uploaded_by_id=file.uploaded_by_id,
            uploaded_at=file.uploaded_at,
        )
        for file in original.files.all()
        if (file.sha256, file.kind) not in known
    )


def _parts(voucher: Voucher) -> str:
    shares = voucher.shares.select_related("source")
    return ", ".join(f"{row.source.short_name} {written(row.amount_eur)}" for row in shares)
