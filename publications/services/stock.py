"""The stock book of printed copies: each change is a line, their sum lies on the shelf."""

from django.db import transaction

from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import User
from programme.rules.numbers import grouped
from publications import emails
from publications.enums import StockMovementKind
from publications.models import Order, Publication, StockMovement
from publications.queries.orders import reserved_copies
from publications.rules.orders import available

SENTENCES = {
    StockMovementKind.ARRIVED: "{copies} Exemplare von „{title}“ sind eingetroffen.",
    StockMovementKind.RETURNED: "{copies} Exemplare von „{title}“ sind zurückgekommen.",
    StockMovementKind.LOST: "{copies} Exemplare von „{title}“ sind verloren oder beschädigt.",
}


@transaction.atomic
def count(*, publication: Publication, copies: int, by: User, note: str = "") -> Publication:
    """Write down how many copies were counted on the shelf.

    Raises RuleBroken if fewer were counted than are reserved by open orders.
    """
    publication = _locked(publication)
    _refuse_less_than_reserved(publication, copies)
    before = publication.stock
    _write(publication, StockMovementKind.COUNTED, copies - before, by=by, note=note)
    audit.record(
        by=by,
        verb="stock.counted",
        subject=publication,
        sentence=(
            f"Der Bestand von „{publication.title}“ wurde auf {grouped(copies)} Exemplare gesetzt."
        ),
        changes={"stock": [before, copies]},
    )
    watch(publication=publication)
    return publication


@transaction.atomic
def move(
    *, publication: Publication, kind: StockMovementKind, copies: int, by: User, note: str = ""
) -> Publication:
    """Write down that so many copies (at least 1) arrived, came back or were lost.

    Raises RuleBroken if a loss leaves fewer copies than open orders hold, or for another kind.
    """
    if kind not in SENTENCES or copies < 1:
        raise RuleBroken("Bitte wählen Sie Zugang oder Verlust und mindestens ein Exemplar.")
    publication = _locked(publication)
    signed = -copies if kind == StockMovementKind.LOST else copies
    if signed < 0:
        _refuse_less_than_reserved(publication, publication.stock + signed)
    before = publication.stock
    _write(publication, kind, signed, by=by, note=note)
    audit.record(
        by=by,
        verb=f"stock.{kind}",
        subject=publication,
        sentence=SENTENCES[kind].format(copies=grouped(copies), title=publication.title),
        changes={"stock": [before, publication.stock]},
    )
    watch(publication=publication)
    return publication


@transaction.atomic
def deliver(*, publication: Publication, copies: int, order: Order, by: User) -> None:
    """Take the copies of one order off the shelf; the title is locked by the caller.

    Raises RuleBroken if the shelf holds fewer.
    """
    if publication.stock < copies:
        raise RuleBroken(
            f"Von „{publication.title}“ sind nur noch {grouped(publication.stock)} Exemplare auf "
            f"Lager. Bestellung {order.number} kann nicht versandt werden."
        )
    _write(publication, StockMovementKind.DELIVERED, -copies, by=by, order=order)


@transaction.atomic(savepoint=False)
def watch(*, publication: Publication) -> None:
    """Write to the order mailbox once when free copies fall below the threshold for a reprint.

    The title is locked by the caller. Enough copies again: the next fall is told again.
    """
    if not publication.reprint_below:
        return
    reserved = reserved_copies(publication=publication)
    free = available(stock=publication.stock, reserved=reserved)
    is_low = free < publication.reprint_below
    if is_low == (publication.reprint_warned_at is not None):
        return
    publication.reprint_warned_at = clock.now() if is_low else None
    publication.save(update_fields=["reprint_warned_at"])
    if is_low:
        emails.reprint_due(publication, free=free)


def _locked(publication: Publication) -> Publication:
    return Publication.objects.select_for_update(no_key=True).get(pk=publication.pk)


def _refuse_less_than_reserved(publication: Publication, copies: int) -> None:
    reserved = reserved_copies(publication=publication)
    if copies < reserved:
        raise RuleBroken(
            f"Für offene Bestellungen sind {grouped(reserved)} Exemplare vorgemerkt. Der Bestand "
            "kann nicht kleiner sein. Bitte geben Sie zuerst Bestellungen in die Prüfung.",
            field="copies",
        )


def _write(
    publication: Publication,
    kind: StockMovementKind,
    copies: int,
    *,
    by: User,
    order: Order | None = None,
    note: str = "",
) -> None:
    publication.stock += copies
    publication.save(update_fields=["stock"])
    StockMovement.objects.create(
        publication=publication,
        kind=kind,
        copies=copies,
        balance=publication.stock,
        order=order,
        note=note,
        by=by,
    )
