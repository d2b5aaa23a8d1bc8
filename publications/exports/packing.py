"""What a batch of orders prints: packing list, slips, address labels; the data of its template."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from programme.models import LegalNotice, Programme
from publications.enums import LabelSheet
from publications.models import Erratum, Order, OrderItem, PackedOrder, PackingBatch
from publications.rules import labels

MOST_ON_SLIP = 4
MOST_SIGNS_ON_SLIP = 900


@dataclass(frozen=True)
class PickedTitle:
    """How many copies of a title are taken off the shelf for the batch."""

    title: str
    copies: int
    orders: int


@dataclass(frozen=True)
class Label:
    """One place on a sheet of labels; without lines it stays empty."""

    lines: tuple[str, ...] = ()
    size: int = labels.SIZES_PT[0]


@dataclass(frozen=True)
class Slip:
    """What lies in one parcel, and where the parcel goes."""

    position: int
    order: Order
    items: tuple[OrderItem, ...]
    copies: int
    address: Label
    corrections: tuple[Erratum, ...]

    @property
    def has_own_sheet(self) -> bool:
        """Say whether the corrections are too long for the slip and get a sheet of their own."""
        written = sum(len(row.passage) + len(row.correction) for row in self.corrections)
        return len(self.corrections) > MOST_ON_SLIP or written > MOST_SIGNS_ON_SLIP


def packing(
    *,
    batch: PackingBatch,
    entries: Sequence[PackedOrder],
    programme: Programme,
    publisher: LegalNotice | None,
    corrections: Sequence[Erratum] = (),
) -> dict[str, object]:
    """Return list, slips and labels of a batch; an order that left it leaves its label empty.

    `entries` are all orders of the batch in their order, with items and titles read;
    `corrections` go onto the slips of the titles they belong to.
    """
    slips = [_slip(entry, corrections) for entry in entries if entry.left_at is None]
    counted: Counter[str] = Counter()
    wanted_by: Counter[str] = Counter()
    for item in (item for slip in slips for item in slip.items):
        counted[item.publication.title] += item.copies
        wanted_by[item.publication.title] += 1
    return {
        "batch": batch,
        "slips": slips,
        "titles": [PickedTitle(name, counted[name], wanted_by[name]) for name in sorted(counted)],
        "copies": counted.total(),
        "sheets": sheets(batch=batch, entries=entries),
        "sheet_class": f"sheet--{LabelSheet(batch.sheet).name.lower().replace('_', '-')}",
        "programme": programme,
        "publisher": publisher,
    }


def sheets(*, batch: PackingBatch, entries: Sequence[PackedOrder]) -> list[list[list[Label]]]:
    """Return the sheets of labels row by row; places that were used up stay empty."""
    sheet = labels.SHEETS[LabelSheet(batch.sheet)]
    taken = labels.places(sheet=sheet, first=batch.first_label, amount=len(entries))
    waiting = iter(entries)
    drawn = []
    for places in taken:
        filled = {place: _label(next(waiting), sheet) for place in places}
        every = [filled.get(place, Label()) for place in range(1, sheet.labels + 1)]
        rows = range(0, sheet.labels, sheet.columns)
        drawn.append([every[first : first + sheet.columns] for first in rows])
    return drawn


def identity(
    *,
    batch: PackingBatch,
    entries: Sequence[PackedOrder],
    corrections: Sequence[Erratum] = (),
) -> str:
    """Return the checksum of what a batch prints: the same batch gives the same file."""
    parts = [batch.number, batch.sheet, str(batch.first_label)]
    parts += [f"correction {row.pk}" for row in corrections]
    for entry in entries:
        parts += [str(entry.position), str(entry.left_at), *address(entry.order)]
        parts += [f"{item.publication_id} {item.copies}" for item in entry.order.items.all()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def address(order: Order) -> tuple[str, ...]:
    """Return the lines of an address as the post reads them."""
    town = f"{order.postcode} {order.city}"
    lines = (order.organisation, order.full_name, order.street, town)
    return tuple(line for line in lines if line.strip())


def _slip(entry: PackedOrder, corrections: Sequence[Erratum]) -> Slip:
    items = tuple(entry.order.items.all())
    copies = sum(item.copies for item in items)
    titles = {item.publication_id for item in items}
    told = tuple(row for row in corrections if row.edition.publication_id in titles)
    return Slip(entry.position, entry.order, items, copies, _label(entry, labels.WINDOW), told)


def _label(entry: PackedOrder, sheet: labels.Sheet) -> Label:
    if entry.left_at is not None:
        return Label()
    lines = labels.fitting(address(entry.order), sheet)
    return Label(tuple(lines), labels.size(lines, sheet))
