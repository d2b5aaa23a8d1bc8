"""Batches of orders on the desk of the office."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Prefetch, Q, Subquery

from programme.enums import PrintoutStatus
from programme.models import Printout
from programme.queries.printouts import is_late
from publications.enums import OrderStatus
from publications.models import OrderItem, PackedOrder, PackingBatch

PRINTED = (OrderStatus.PACKED, OrderStatus.SENT)
MOST_SHOWN = 10


@dataclass(frozen=True)
class OpenBatch:
    """A batch that is not sent yet; `pages` is known when its PDF is ready."""

    batch: PackingBatch
    orders: int
    left: int
    pages: int | None
    is_ready: bool
    is_waiting: bool
    error: str


def open_batches() -> list[OpenBatch]:
    """Return batches that are printed but not sent, the oldest first; one query."""
    packed = Q(entries__left_at__isnull=True, entries__order__status=OrderStatus.PACKED)
    made = Printout.objects.filter(pk=OuterRef("printout_key"))
    rows = (
        PackingBatch.objects.filter(closed_at__isnull=True)
        .select_related("printed_by")
        .annotate(
            packed=Count("entries", filter=packed),
            printed=Count("entries"),
            printout_status=Subquery(made.values("status")),
            printout_pages=Subquery(made.values("pages")),
            printout_error=Subquery(made.values("error")),
            printout_at=Subquery(made.values("requested_at")),
        )
        .order_by("pk")[:MOST_SHOWN]
    )
    return [_shown(row) for row in rows]


def _shown(row: PackingBatch) -> OpenBatch:
    status = getattr(row, "printout_status", None) or PrintoutStatus.FAILED
    asked_at = getattr(row, "printout_at", None)
    packed, printed = getattr(row, "packed", 0), getattr(row, "printed", 0)
    late = asked_at is not None and is_late(Printout(requested_at=asked_at, status=status))
    return OpenBatch(
        batch=row,
        orders=packed,
        left=printed - packed,
        pages=getattr(row, "printout_pages", None),
        is_ready=status == PrintoutStatus.READY,
        is_waiting=status == PrintoutStatus.WAITING and not late,
        error=getattr(row, "printout_error", None) or "",
    )


def is_on_its_way(printout: Printout) -> bool:
    """Say whether a printout is being made or lies ready."""
    waits = printout.status == PrintoutStatus.WAITING and not is_late(printout)
    return waits or printout.status == PrintoutStatus.READY


def printout_of(*, batch: PackingBatch) -> Printout | None:
    """Return the PDF of a batch, or None if it was deleted or never asked for."""
    if batch.printout_key is None:
        return None
    return Printout.objects.filter(pk=batch.printout_key).first()


def entries_to_print(*, batch: PackingBatch) -> list[PackedOrder]:
    """Return all orders of a batch in their order, with items and titles; three queries.

    An order that is no longer packed or sent counts as one that left.
    """
    items = OrderItem.objects.select_related("publication")
    rows = batch.entries.select_related("order").prefetch_related(Prefetch("order__items", items))
    entries = list(rows)
    for entry in entries:
        if entry.left_at is None and entry.order.status not in PRINTED:
            entry.left_at = entry.order.held_at or entry.order.cancelled_at or batch.printed_at
    return entries
