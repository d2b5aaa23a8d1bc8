"""The hold queue: orders somebody has to look at before they go."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from programme.errors import RuleBroken
from programme.pages import FormPage, Guarded, Page
from programme.permissions import is_office
from publications.forms.held_orders import REFUSE, DecisionForm, HoldForm
from publications.models import Order
from publications.queries import held_orders
from publications.services import order_decisions

REFUSING = "ablehnen"


class HeldOrders(Page):
    """All orders that wait for a decision, each with its two ways out."""

    guard = is_office
    template_name = "publications/held_orders.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "held": held_orders.held_orders(),
            "refusing": self.request.GET.get(REFUSING, ""),
        }


class OrderPage(Guarded):
    """Something about one order."""

    guard = is_office

    @cached_property
    def order(self) -> Order:
        rows = Order.objects.prefetch_related("items__publication")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def guarded(self) -> Order:
        return self.order


class DecideOrder(OrderPage):
    """Releases a held order with one click, or refuses it with a reason."""

    guard = is_office
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: str, **kwargs: Any) -> HttpResponseBase:
        titles = [item.publication for item in self.order.items.all()]
        form = DecisionForm(request.POST, titles=titles)
        if not form.is_valid():
            messages.error(
                request,
                "Bitte prüfen Sie die Anzahl (ganze Zahl ab 1) und den Grund (300 Zeichen).",
            )
            return redirect("publications:held_orders")
        try:
            messages.success(request, self._decide(form))
        except RuleBroken as broken:
            messages.error(request, broken.message)
            if broken.field == "reason":
                return redirect(f"{reverse('publications:held_orders')}?{REFUSING}={self.order.pk}")
        return redirect("publications:held_orders")

    def _decide(self, form: DecisionForm) -> str:
        order = self.order
        if form.cleaned_data["decision"] == REFUSE:
            reason = form.cleaned_data["reason"]
            order_decisions.refuse(order=order, by=self.person, reason=reason)
            return f"Bestellung {order.number} ist abgelehnt. Die E-Mail ist unterwegs."
        order_decisions.release(order=order, by=self.person, copies=form.copies())
        return f"Bestellung {order.number} ist freigegeben. Die E-Mails sind unterwegs."


class HoldOrder(OrderPage, FormPage):
    """Take an order that is on its way back into the hold queue."""

    guard = is_office
    purpose = "Eine Bestellung noch einmal prüfen"
    template_name = "publications/hold_order.html"
    form_class = HoldForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"order": self.order}

    def act(self, form: HoldForm) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        order_decisions.hold(order=self.order, reason=reason, by=self.person)
        messages.success(self.request, f"Bestellung {self.order.number} wartet auf eine Prüfung.")
        return redirect("publications:held_orders")
