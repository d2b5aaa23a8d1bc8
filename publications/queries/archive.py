"""What the archive of the publications holds; counts without anybody's name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, QuerySet, Sum
from django.db.models.functions import TruncMonth

from programme.enums import PrintoutStatus
from programme.models import Printout, Programme
from programme.queries.printouts import of_person
from publications.enums import OrderStatus
from publications.models import (
    Block,
    Chapter,
    DownloadCount,
    Edition,
    EditionFile,
    Erratum,
    OrderItem,
    Publication,
)


@dataclass(frozen=True)
class Package:
    """A packed file that lies ready for the person who asked for it; `size` in bytes."""

    printout: Printout
    size: int


def packages(*, user_id: int, asked_on: str, since: datetime) -> list[Package]:
    """Return what a person had packed since then and can fetch, the newest first; one query.

    `asked_on` is the path of the page it was asked on. A file that is gone is left out.
    """
    rows = of_person(user_id=user_id).filter(
        back_url=asked_on, status=PrintoutStatus.READY, requested_at__gte=since
    )
    there = [row for row in rows if row.file and row.file.storage.exists(row.file.name or "")]
    return [Package(row, row.file.size) for row in there]


def published_editions(*, programme: Programme) -> QuerySet[Edition]:
    """Return all published editions with their files (`ready_files`), oldest first.

    Their corrections come with them, also those that were withdrawn.
    """
    ready = EditionFile.objects.ready().order_by("format")
    noted = Erratum.objects.order_by("number")
    return (
        Edition.objects.published()
        .filter(publication__programme=programme)
        .select_related("publication")
        .prefetch_related(
            Prefetch("files", ready, to_attr="ready_files"), Prefetch("errata", noted)
        )
        .order_by("publication__slug", "number")
    )


def titles(*, programme: Programme) -> list[Publication]:
    """Return the titles with chapters, blocks and pictures in order; four queries."""
    blocks = Prefetch("blocks", Block.objects.select_related("picture").order_by("position"))
    chapters = Chapter.objects.order_by("position").prefetch_related(blocks)
    mine = Publication.objects.filter(programme=programme).order_by("slug")
    return list(mine.prefetch_related(Prefetch("chapters", chapters), "pictures"))


def ordered_by_month(*, programme: Programme) -> Iterator[tuple[str, str, int, int]]:
    """Yield title, month (MM.YYYY), number of orders and copies of what was sent."""
    sent = OrderItem.objects.filter(
        publication__programme=programme, order__sent_at__isnull=False
    ).exclude(order__status=OrderStatus.CANCELLED)
    rows: Any = (
        sent.annotate(month=TruncMonth("order__sent_at"))
        .order_by("publication__title", "month")
        .values_list("publication__title", "month")
        .annotate(Count("order", distinct=True), Sum("copies"))
    )
    for title, month, orders, copies in rows:
        yield title, f"{month:%m.%Y}", orders, copies


def downloads(*, programme: Programme) -> QuerySet[DownloadCount]:
    """Return the counts per day and format, oldest first, without the editions' frozen data."""
    rows = DownloadCount.objects.filter(edition__publication__programme=programme)
    found = rows.select_related("edition__publication").defer("edition__snapshot")
    return found.order_by("edition__publication__slug", "edition__number", "day", "format")
