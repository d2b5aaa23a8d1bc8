"""Ordering printed copies: form, link from the mail, list of the office."""

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
from publications.forms.orders import ChosenOrdersForm, OrderForm, StockForm
from publications.models import Order, Publication
from publications.queries import catalogue
from publications.queries import orders as order_queries
from publications.services import orders, stock


class PlaceOrder(FormPage):
    """Order printed copies, without an account."""

    guard = everybody
    template_name = "publications/order.html"
    form_class = OrderForm
    purpose = "Bestellung gedruckter Publikationen"
    most_per_hour = 30

    @cached_property
    def page(self) -> catalogue.PublicationPage:
        return catalogue.publication_page(slug=self.kwargs["slug"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"publication": self.page.publication}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "programme": self.page.publication.programme,
            "publication": self.page.publication,
            "page": self.page,
        }

    def act(self, form: OrderForm) -> HttpResponse:
        orders.place(publication=self.page.publication, draft=form.draft())
        return redirect("publications:order_received", slug=self.page.publication.slug)


class OrderReceived(Page):
    """What happens next; says nothing about the order, so that its address may be seen."""

    guard = everybody
    template_name = "publications/order_received.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Publication.objects.select_related("programme")
        publication = get_object_or_404(rows, slug=self.kwargs["slug"])
        return super().get_context_data(**kwargs) | {
            "programme": publication.programme,
            "publication": publication,
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
            "waits": order.status == OrderStatus.RECEIVED,
            "is_cancelled": order.status == OrderStatus.CANCELLED,
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
            sent = orders.mark_sent(orders=chosen, by=self.person)
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


class CountStock(FormPage):
    """Write down how many printed copies lie on the shelf."""

    guard = is_office
    purpose = "Den Bestand gedruckter Exemplare zählen"
    template_name = "publications/stock.html"
    form_class = StockForm

    @cached_property
    def publication(self) -> Publication:
        return get_object_or_404(Publication, slug=self.kwargs["slug"])

    def get_initial(self) -> dict[str, Any]:
        return {"copies": self.publication.stock}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "publication": self.publication,
            "reserved": order_queries.reserved_copies(publication=self.publication),
        }

    def act(self, form: StockForm) -> HttpResponse:
        copies = form.cleaned_data["copies"]
        stock.count(publication=self.publication, copies=copies, by=self.person)
        messages.success(self.request, "Der Bestand ist gespeichert.")
        return redirect("publications:orders")
