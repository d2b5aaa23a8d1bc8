"""What every step of an order leaves behind: its letters and a line in the logbook."""

from django.db import transaction

from programme import audit
from programme.models import OutgoingMail, User
from publications.models import Order, OrderLetter


@transaction.atomic(savepoint=False)
def remember(*, order: Order, mail: OutgoingMail) -> None:
    """Note that this mail belongs to the order: it is watched with it and deleted with it."""
    OrderLetter.objects.create(order=order, letter=mail.letter, message_id=mail.message_id)


@transaction.atomic(savepoint=False)
def log(*, order: Order, verb: str, what: str, by: User | None = None) -> None:
    """Write a step into the logbook; `what` is the rest of a German sentence, without names."""
    audit.record(by=by, verb=verb, subject=order, sentence=f"Bestellung {order.number} {what}.")
