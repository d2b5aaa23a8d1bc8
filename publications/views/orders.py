"""Ordering printed copies: form, link from the mail, list of the office."""

import re
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode

from programme import tokens
from programme.errors import RuleBroken
from programme.models import Programme
from programme.pages import FormPage, Guarded, Page, Unlisted
from programme.permissions import everybody, is_office
from publications.enums import OrderStatus
from publications.forms.orders import ChosenOrdersForm, OrderForm
from publications.models import Order, Publication
from publications.queries import catalogue
from publications.queries import orders as order_queries
from publications.rules import order_steps
from publications.services import dispatch, orders

SMALL_NUMBER = re.compile(r"[0-9]{1,5}")


class PlaceOrder(FormPage):
    """Order printed copies of one or more titles, without an account.

    The basket is the form itself. An address puts numbers into it: the page of a title its first
    copy, `?abschlussbericht=2` two of that title.
    """

    guard = everybody
    template_name = "publications/order.html"
    form_class = OrderForm
    purpose = "Bestellung gedruckter Publikationen"
    most_per_hour = 30

    @cached_property
    def publication(self) -> Publication | None:
        slug = self.kwargs.get("slug")
        return get_object_or_404(Publication, slug=slug) if slug else None

    @cached_property
    def counter(self) -> catalogue.Counter:
        return catalogue.counter(programme=Programme.objects.current())

    @cached_property
    def chosen(self) -> dict[int, int]:
        """Return the numbers the address asks for, by primary key of the title."""
        named = {title.pk: self.request.GET.get(title.slug, "") for title in self.counter.titles}
        asked = {pk: int(text) for pk, text in named.items() if SMALL_NUMBER.fullmatch(text)}
        return ({self.publication.pk: 1} if self.publication else {}) | asked

    def get_form_kwargs(self) -> dict[str, Any]:
        titles = sorted(self.counter.titles, key=lambda title: title.pk not in self.chosen)
        return super().get_form_kwargs() | {"titles": titles, "chosen": self.chosen}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "programme": self.counter.programme,
            "publication": self.publication,
            "counter": self.counter,
        }

    def act(self, form: OrderForm) -> HttpResponse:
        order = orders.place(draft=form.draft())
        page = reverse("publications:order_received")
        return redirect(f"{page}?pruefung=ja" if order.hold_reason else page)


class OrderReceived(Page):
    """What happens next; says nothing about the order, so that its address may be seen."""

    guard = everybody
    template_name = "publications/order_received.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "programme": Programme.objects.current(),
            "is_held": "pruefung" in self.request.GET,
        }


class OrderStatusPage(Unlisted, Page):
    """The orderer's own page: looking changes nothing, the button confirms."""

    guard = everybody
    template_name = "publications/order_status.html"

    @cached_property
    def order(self) -> Order:
        order = order_queries.order_by_digest(digest=tokens.digest(self.kwargs["token"]))
        if order is None:
            raise Http404
        return order

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        order = self.order
        return super().get_context_data(**kwargs) | {
            "order": order,
            "programme": order.items.all()[0].publication.programme,
            "steps": order_steps.of(order),
            "waits": order.status == OrderStatus.RECEIVED,
            "is_cancelled": order.status == OrderStatus.CANCELLED,
            "is_erased": order.anonymised_at is not None,
        }

    def post(self, request: HttpRequest, *args: str, **kwargs: Any) -> HttpResponse:
        try:
            orders.confirm(order=self.order)
        except RuleBroken as broken:
            messages.error(request, broken.message)
        else:
            messages.success(request, "Ihre Bestellung ist bestätigt.")
        return redirect(request.path)


class Orders(Page):
    """All orders with their state; several can be marked as sent at once."""

    guard = is_office
    template_name = "publications/orders.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = order_queries.orders_by_status()
        status = self.request.GET.get("stand", OrderStatus.CONFIRMED)
        chosen = status if status in counts else ""
        shelf = order_queries.shelf()
        return super().get_context_data(**kwargs) | {
            "page": order_queries.order_page(
                status=chosen,
                number=self.request.GET.get("seite", "1"),
                amount=counts.get(chosen, sum(counts.values())),
            ),
            "states": [
                {"value": state.value, "label": state.label, "amount": counts[state]}
                for state in OrderStatus
            ],
            "amount": sum(counts.values()),
            "chosen": chosen,
            "may_send": chosen in {"", OrderStatus.CONFIRMED} and counts[OrderStatus.CONFIRMED],
            "undelivered": order_queries.undelivered_letters(),
            "shelf": shelf,
            "programme": shelf[0].programme if shelf else Programme.objects.current(),
        }


class MarkSent(Guarded):
    """Marks the ticked orders as sent."""

    guard = is_office
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: str, **kwargs: Any) -> HttpResponseBase:
        form = ChosenOrdersForm(request.POST)
        chosen = form.cleaned_data["orders"] if form.is_valid() else []
        try:
            sent = dispatch.mark_sent(orders=chosen, by=self.person)
        except RuleBroken as broken:
            messages.error(request, broken.message)
        else:
            self._tell(len(sent))
        state = urlencode({"stand": OrderStatus.CONFIRMED})
        return redirect(f"{reverse('publications:orders')}?{state}")

    def _tell(self, amount: int) -> None:
        if amount:
            what = "1 Bestellung ist" if amount == 1 else f"{amount} Bestellungen sind"
            messages.success(self.request, f"{what} als versandt gemeldet.")
        else:
            messages.warning(self.request, "Bitte wählen Sie bestätigte Bestellungen aus.")
