"""An order and its link."""

from django.urls import reverse

from programme import tokens
from tests.factories.publications import OrderFactory, OrderItemFactory


def order_of(publication, **columns):
    order = OrderFactory(**columns)
    OrderItemFactory(order=order, publication=publication, copies=2)
    return order


def link(order):
    token = tokens.token("order", order.token_seed)
    return reverse("publications:order_status", args=[token])
