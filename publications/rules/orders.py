"""What can be ordered, how long an order waits, how long its address is kept."""

from datetime import timedelta

from publications.enums import OrderStatus

CONFIRM_WITHIN = timedelta(days=7)
ANONYMISE_AFTER = timedelta(days=30)
MOST_OPEN_ORDERS = 3

# An order holds its copies from the moment it is received until it is sent or dropped.
RESERVING = (OrderStatus.RECEIVED, OrderStatus.CONFIRMED)


def available(*, stock: int, reserved: int) -> int:
    """Return how many printed copies nobody has asked for yet; never negative."""
    return max(stock - reserved, 0)


def refusal(*, copies: int, max_copies: int, free: int) -> str:
    """Say in German why that many copies cannot be ordered, or nothing if they can (R7)."""
    if copies < 1:
        return "Bitte bestellen Sie mindestens ein Exemplar."
    if copies > max_copies:
        return f"Je Bestellung sind höchstens {max_copies} Exemplare möglich."
    if free == 0:
        return "Zurzeit ist kein gedrucktes Exemplar mehr verfügbar. Die Ausgabe gibt es als PDF."
    if copies > free:
        return (
            f"Es sind nur noch {free} Exemplare verfügbar. Bitte wählen Sie eine kleinere Anzahl."
        )
    return ""
