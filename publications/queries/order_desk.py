"""One page of orders on the desk of the office, filtered and searched."""

from dataclasses import dataclass

from django.core.paginator import Page
from django.db.models import Count, Prefetch, Q, QuerySet

from programme.pages import CountedPaginator
from publications.enums import OrderStatus
from publications.models import Order, OrderItem
from publications.rules.label_signs import unprintable

MOST_WORDS = 5
SEARCHED = ("number", "full_name", "organisation", "city", "postcode", "email")
ON_LABEL = ("organisation", "full_name", "street", "city")


@dataclass(frozen=True)
class State:
    """How many orders are in a state."""

    value: str
    label: str
    amount: int


@dataclass(frozen=True)
class Desk:
    """Orders of one state (all if empty) with these words, and the states to choose from."""

    page: Page[Order]
    states: tuple[State, ...]
    amount: int
    status: str
    words: str

    def amount_of(self, status: str) -> int:
        """Return how many orders are in a state."""
        return next((state.amount for state in self.states if state.value == status), 0)

    @property
    def held(self) -> int:
        """Return how many orders wait for a decision."""
        return self.amount_of(OrderStatus.HELD)

    @property
    def is_to_pack(self) -> bool:
        """Say whether the page lists orders that wait to be packed."""
        return self.status == OrderStatus.CONFIRMED and bool(self.page.object_list)

    @property
    def unprintable(self) -> list[tuple[str, str]]:
        """Return number and signs of the listed orders whose address the labels cannot print."""
        if not self.is_to_pack:
            return []
        orders = self.page.object_list
        found = [
            (order.number, unprintable([getattr(order, column) for column in ON_LABEL]))
            for order in orders
        ]
        return [(number, signs) for number, signs in found if signs]


def desk(*, status: str, words: str, number: str) -> Desk:
    """Return one page of orders with their items; an unknown state means all; three queries.

    Each of the words must be in number, name, office, town, postcode or e-mail address. What
    waits to be packed comes oldest first, everything else newest first.
    """
    words = " ".join(words.replace("\x00", "").split())[:80]
    rows = _searched(words)
    counted = dict(rows.order_by().values_list("status").annotate(Count("pk")))
    states = tuple(
        State(state.value, str(state.label), counted.get(state.value, 0)) for state in OrderStatus
    )
    status = status if status in OrderStatus.values else ""
    if status:
        rows = rows.filter(status=status)
    if status == OrderStatus.CONFIRMED:
        rows = rows.order_by("received_at", "pk")
    amount = counted.get(status, 0) if status else sum(counted.values())
    items = OrderItem.objects.select_related("publication")
    listed = rows.prefetch_related(Prefetch("items", items))
    page = CountedPaginator(listed, known_count=amount).get_page(number)
    return Desk(page, states, sum(counted.values()), status, words)


def _searched(words: str) -> QuerySet[Order]:
    rows = Order.objects.all()
    for word in words.split()[:MOST_WORDS]:
        wanted = Q()
        for column in SEARCHED:
            wanted |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(wanted)
    return rows
