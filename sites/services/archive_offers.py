"""Records on their way to the state archive: offered, then taken over or released."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import User
from programme.rules.archive import offer_in_order
from sites.enums import ArchiveDecision
from sites.models import ArchiveOffer, SiteDocument
from sites.rules.documents import is_offered


@dataclass(frozen=True)
class OfferDraft:
    """When a record was offered, what the archive decided and when."""

    offered_on: date
    decision: str
    decided_on: date | None
    note: str = ""


@transaction.atomic
def note(*, document: SiteDocument, draft: OfferDraft, by: User) -> ArchiveOffer:
    """Write down the offer of a record and the decision of the archive (F33).

    Once it is taken over or released, the record goes on the day after its last one. Refuses
    (RuleBroken) what is no record, a day to come, a decision before the offer, a decision without
    its day and a day without a decision.
    """
    rows = SiteDocument.objects.select_for_update(of=("self",)).select_related("site")
    row = rows.get(pk=document.pk)
    if not is_offered(row.retention):
        raise RuleBroken(
            "Diese Unterlage gehört nicht zur Akte. Sie wird gelöscht, ohne angeboten zu werden."
        )
    offer_in_order(
        offered_on=draft.offered_on,
        decided_on=draft.decided_on,
        is_decided=draft.decision != ArchiveDecision.OPEN,
        today=clock.today(),
    )
    offer, _ = ArchiveOffer.objects.update_or_create(
        document=row,
        defaults={
            "offered_on": draft.offered_on,
            "decision": draft.decision,
            "decided_on": draft.decided_on,
            "note": draft.note.strip(),
            "by": by,
            "updated_at": clock.now(),
        },
    )
    said = f"am {draft.offered_on:%d.%m.%Y} dem Landesarchiv angeboten"
    if draft.decided_on:
        said += f", am {draft.decided_on:%d.%m.%Y} entschieden: {offer.get_decision_display()}"
    audit.record(
        by=by,
        verb="document.offered",
        subject=row,
        sentence=f"Standort {row.site.name}: Unterlage „{row.title}“ {said}.",
    )
    return offer
