"""Publications and editions as the pages need them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from publications.enums import DownloadFormat
from publications.models import Edition, EditionFile, Publication
from publications.rules.formats import FORMS


@dataclass(frozen=True)
class StoredFile:
    """A file of a published edition as it lies in the storage; `size` in bytes."""

    edition: int
    name: str
    sha256: str
    size: int


def publications_with_editions() -> QuerySet[Publication]:
    """Return all publications with their editions, the newest first; the data stays behind."""
    editions = Edition.objects.defer("snapshot").order_by("-number")
    return Publication.objects.order_by("title", "pk").prefetch_related(
        Prefetch("editions", queryset=editions)
    )


def with_newer(found: QuerySet[Edition]) -> QuerySet[Edition]:
    """Add `newest_number`, the number of the newest published edition of the same title."""
    of_title = Edition.objects.published().filter(publication=OuterRef("publication"))
    newest = of_title.order_by("-number").values("number")[:1]
    return found.annotate(newest_number=Subquery(newest))


def published_edition(slug: str, number: int) -> QuerySet[Edition]:
    """Return the one published edition of this address, or nothing."""
    return Edition.objects.published().filter(publication__slug=slug, number=number)


@dataclass(frozen=True)
class Offer:
    """A form in which an edition can be fetched, with what to know before the click."""

    format: DownloadFormat
    size: int
    pages: int
    access: str
    sha256: str

    @property
    def label(self) -> str:
        return str(self.format.label)


def offers(edition: Edition, files: Iterable[EditionFile]) -> list[Offer]:
    """Return the forms that are finished in the order of the house, the PDF first."""
    rows = {DownloadFormat(row.format): row for row in files if row.is_ready}
    found = {form: (row.bytes, row.pages, row.sha256) for form, row in rows.items()}
    if edition.pdf_bytes:
        found[DownloadFormat.PDF] = (edition.pdf_bytes, edition.pdf_pages, edition.pdf_sha256)
    return [
        Offer(form, size, pages, kind.access, digest)
        for form, kind in FORMS.items()
        if form in found
        for size, pages, digest in [found[form]]
    ]


def stored_file(slug: str, number: int, form: DownloadFormat) -> StoredFile:
    """Return the file of a published edition in this form; one query; Http404 without it."""
    if form == DownloadFormat.PDF:
        columns = ("pk", "pdf", "pdf_sha256", "pdf_bytes")
        editions = published_edition(slug, number).exclude(pdf="")
        return StoredFile(*get_object_or_404(editions.values_list(*columns)))
    columns = ("edition_id", "file", "sha256", "bytes")
    rows = EditionFile.objects.ready().filter(
        edition__publication__slug=slug, edition__number=number, format=form
    )
    return StoredFile(*get_object_or_404(rows.values_list(*columns)))


def files_of(edition: Edition) -> QuerySet[EditionFile]:
    """Return the further formats of an edition, finished or not."""
    return edition.files.order_by("pk")


def edition_before(edition: Edition) -> Edition | None:
    """Return the published edition before this one; one query."""
    earlier = Edition.objects.published().filter(
        publication=edition.publication_id, number__lt=edition.number
    )
    return earlier.first()
