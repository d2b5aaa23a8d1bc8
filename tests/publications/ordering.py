"""An order, its link, and what somebody wrote into the form."""

from django.urls import reverse

from programme import tokens
from publications.rules.order_drafts import OrderDraft, OrderLine
from publications.services import orders
from tests.factories.publications import OrderFactory, OrderItemFactory


def order_of(publication, **columns):
    order = OrderFactory(**columns)
    OrderItemFactory(order=order, publication=publication, copies=2)
    return order


def link(order):
    token = tokens.token("order", order.token_seed)
    return reverse("publications:order_status", args=[token])


def draft(publication, copies=3, **changes):
    """Return what Käthe Strauß writes into the form."""
    written = {
        "full_name": "Käthe Strauß",
        "organisation": "Volkshochschule",
        "street": "Schloßallee 1",
        "postcode": "65183",
        "city": "Wiesbaden",
        "email": "kaethe@example.org",
        "lines": (OrderLine(publication.pk, copies),),
    }
    return OrderDraft(**(written | changes))


def placed(publication, copies=3, **changes):
    return orders.place(draft=draft(publication, copies, **changes))


def confirmed(publication, copies=3, **changes):
    return orders.confirm(order=placed(publication, copies, **changes))
