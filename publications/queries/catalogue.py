"""What the public reads about publications."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from programme.models import Programme
from publications.models import Edition, Publication
from publications.queries.editions import Offer, offers
from publications.queries.orders import reserved_copies
from publications.rules.orders import available


@dataclass(frozen=True)
class CatalogueEntry:
    """A title with its published editions, the newest first."""

    publication: Publication
    editions: tuple[Edition, ...]

    @property
    def newest(self) -> Edition | None:
        return self.editions[0] if self.editions else None


@dataclass(frozen=True)
class PublicationPage:
    """Everything the page of one title shows; `free` printed copies can be ordered."""

    publication: Publication
    editions: tuple[Edition, ...]
    free: int

    @property
    def newest(self) -> Edition | None:
        return self.editions[0] if self.editions else None

    @property
    def offers(self) -> list[Offer]:
        """The forms of the newest edition."""
        return offers(self.newest, self.newest.files.all()) if self.newest else []

    @property
    def can_be_ordered(self) -> bool:
        return self.publication.is_orderable and self.free > 0


def catalogue(*, programme: Programme) -> list[CatalogueEntry]:
    """Return all titles of the programme; two queries."""
    rows = (
        Publication.objects.filter(programme=programme)
        .select_related("programme")
        .prefetch_related(Prefetch("editions", _published(), to_attr="public_editions"))
    )
    return [CatalogueEntry(row, tuple(row.public_editions)) for row in rows]


def publication_page(*, slug: str) -> PublicationPage:
    """Return the page of one title; four queries; Http404 if there is none."""
    publication = get_object_or_404(Publication.objects.select_related("programme"), slug=slug)
    reserved = reserved_copies(publication=publication)
    return PublicationPage(
        publication=publication,
        editions=tuple(_published().filter(publication=publication).prefetch_related("files")),
        free=available(stock=publication.stock, reserved=reserved),
    )


def _published() -> "QuerySet[Edition]":
    """Leave the frozen data out: it is large and the catalogue does not show it."""
    return Edition.objects.published().defer("snapshot")
