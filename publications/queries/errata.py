"""Corrections of editions: for readers, the feed, the slip in the parcel and the mails."""

from collections.abc import Iterable

from django.db.models import Max, QuerySet, Subquery

from programme.models import Programme
from publications.enums import EditionStatus, OrderStatus
from publications.models import Edition, Erratum, Order, Publication

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
    """Return what the slip in a parcel has to tell: corrections of each title's newest edition.

    `publications` are keys; printed copies are those of the newest published edition.
    """
    newest = (
        Edition.objects.published()
        .filter(publication__in=list(publications))
        .order_by()
        .values("publication")
        .annotate(last=Max("number"))
        .values_list("publication", "last")
    )
    wanted = set(newest)
    rows = Erratum.objects.filter(
        edition__publication__in=[key for key, _ in wanted],
        edition__number__in=[number for _, number in wanted],
        withdrawn_at__isnull=True,
    )
    found = rows.select_related("edition__publication").defer("edition__snapshot")
    found = found.order_by("edition__publication__title", "number")
    keys = [row.pk for row in found if (row.edition.publication_id, row.edition.number) in wanted]
    return found.filter(pk__in=keys)


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
