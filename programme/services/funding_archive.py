"""The end of the file of the funding: offered to the state archive, then deleted (rule F33)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import transaction
from django.db.models.fields.files import FieldFile

from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import (
    ArchiveOffer,
    Asset,
    AuditFinding,
    AuditSample,
    Contract,
    DeadlineReminder,
    Drawdown,
    FinancingPlan,
    FundingDocument,
    FundingRelease,
    GrantNotice,
    PeriodLock,
    Programme,
    ProofCheck,
    ProofFile,
    ProofOfUse,
    SiteCheck,
    User,
    Voucher,
    VoucherFile,
)
from programme.queries.funding_archive import funding_archive, latest_offer
from programme.rules.archive import offer_in_order
from programme.rules.funding.finding import refuse
from programme.services import deletions

REASON = "Förderakte nach Ablauf der Aufbewahrung"
LOG_STAYS = "Protokoll der Vorgänge: 10 Jahre, danach Anbietung an das Landesarchiv"
SAID = {None: "", True: "vom Archiv übernommen", False: "vom Archiv freigegeben"}


@dataclass(frozen=True)
class ArchiveNote:
    """When the file was offered, whether the archive takes it (None: undecided), and when."""

    offered_on: date
    is_taken: bool | None
    decided_on: date | None
    note: str = ""


@transaction.atomic
def note(*, programme: Programme, entry: ArchiveNote, by: User) -> ArchiveOffer:
    """Write down the offer of the file to the state archive and its decision (F33).

    An offer the archive has not decided about is completed, else a new one begins. Refuses
    (RuleBroken) days to come, a decision before its offer, without its day, or a day without it.
    """
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    offer_in_order(
        offered_on=entry.offered_on,
        decided_on=entry.decided_on,
        is_decided=entry.is_taken is not None,
        today=clock.today(),
    )
    offer = latest_offer(programme=programme)
    if offer is None or offer.is_taken is not None:
        offer = ArchiveOffer(programme=programme)
    offer.offered_on, offer.decided_on = entry.offered_on, entry.decided_on
    offer.is_taken, offer.note, offer.recorded_by = entry.is_taken, entry.note.strip(), by
    offer.save()
    said = f"Förderakte am {offer.offered_on:%d.%m.%Y} dem Landesarchiv angeboten"
    if offer.decided_on:
        said += f", am {offer.decided_on:%d.%m.%Y} entschieden: {SAID[offer.is_taken]}"
    audit.record(by=by, verb="funding.offered", subject=offer, sentence=f"{said}.")
    return offer


@transaction.atomic
def erase(*, programme: Programme, by: User) -> dict[str, int]:
    """Delete the file of the funding with all its papers; returns what went, by its German name.

    Sources, numbers of the rules, offers to the archive and the logbook stay. Refuses (RuleBroken)
    by F33, while findings of audits are open, an empty file, and the person who recorded the
    decision of the archive: nobody destroys a file alone. The release names both; the database
    deletes nothing without it.
    """
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    file = funding_archive(programme=programme)
    refuse([file.finding], confirmed=False)
    if file.open_findings:
        raise RuleBroken("Es gibt noch offene Feststellungen. Bitte schließen Sie diese zuerst ab.")
    if file.is_empty:
        raise RuleBroken("Die Förderakte ist leer. Es gibt nichts zu löschen.")
    deleted = {label: number for label, number in file.parts if number}
    release = _release(programme, file.offer, by)
    with audit.erasing(reason=REASON):
        _delete_files(programme)
        _delete_rows(programme)
    release.closed_at = clock.now()
    release.save(update_fields=["closed_at"])
    deletions.confirm(
        programme=programme, subject=REASON, deleted=deleted, held={"Protokoll": LOG_STAYS}
    )
    audit.record(
        by=by,
        verb="funding.erased",
        subject=programme,
        sentence=f"{REASON} gelöscht; Belege: {deleted.get('Belege', 0)}.",
    )
    return deleted


def _release(programme: Programme, offer: ArchiveOffer | None, by: User) -> FundingRelease:
    """Open the file: one person has recorded what the archive decided, another one deletes."""
    if offer is None or offer.recorded_by_id == by.pk:
        raise RuleBroken(
            "Die Entscheidung des Archivs haben Sie selbst eingetragen. Löschen muss eine andere "
            "Person."
        )
    return FundingRelease.objects.create(
        programme=programme, offer=offer, released_by=offer.recorded_by, erased_by=by
    )


def _delete_rows(programme: Programme) -> None:
    """Delete what points to others before what it points to."""
    for model in (AuditFinding, AuditSample, SiteCheck, PeriodLock, DeadlineReminder):
        model.objects.filter(programme=programme).delete()
    ProofCheck.objects.filter(proof__programme=programme).delete()
    ProofFile.objects.filter(proof__programme=programme).delete()
    for proof in ProofOfUse.objects.filter(programme=programme).order_by("-version"):
        proof.delete()
    Drawdown.objects.filter(programme=programme).delete()
    Asset.objects.filter(voucher__programme=programme).delete()
    _delete_vouchers(programme)
    for plan in FinancingPlan.objects.filter(programme=programme).order_by("-version"):
        plan.delete()
    Contract.objects.filter(programme=programme).delete()
    GrantNotice.objects.filter(source__programme=programme).delete()
    FundingDocument.objects.filter(programme=programme).delete()


def _delete_vouchers(programme: Programme) -> None:
    """Delete the vouchers no other one corrects or replaces, until none is left."""
    rows = Voucher.objects.filter(programme=programme)
    while rows.exists():
        free = rows.filter(corrections__isnull=True, replacements__isnull=True)
        Voucher.objects.filter(pk__in=list(free.values_list("pk", flat=True))).delete()


def _delete_files(programme: Programme) -> None:
    """Delete the contents once it is certain that no row points to them any more."""
    for stored in _files(programme):
        storage, name = stored.storage, stored.name or ""
        transaction.on_commit(partial(storage.delete, name), robust=True)


def _files(programme: Programme) -> Iterator[FieldFile]:
    for row in VoucherFile.objects.filter(voucher__programme=programme):
        yield row.file
    for kept in ProofFile.objects.filter(proof__programme=programme):
        yield kept.file
    for paper in FundingDocument.objects.filter(programme=programme):
        yield paper.file
