"""What the office reads about orders that wait for a decision."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch

from publications.enums import OrderStatus
from publications.models import Order, OrderItem
from publications.queries.orders import reserved_by_title
from publications.rules.orders import available

MOST_SHOWN = 50


@dataclass(frozen=True)
class HeldItem:
    """A title of a held order and how many copies of it are free."""

    item: OrderItem
    free: int

    @property
    def proposed(self) -> int:
        """Return how many can go: all that were ordered, or what is free."""
        return min(self.item.copies, self.free)


@dataclass(frozen=True)
class HeldOrder:
    """An order that waits, with what helps to decide."""

    order: Order
    items: tuple[HeldItem, ...]
    others: int

    @property
    def is_short(self) -> bool:
        return any(held.item.copies > held.free for held in self.items)


def held_orders() -> list[HeldOrder]:
    """Return the orders in the hold queue, the longest waiting first, at most 50; four queries.

    `others` says how many more stored orders name the same address.
    """
    items = Prefetch("items", OrderItem.objects.select_related("publication"))
    rows = Order.objects.filter(status=OrderStatus.HELD).prefetch_related(items)
    waiting = list(rows.order_by("held_at", "pk")[:MOST_SHOWN])
    titles = {item.publication for order in waiting for item in order.items.all()}
    reserved = reserved_by_title(titles=[title.pk for title in titles])
    free = {
        title.pk: available(stock=title.stock, reserved=reserved.get(title.pk, 0))
        for title in titles
    }
    same = _orders_by_address(waiting)
    return [
        HeldOrder(
            order=order,
            items=tuple(HeldItem(row, free[row.publication_id]) for row in order.items.all()),
            others=max(same.get(order.address_key, 1) - 1, 0),
        )
        for order in waiting
    ]


def _orders_by_address(orders: list[Order]) -> dict[str, int]:
    keys = {order.address_key for order in orders if order.address_key}
    rows = Order.objects.filter(address_key__in=keys).order_by()
    return dict(rows.values_list("address_key").annotate(Count("pk")))
