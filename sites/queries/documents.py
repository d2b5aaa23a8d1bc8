"""Documents of a site as each reader may see them, and how long they are kept."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from programme import clock
from programme.enums import ParameterKey
from programme.models import Programme, RuleParameter
from programme.queries.packed import packed, unpacked
from sites.enums import DocumentAudience, DocumentKind, Retention
from sites.models import DocumentVersion, Site, SiteDocument
from sites.rules.documents import RELEASED, ProofPeriod, keep_until, readable_by

VERSIONS = Prefetch(
    "versions", DocumentVersion.objects.select_related("by").order_by("-number"), to_attr="listed"
)
DOCUMENT = ("id", "kind", "title", "description", "audience")
VERSION = ("id", "document_id", "number", "name", "size_bytes", "added_at")


@dataclass(frozen=True)
class ReleasedDocument:
    """A document others may read, with its newest version."""

    document: SiteDocument
    version: DocumentVersion


def periods(*, programme: Programme) -> list[ProofPeriod]:
    """Return what each funding source says about proof and retention today; one query."""
    day = clock.today()
    rows = RuleParameter.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        source__programme=programme,
        key__in=[ParameterKey.FINAL_PROOF_MONTHS, ParameterKey.RETENTION_YEARS],
        valid_from__lte=day,
    )
    found: dict[int, dict[str, int]] = {}
    for row in rows.order_by("valid_from"):
        found.setdefault(row.source_id, {})[row.key] = int(row.value)
    return [
        ProofPeriod(
            numbers.get(ParameterKey.FINAL_PROOF_MONTHS, 0), numbers[ParameterKey.RETENTION_YEARS]
        )
        for numbers in found.values()
        if ParameterKey.RETENTION_YEARS in numbers
    ]


def terms(*, programme: Programme) -> dict[str, str]:
    """Return the last day kept for each kind of retention, as a German day; one query."""
    known = periods(programme=programme)
    days = {
        kind: keep_until(retention=kind, ends_on=programme.ends_on, periods=known)
        for kind in Retention.values
    }
    return {kind: f"bis {day:%d.%m.%Y}" if day else "Frist offen" for kind, day in days.items()}


def of_site(
    *, site: Site, audience: DocumentAudience, kind: str = "", reader: str = ""
) -> QuerySet[SiteDocument]:
    """Return the documents of a site this audience may read, with what `newest` tells."""
    rows = site.documents.filter(audience__in=readable_by(audience)).annotate(**newest())
    if kind:
        rows = rows.filter(kind=kind)
    if reader:
        rows = rows.filter(audience=reader)
    return rows.order_by("kind", "title", "pk")


def newest() -> dict[str, Subquery]:
    """Return number, day, size in bytes and name of a document's newest version, as columns."""
    versions = DocumentVersion.objects.filter(document=OuterRef("pk")).order_by("-number")
    columns = ("number", "added_at", "size_bytes", "name")
    return {f"newest_{column}": Subquery(versions.values(column)[:1]) for column in columns}


def one() -> QuerySet[SiteDocument]:
    """Return all documents to pick one from; the page's guard decides who reads it."""
    return SiteDocument.objects.select_related(
        "site__programme", "site__organisation", "archive_offer"
    )


def released(*, reads_network: bool) -> QuerySet[SiteDocument]:
    """Return what is out for the public, with what is out for the offices if they may read it.

    Nothing of a site that has only applied: nobody outside knows of it yet.
    """
    wanted = RELEASED if reads_network else {DocumentAudience.PUBLIC}
    sites = Site.objects.public().filter(programme__is_current=True)
    rows = SiteDocument.objects.filter(audience__in=wanted, site__in=sites)
    return rows.select_related("site").order_by("title", "pk")


def packed_of(site: OuterRef, *, audiences: Iterable[str]) -> dict[str, Subquery]:
    """Return the released documents of a site and their versions as two columns of another row."""
    chosen = list(audiences)
    documents = SiteDocument.objects.filter(site=site, audience__in=chosen)
    versions = DocumentVersion.objects.filter(document__site=site, document__audience__in=chosen)
    return {
        "packed_documents": packed(documents, by="site", columns=DOCUMENT),
        "packed_versions": packed(versions, by="document__site", columns=VERSION),
    }


def unpack(row: object, *, reads_network: bool = False) -> tuple[ReleasedDocument, ...]:
    """Return the documents `packed_of` put on a row, templates first, then by title.

    Without `reads_network` only those for everybody.
    """
    columns = vars(row)
    newest: dict[int, DocumentVersion] = {}
    for version in unpacked(DocumentVersion, columns["packed_versions"]):
        known = newest.get(version.document_id)
        if known is None or version.number > known.number:
            newest[version.document_id] = version
    documents = unpacked(SiteDocument, columns["packed_documents"])
    found = [
        ReleasedDocument(document, newest[document.pk])
        for document in documents
        if document.pk in newest and (reads_network or document.is_public)
    ]
    return tuple(sorted(found, key=_templates_first))


def _templates_first(row: ReleasedDocument) -> tuple[bool, str, int]:
    document = row.document
    return document.kind != DocumentKind.TEMPLATE, document.title, document.pk
