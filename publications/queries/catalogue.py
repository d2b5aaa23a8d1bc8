"""What the public reads about publications."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import Http404

from programme.models import Programme
from publications.models import Edition, Erratum, OrderRule, Publication
from publications.queries.described import with_heads
from publications.queries.editions import Offer, offers
from publications.queries.orders import order_rules, reserved_by_title, reserved_sum
from publications.queries.summaries import public_variants
from publications.rules.orders import applying, available, in_words


@dataclass(frozen=True)
class CatalogueEntry:
    """A title with its published editions, the newest first; `free` copies can be ordered."""

    publication: Publication
    editions: tuple[Edition, ...]
    free: int

    @property
    def newest(self) -> Edition | None:
        return self.editions[0] if self.editions else None

    @property
    def printed(self) -> str:
        return in_words(is_orderable=self.publication.is_orderable, free=self.free)

    @property
    def can_be_ordered(self) -> bool:
        return self.publication.is_orderable and self.free > 0


@dataclass(frozen=True)
class PublicationPage:
    """Everything the page of one title shows; `free` printed copies can be ordered."""

    publication: Publication
    editions: tuple[Edition, ...]
    free: int
    rules: tuple[OrderRule, ...]

    @property
    def newest(self) -> Edition | None:
        return self.editions[0] if self.editions else None

    @property
    def offers(self) -> list[Offer]:
        """The forms of the newest edition."""
        return offers(self.newest, self.newest.files.all()) if self.newest else []

    @property
    def printed(self) -> str:
        return in_words(is_orderable=self.publication.is_orderable, free=self.free)

    @property
    def can_be_ordered(self) -> bool:
        return self.publication.is_orderable and self.free > 0


@dataclass(frozen=True)
class Counter:
    """What can be ordered now: titles with free copies, those without, the rules for all."""

    programme: Programme
    titles: tuple[Publication, ...]
    sold_out: tuple[Publication, ...]
    rules: tuple[OrderRule, ...]


def counter(*, programme: Programme) -> Counter:
    """Return what the order form offers; three queries."""
    orderable = list(
        Publication.objects.filter(programme=programme, is_orderable=True).select_related(
            "programme"
        )
    )
    reserved = reserved_by_title(titles=[title.pk for title in orderable])
    sold_out = [title for title in orderable if title.stock <= reserved.get(title.pk, 0)]
    return Counter(
        programme=programme,
        titles=tuple(title for title in orderable if title not in sold_out),
        sold_out=tuple(sold_out),
        rules=tuple(order_rules(programme=programme.pk)),
    )


def orderable_titles(*, programme: Programme) -> list[Publication]:
    """Return the printed titles of a programme, those out of stock too; one query."""
    rows = Publication.objects.filter(programme=programme, is_orderable=True)
    return list(rows.select_related("programme"))


def catalogue(*, programme: Programme) -> list[CatalogueEntry]:
    """Return all titles of the programme; two queries."""
    rows = (
        Publication.objects.filter(programme=programme)
        .select_related("programme")
        .annotate(reserved=reserved_sum())
        .prefetch_related(Prefetch("editions", _published(), to_attr="public_editions"))
    )
    return [
        CatalogueEntry(
            publication=row,
            editions=tuple(row.public_editions),
            free=available(stock=row.stock, reserved=row.reserved),
        )
        for row in rows
    ]


def publication_page(*, slug: str) -> PublicationPage:
    """Return the page of one title; four queries; Http404 if there is none."""
    titles = Publication.objects.select_related("programme").annotate(
        reserved=reserved_sum(), **public_variants()
    )
    publication = titles.filter(slug=slug).first()
    if publication is None:
        raise Http404
    rules = order_rules(programme=publication.programme_id)
    return PublicationPage(
        publication=publication,
        editions=tuple(
            with_heads(_published().filter(publication=publication))
            .select_related("publication")
            .prefetch_related("files")
        ),
        free=available(stock=publication.stock, reserved=publication.reserved),
        rules=tuple(applying(rules, [publication.pk])),
    )


def _published() -> "QuerySet[Edition]":
    """Leave the frozen data out: it is large and the catalogue does not show it.

    `is_corrected` tells whether a mistake of the edition is known.
    """
    known = Erratum.objects.filter(edition=OuterRef("pk"), withdrawn_at__isnull=True)
    return Edition.objects.published().defer("snapshot").annotate(is_corrected=Exists(known))
