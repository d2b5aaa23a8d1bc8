"""A paper that comes after the second check: only one that is missing, never another."""

from datetime import datetime

from django.db import transaction

from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import User, Voucher
from programme.queries.vouchers import files_elsewhere
from programme.rules.funding.finding import refuse
from programme.rules.funding.vouchers import file_not_used, not_taken_for_both
from programme.rules.vouchers import lacks_paper, taken_for_both
from programme.services.vouchers import NewFile, keep_files


@transaction.atomic
def hand_in(
    *,
    voucher: Voucher,
    file: NewFile,
    by: User,
    confirmed: bool = False,
    at: datetime | None = None,
) -> Voucher:
    """Keep the invoice or the proof of payment an approved voucher lacks (F20).

    Amount, shares and checks stay as they are. Refuses (RuleBroken) a voucher that is not
    approved and a paper that is there already; unless `confirmed` it warns of a file that lies
    with this voucher as the other paper (F20) or at another voucher (F18).
    """
    locked = Voucher.objects.select_for_update(of=("self",)).get(pk=voucher.pk)
    kept = list(locked.files.values_list("sha256", "kind"))
    if file.kind not in lacks_paper(locked, kinds=[kind for _, kind in kept]):
        raise RuleBroken(f"{file.kind.label} liegt schon bei Beleg {locked.number}.", field="kind")
    checksum = file.checked.sha256
    elsewhere = files_elsewhere(programme=locked.programme, checksums=[checksum], without=locked)
    both = not_taken_for_both(taken_for_both([file.paper], kept=kept))
    refuse([both, file_not_used(elsewhere)], confirmed=confirmed)
    keep_files(voucher=locked, files=[file], by=by, at=at or clock.now())
    audit.record(
        by=by,
        verb="voucher.paper_handed_in",
        subject=locked,
        sentence=f"{file.kind.label} zu Beleg {locked.number} nachgereicht: {file.checked.name}.",
        at=at,
    )
    return locked
