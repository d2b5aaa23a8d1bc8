"""The order desk: orders packed together, printed as one PDF, sent together."""

from collections.abc import Sequence
from secrets import token_hex

from django.db import transaction
from django.urls import reverse

from programme import audit, clock, documents, jobs
from programme.errors import RuleBroken
from programme.models import Printout, Programme, User
from programme.services import printouts
from publications.enums import LabelSheet, OrderStatus
from publications.exports import packing as exports
from publications.models import Order, PackedOrder, PackingBatch
from publications.queries import packing as queries
from publications.queries.errata import errata_for_parcel
from publications.rules.labels import SHEETS
from publications.services import dispatch
from publications.services.order_letters import log

MOST_ORDERS = 100


@transaction.atomic
def pack_and_print(
    *, orders: Sequence[int], sheet: LabelSheet, first_label: int = 1, by: User
) -> PackingBatch:
    """Pack confirmed orders (by primary key) as one batch and ask the worker for its PDF.

    Orders somebody else packed meanwhile, and those that are held or cancelled, are left out.
    Raises RuleBroken if none is left, for more than 100, or for a label the sheet does not have.
    """
    most = SHEETS[sheet].labels
    if not 1 <= first_label <= most:
        raise RuleBroken(
            f"Dieser Bogen hat {most} Etiketten. Bitte geben Sie eine Zahl von 1 bis {most} an.",
            field="first_label",
        )
    if len(orders) > MOST_ORDERS:
        raise RuleBroken(f"Bitte wählen Sie höchstens {MOST_ORDERS} Bestellungen auf einmal.")
    packed = dispatch.pack(orders=orders, by=by)
    if not packed:
        raise RuleBroken(
            "Keine der ausgewählten Bestellungen wartet noch aufs Packen. Vielleicht hat jemand "
            "anderes sie gerade gepackt."
        )
    batch = _create(packed, sheet, first_label, by)
    _ask(batch, by)
    sentence = f"Packliste {batch.number} mit {len(packed)} Bestellungen angelegt."
    audit.record(by=by, verb="packing.printed", subject=batch, sentence=sentence)
    return batch


@transaction.atomic
def print_again(*, batch: PackingBatch, by: User) -> PackingBatch:
    """Ask for the PDF of an open batch once more; the same batch gives the same file.

    While it is being made nothing happens. Raises RuleBroken for a batch that is closed.
    """
    batch = _open(batch)
    known = Printout.objects.filter(pk=batch.printout_key).first() if batch.printout_key else None
    if known is None or not queries.is_on_its_way(known):
        _ask(batch, by)
    return batch


@transaction.atomic
def mark_batch_sent(*, batch: PackingBatch, by: User) -> list[Order]:
    """Send all orders of a batch: their copies leave the shelf, the orderers get their mails.

    Orders that were held or cancelled meanwhile are left out. Sent already: nothing happens.
    Raises RuleBroken for a batch that was dissolved, whose orders wait again, and if the shelf
    holds fewer copies than are to be sent.
    """
    batch = PackingBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.closed_at is not None:
        if not batch.entries.filter(left_at__isnull=True).exists():
            raise RuleBroken(
                f"Aus Packliste {batch.number} ist nichts mehr zu versenden, zum Beispiel weil sie "
                "inzwischen aufgelöst wurde. Es wurde nichts als versandt gemeldet."
            )
        return []
    packed = list(
        batch.entries.filter(left_at__isnull=True, order__status=OrderStatus.PACKED).values_list(
            "order_id", flat=True
        )
    )
    sent = dispatch.mark_sent(orders=packed, by=by)
    _release(batch, keep=[order.pk for order in sent])
    batch.closed_at = clock.now()
    batch.save(update_fields=["closed_at"])
    sentence = f"Packliste {batch.number}: {len(sent)} Bestellungen versandt."
    audit.record(by=by, verb="packing.sent", subject=batch, sentence=sentence)
    return sent


@transaction.atomic
def dissolve(*, batch: PackingBatch, by: User) -> PackingBatch:
    """Put all orders of an open batch back among those that wait; nothing was sent.

    Raises RuleBroken for a batch that is closed.
    """
    batch = _open(batch)
    waiting = PackedOrder.objects.filter(batch=batch, left_at__isnull=True)
    rows = Order.objects.select_for_update().filter(
        pk__in=waiting.values("order"), status=OrderStatus.PACKED
    )
    for order in rows.order_by("pk"):
        order.status, order.packed_at, order.packed_by = OrderStatus.CONFIRMED, None, None
        order.save(update_fields=["status", "packed_at", "packed_by"])
        log(order=order, verb="order.unpacked", what="ist wieder zu packen", by=by)
    _release(batch, keep=[])
    batch.closed_at = clock.now()
    batch.save(update_fields=["closed_at"])
    sentence = f"Packliste {batch.number} aufgelöst."
    audit.record(by=by, verb="packing.dissolved", subject=batch, sentence=sentence)
    return batch


@jobs.job(lane=jobs.DOCUMENTS)
def make_packing(*, printout: str, batch_id: int) -> None:
    """Set list, slips and labels of a batch; may be repeated.

    An order that is no longer packed is left out, its label stays empty, so that the others lie
    where they lay.
    """
    with printouts.making(pk=printout):
        batch = PackingBatch.objects.get(pk=batch_id)
        entries = queries.entries_to_print(batch=batch)
        titles = {item.publication_id for entry in entries for item in entry.order.items.all()}
        corrections = list(errata_for_parcel(publications=titles))
        programme = Programme.objects.select_related("legal_notice").get(is_current=True)
        document = documents.render_pdf(
            template="pdf/publications/packing.html",
            context=exports.packing(
                batch=batch,
                entries=entries,
                programme=programme,
                publisher=getattr(programme, "legal_notice", None),
                corrections=corrections,
            ),
            dated=batch.printed_at,
            identifier=exports.identity(batch=batch, entries=entries, corrections=corrections),
        )
        printouts.finish_with(pk=printout, content=document.content, pages=document.pages)


def _create(packed: Sequence[Order], sheet: LabelSheet, first_label: int, by: User) -> PackingBatch:
    # An order that was held and released again, or taken back, leaves its earlier batch now.
    earlier = PackedOrder.objects.filter(order__in=packed, left_at__isnull=True)
    earlier.update(left_at=clock.now())
    key = token_hex(8)
    batch = PackingBatch.objects.create(
        number=key, sheet=sheet, first_label=first_label, printed_by=by
    )
    batch.number = f"P-{batch.pk:06d}"
    batch.save(update_fields=["number"])
    in_order = sorted(packed, key=lambda order: (order.received_at, order.pk))
    PackedOrder.objects.bulk_create(
        PackedOrder(batch=batch, order=order, position=position)
        for position, order in enumerate(in_order, 1)
    )
    return batch


def _ask(batch: PackingBatch, by: User) -> None:
    printout = printouts.ask(
        title=f"Packliste {batch.number}",
        download_name=f"packliste-{batch.number.lower()}.pdf",
        back_url=reverse("publications:orders"),
        by=by,
    )
    batch.printout_key = printout.pk
    batch.save(update_fields=["printout_key"])
    make_packing.enqueue(printout=str(printout.pk), batch_id=batch.pk)


def _open(batch: PackingBatch) -> PackingBatch:
    batch = PackingBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.closed_at is not None:
        raise RuleBroken("Diese Packliste ist schon abgeschlossen.")
    return batch


def _release(batch: PackingBatch, keep: Sequence[int]) -> None:
    rows = batch.entries.filter(left_at__isnull=True).exclude(order__in=keep)
    rows.update(left_at=clock.now())
