"""Ordering printed copies: form, link from the mail, list of the office."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from programme import submissions, tokens
from programme.errors import RuleBroken
from programme.models import Programme
from programme.pages import FormPage, Page, Unlisted
from programme.permissions import everybody
from publications.enums import OrderStatus
from publications.forms.orders import SMALL_NUMBER, OrderForm
from publications.models import Order, Publication
from publications.queries import catalogue
from publications.queries import orders as order_queries
from publications.rules import order_steps
from publications.rules import orders as order_rules
from publications.services import order_cancellations, orders


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
    prepared: orders.Prepared | None = None

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
        written = {"titles": titles, "chosen": self.chosen, "rules": self.counter.rules}
        return super().get_form_kwargs() | written

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "programme": self.counter.programme,
            "publication": self.publication,
            "counter": self.counter,
        }

    def refuse_early(self, form: OrderForm) -> None:
        """Judge the order and write its letter before its titles are locked.

        A form sent twice is left to `act`: its own first order is not held against it.
        """
        try:
            self.prepared = orders.prepare(draft=form.draft())
        except RuleBroken:
            if not submissions.was_sent(key=self.form_key):
                raise

    def form_invalid(self, form: OrderForm) -> HttpResponse:  # type: ignore[override]
        form.ask()
        return super().form_invalid(form)

    def act(self, form: OrderForm) -> HttpResponse:
        order = orders.place(draft=form.draft(), prepared=self.prepared)
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


class OwnOrder(Unlisted, Page):
    """A page of the orderer behind the link from the mail: looking changes nothing."""

    guard = everybody

    @cached_property
    def order(self) -> Order:
        order = order_queries.order_by_digest(digest=tokens.digest(self.kwargs["token"]))
        if order is None:
            raise Http404
        return order


class OrderStatusPage(OwnOrder):
    """How far the order is; the button confirms it."""

    guard = everybody
    template_name = "publications/order_status.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        order = self.order
        return super().get_context_data(**kwargs) | {
            "order": order,
            "programme": order.items.all()[0].publication.programme,
            "steps": order_steps.of(order),
            "waits": order.status == OrderStatus.RECEIVED,
            "is_cancelled": order.status == OrderStatus.CANCELLED,
            "may_cancel": order.status in order_rules.CANCELLABLE,
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


class CancelOrder(OwnOrder):
    """Ask once more before an order is cancelled."""

    guard = everybody
    template_name = "publications/cancel_order.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "order": self.order,
            "may_cancel": self.order.status in order_rules.CANCELLABLE,
            "is_cancelled": self.order.status == OrderStatus.CANCELLED,
            "programme": self.order.items.all()[0].publication.programme,
            "status_url": reverse("publications:order_status", args=[self.kwargs["token"]]),
        }

    def post(self, request: HttpRequest, *args: str, **kwargs: Any) -> HttpResponse:
        try:
            order_cancellations.cancel(order=self.order)
        except RuleBroken as broken:
            messages.error(request, broken.message)
        else:
            messages.success(request, "Ihre Bestellung ist storniert.")
        return redirect("publications:order_status", self.kwargs["token"])
