"""A paper that comes after the second check: only one that is missing, never another."""

from datetime import datetime

from django.db import transaction

from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import User, Voucher
from programme.queries.vouchers import files_elsewhere
from programme.rules.funding.finding import refuse
from programme.rules.funding.vouchers import file_not_used
from programme.rules.vouchers import lacks_paper
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
    approved, a paper that is there already or lies with this voucher as another; warns by F18 of
    a file that lies at another voucher, unless `confirmed`.
    """
    locked = Voucher.objects.select_for_update(of=("self",)).get(pk=voucher.pk)
    kept = dict(locked.files.values_list("sha256", "kind"))
    if file.kind not in lacks_paper(locked, kinds=kept.values()):
        raise RuleBroken(f"{file.kind.label} liegt schon bei Beleg {locked.number}.", field="kind")
    checksum = file.checked.sha256
    if checksum in kept:
        raise RuleBroken("Diese Datei liegt schon bei diesem Beleg.", field="paper")
    elsewhere = files_elsewhere(programme=locked.programme, checksums=[checksum], without=locked)
    refuse([file_not_used(elsewhere)], confirmed=confirmed)
    keep_files(voucher=locked, files=[file], by=by, at=at or clock.now())
    audit.record(
        by=by,
        verb="voucher.paper_handed_in",
        subject=locked,
        sentence=f"{file.kind.label} zu Beleg {locked.number} nachgereicht: {file.checked.name}.",
        at=at,
    )
    return locked
