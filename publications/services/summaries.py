"""Summaries in three languages: written by one person, signed off by another."""

from dataclasses import dataclass

from django.db import transaction

from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import User
from publications.enums import Variant
from publications.models import Publication, Summary
from publications.queries import summaries as queries


class SummaryClash(RuleBroken):
    """Somebody else saved the summary after it was opened; `current` is what stands now."""

    def __init__(self, current: Summary) -> None:
        super().__init__(
            "Jemand anderes hat diese Zusammenfassung geändert, während Sie daran schrieben. Es "
            "wurde nichts überschrieben. Bitte vergleichen Sie beide Fassungen und speichern Sie "
            "dann noch einmal."
        )
        self.current = current


@dataclass(frozen=True)
class SummaryDraft:
    """What somebody wrote; `is_compared` says that it was held against its source today."""

    title: str
    body: str
    reviewers: str = ""
    is_compared: bool = False


@transaction.atomic
def write(
    *, publication: Publication, variant: Variant, draft: SummaryDraft, seen: int, by: User
) -> Summary:
    """Save a summary; the public goes on reading what was signed off.

    Refuses overwriting what somebody else saved since version `seen` (SummaryClash), 0 for a new
    one.
    """
    locked = Publication.objects.select_for_update().get(pk=publication.pk)
    found = locked.summaries.filter(variant=variant).first()
    if (found.version if found else 0) != seen:
        raise SummaryClash(found or Summary(publication=locked, variant=variant, version=0))
    summary = found or Summary(publication=locked, variant=variant)
    summary.title, summary.body = draft.title, draft.body
    summary.reviewers = draft.reviewers
    if found is None or draft.is_compared:
        summary.based_on = queries.source_of(publication=locked, variant=variant)
    summary.version, summary.edited_at, summary.edited_by = seen + 1, clock.now(), by
    summary.save()
    audit.record(
        by=by,
        verb="summary.written",
        subject=summary,
        sentence=f"Die Zusammenfassung „{summary}“ wurde geschrieben (Fassung {summary.version}).",
    )
    return summary


@transaction.atomic
def sign_off(*, summary: Summary, seen: int, by: User) -> Summary:
    """Make the written text public.

    Refuses the person who wrote it last, a text that changed since version `seen`, and one whose
    source has changed since it was compared.
    """
    row = Summary.objects.select_for_update(of=("self",)).get(pk=summary.pk)
    if row.version != seen:
        raise RuleBroken(
            "Der Text wurde geändert, nachdem Sie ihn geöffnet haben. Bitte lesen Sie die neue "
            "Fassung."
        )
    if row.edited_by_id == by.pk:
        raise RuleBroken(
            "Sie haben diesen Text zuletzt bearbeitet. Bitte lassen Sie ihn von einer anderen "
            "Person freigeben."
        )
    variant = Variant(row.variant)
    source = queries.source_of(publication=row.publication, variant=variant)
    if variant != Variant.GERMAN and not source:
        raise RuleBroken("Bitte geben Sie zuerst die deutsche Zusammenfassung frei.")
    if row.based_on != source:
        raise RuleBroken(
            "Die Vorlage dieses Textes hat sich geändert. Bitte gleichen Sie ihn ab und bestätigen "
            "Sie das beim Speichern."
        )
    row.public_title, row.public_body = row.title, row.body
    row.public_reviewers, row.public_based_on = row.reviewers, row.based_on
    row.signed_at, row.signed_by = clock.now(), by
    row.save()
    audit.record(
        by=by,
        verb="summary.signed_off",
        subject=row,
        sentence=f"Die Zusammenfassung „{row}“ wurde freigegeben (Fassung {row.version}).",
    )
    return row
