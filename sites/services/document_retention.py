"""What the sites forget by themselves: documents past their last day, each time with a receipt."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q

from programme import clock, jobs
from programme.models import Programme
from programme.services import deletions
from sites.enums import ArchiveDecision, DocumentKind, Retention
from sites.models import ArchiveOffer, DocumentVersion, SiteDocument
from sites.queries import documents as queries
from sites.rules.documents import ARCHIVE, is_offered, keep_until

ONCE_A_DAY = 24 * 60 * 60


@jobs.job(every=ONCE_A_DAY)
@transaction.atomic
def forget_due() -> dict[str, int]:
    """Delete documents past their last day with all versions; return documents per programme.

    Last days are counted anew first, so an extended programme loses nothing. Records stay until
    the archive has decided; the receipt says how many. A job that was killed and runs again, or
    days late, ends the same; where nothing is left to delete, nothing is written.
    """
    counts = {}
    for programme in Programme.objects.order_by("pk"):
        _count_anew(programme)
        deleted = _forget(programme)
        if deleted:
            counts[programme.slug] = deleted["Unterlagen"]
            deletions.confirm(
                programme=programme,
                subject="Unterlagen der Standorte nach Ablauf der Aufbewahrung",
                deleted=deleted,
                held=_held(programme),
            )
    return counts


def _count_anew(programme: Programme) -> None:
    known = queries.periods(programme=programme)
    for kind in Retention.values:
        day = keep_until(retention=kind, ends_on=programme.ends_on, periods=known)
        rows = SiteDocument.objects.filter(site__programme=programme, retention=kind)
        stale = rows.exclude(keep_until=day) if day else rows.filter(keep_until__isnull=False)
        stale.update(keep_until=day)


def _forget(programme: Programme) -> dict[str, int]:
    going = [kind for kind in Retention.values if not is_offered(kind)]
    decided = ArchiveOffer.objects.exclude(decision=ArchiveDecision.OPEN).values("document")
    due = SiteDocument.objects.select_for_update(of=("self",)).filter(
        Q(retention__in=going) | Q(pk__in=decided),
        site__programme=programme,
        keep_until__lt=clock.today(),
    )
    documents = list(due.order_by("pk"))
    if not documents:
        return {}
    versions = list(DocumentVersion.objects.filter(document__in=documents))
    for version in versions:
        _delete_later(version)
    kinds = _by_kind(documents)
    SiteDocument.objects.filter(pk__in=[row.pk for row in documents]).delete()
    return {"Unterlagen": len(documents), "Fassungen mit Datei": len(versions)} | kinds


def _by_kind(documents: Iterable[SiteDocument]) -> dict[str, int]:
    kinds = [row.kind for row in documents]
    return {
        f"davon {kind.label}": kinds.count(kind.value)
        for kind in DocumentKind
        if kind.value in kinds
    }


def _held(programme: Programme) -> dict[str, str]:
    rows = SiteDocument.objects.filter(
        site__programme=programme, retention=Retention.RECORD, keep_until__lt=clock.today()
    )
    number = rows.count()
    return {f"Unterlagen der Akte ({number})": ARCHIVE} if number else {}


def _delete_later(version: DocumentVersion) -> None:
    """Delete the file once it is certain that no row points to it any more."""
    storage: Any = version.file.storage
    name = version.file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name), robust=True)
