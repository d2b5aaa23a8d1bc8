"""Corrections of editions: for readers, the feed, the slip in the parcel and the mails."""

from collections.abc import Iterable, Iterator

from django.db.models import Max, Q, QuerySet, Subquery

from programme.models import Programme
from publications.enums import EditionStatus, OrderStatus, StockMovementKind
from publications.models import Edition, Erratum, Order, Publication, StockMovement

WITH_PAPER = (OrderStatus.CONFIRMED, OrderStatus.PACKED, OrderStatus.SENT)


def errata_of(*, edition: Edition) -> QuerySet[Erratum]:
    """Return the corrections of an edition that hold, in the order they were entered."""
    return Erratum.objects.filter(edition=edition, withdrawn_at__isnull=True).order_by("number")


def all_errata_of(*, edition: Edition) -> QuerySet[Erratum]:
    """Return the corrections of an edition with those that were withdrawn, for the team."""
    return Erratum.objects.filter(edition=edition).select_related("noted_by").order_by("number")


def known_errata(*, publication: Publication) -> QuerySet[Erratum]:
    """Return the corrections of all editions of a title that hold, without the frozen data."""
    rows = Erratum.objects.filter(edition__publication=publication, withdrawn_at__isnull=True)
    found = rows.select_related("edition__publication").defer("edition__snapshot")
    return found.order_by("edition__number", "number")


def latest_errata(*, programme: Programme, most: int) -> QuerySet[Erratum]:
    """Return the newest corrections of all titles, for the feed; without the frozen data."""
    rows = Erratum.objects.filter(
        edition__publication__programme=programme, withdrawn_at__isnull=True
    )
    found = rows.select_related("edition__publication").defer("edition__snapshot")
    return found.order_by("-noted_at", "-pk")[:most]


def errata_before(*, publication: Publication, number: int) -> QuerySet[Erratum]:
    """Return the corrections of the edition before `number`; they go into the next as a page."""
    earlier = publication.editions.filter(number__lt=number, status=EditionStatus.PUBLISHED)
    last = earlier.order_by("-number").values("pk")[:1]
    rows = Erratum.objects.filter(edition=Subquery(last), withdrawn_at__isnull=True)
    return rows.select_related("edition").defer("edition__snapshot").order_by("number")


def errata_for_parcel(*, publications: Iterable[int]) -> QuerySet[Erratum]:
    """Return what the slip in a parcel has to tell: corrections of what its paper may be.

    `publications` are keys of titles. The printed copies are those of the newest published
    edition, and of the ones before it as far back as the last reprint that arrived.
    """
    wanted = Q(pk__in=[])
    for publication, number in _on_the_shelf(list(publications)):
        wanted |= Q(edition__publication=publication, edition__number=number)
    rows = Erratum.objects.filter(wanted, withdrawn_at__isnull=True)
    found = rows.select_related("edition__publication").defer("edition__snapshot")
    return found.order_by("edition__publication__title", "-edition__number", "number")


def _on_the_shelf(publications: list[int]) -> Iterator[tuple[int, int]]:
    """Return title and number of each edition whose paper may still lie there; two queries."""
    reprints = StockMovement.objects.filter(
        publication__in=publications, kind=StockMovementKind.ARRIVED
    )
    arrived = dict(reprints.order_by().values_list("publication").annotate(Max("at")))
    editions = Edition.objects.published().filter(publication__in=publications)
    newest_first = editions.order_by("publication", "-number")
    replaced: set[int] = set()
    for row in newest_first.values_list("publication", "number", "published_at"):
        publication, number, published_at = row
        if publication in replaced:
            continue
        yield publication, number
        last = arrived.get(publication)
        if last and published_at and last >= published_at:
            replaced.add(publication)


def orders_to_tell(*, erratum: Erratum) -> QuerySet[Order]:
    """Return orders of this title whose people agreed to be told and were not told yet.

    Orders still to be packed are among them: their paper gets the slip, the person the mail.
    """
    return (
        Order.objects.filter(
            items__publication=erratum.edition.publication_id,
            wants_corrections=True,
            status__in=WITH_PAPER,
            anonymised_at__isnull=True,
        )
        .exclude(letters__letter=letter_name(erratum))
        .order_by("pk")
    )


def letter_name(erratum: Erratum) -> str:
    """Return under which name an order remembers the mail about this correction."""
    return f"erratum:{erratum.pk}"
