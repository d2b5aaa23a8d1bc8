"""The second check of vouchers: approved or rejected by another person (rule F28)."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db import transaction

from programme import audit, clock
from programme.enums import VoucherStatus
from programme.errors import RuleBroken
from programme.models import Programme, User, Voucher
from programme.queries.corrections import counter_of, successor_of
from programme.rules import corrections
from programme.rules import vouchers as rules
from programme.rules.funding.amounts import claimed_within_voucher
from programme.rules.funding.checks import Signatures, four_eyes
from programme.rules.funding.finding import Finding, Stage, refuse


@transaction.atomic
def approve(
    *, voucher: Voucher, seen_version: int, by: User, at: datetime | None = None
) -> Voucher:
    """Approve a voucher as arithmetically correct.

    Refuses (RuleBroken) the person who recorded it (F28), a version the person has not seen,
    more claimed than its amount (F04), and a voucher that is decided already. `at` is the moment
    of approval, now by default.
    """
    return _decide(voucher, VoucherStatus.APPROVED, seen_version=seen_version, by=by, at=at)


@transaction.atomic
def approve_several(
    *, programme: Programme, seen_versions: Mapping[int, int], by: User
) -> list[Voucher]:
    """Approve several vouchers at once, all or none.

    `seen_versions` maps the number of a voucher to the version the person has seen. Refuses
    (RuleBroken) what `approve` refuses, naming the voucher.
    """
    chosen = Voucher.objects.filter(programme=programme, number__in=seen_versions)
    found = list(chosen.order_by("number"))
    if not found or len(found) != len(seen_versions):
        raise RuleBroken(
            "Bitte wählen Sie mindestens einen Beleg aus der Liste aus.", field="chosen"
        )
    return [
        _decide(voucher, VoucherStatus.APPROVED, seen_version=seen_versions[voucher.number], by=by)
        for voucher in found
    ]


@transaction.atomic
def reject(
    *, voucher: Voucher, seen_version: int, reason: str, by: User, at: datetime | None = None
) -> Voucher:
    """Reject a voucher with a reason; its shares no longer count.

    Refuses (RuleBroken) what `approve` refuses, and an empty reason. The same person may not
    reject either: whoever has recorded a voucher corrects it instead.
    """
    if not reason.strip():
        raise RuleBroken("Bitte begründen Sie die Zurückweisung.", field="reason")
    # The sums of the sources change, so no split may be under way.
    Programme.objects.select_for_update(no_key=True).get(pk=voucher.programme_id)
    return _decide(
        voucher, VoucherStatus.REJECTED, seen_version=seen_version, by=by, at=at, reason=reason
    )


def _decide(
    voucher: Voucher,
    status: VoucherStatus,
    *,
    seen_version: int,
    by: User,
    at: datetime | None = None,
    reason: str = "",
) -> Voucher:
    locked = Voucher.objects.select_for_update().get(pk=voucher.pk)
    rules.undecided(locked)
    rules.same_version(locked, seen_version)
    refuse(_asked(locked, status, by=by), confirmed=False)
    corrections.in_order(
        locked,
        status,
        counter=counter_of(locked.replaces_id),
        replacement=successor_of(locked.corrects_id),
    )
    locked.status = status
    locked.arithmetic_check_by, locked.arithmetic_check_at = by, at or clock.now()
    locked.rejection_reason = reason.strip()
    locked.version += 1
    locked.save()
    approved = status == VoucherStatus.APPROVED
    ending = "rechnerisch geprüft" if approved else f"zurückgewiesen: {locked.rejection_reason}"
    audit.record(
        by=by,
        verb=f"voucher.{status}",
        subject=locked,
        sentence=f"{rules.titled(locked)} {ending}.",
        changes={"status": [VoucherStatus.RECORDED.value, status.value]},
        at=locked.arithmetic_check_at,
    )
    return locked


def _asked(voucher: Voucher, status: VoucherStatus, *, by: User) -> Iterator[Finding | None]:
    """Ask the rules of the second check: two people (F28), no more claimed than paid (F04)."""
    signed = Signatures(voucher.number, voucher.factual_check_by_id, by.pk)
    yield four_eyes(signed, stage=Stage.ENTRY)
    # A counter-entry mirrors what it takes back, wrong amounts too.
    if status == VoucherStatus.APPROVED and voucher.corrects_id is None:
        yield claimed_within_voucher(
            voucher.number, gross_eur=voucher.gross_eur, claimed_eur=voucher.claimed_eur
        )
