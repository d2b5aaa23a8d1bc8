"""The hold queue: orders somebody has to look at before they go."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from programme.errors import RuleBroken
from programme.pages import FormPage, Guarded, Page
from programme.permissions import is_office
from publications.forms.held_orders import REFUSE, RELEASE, HoldForm, RefusalForm, ReleaseForm
from publications.models import Order
from publications.queries import held_orders
from publications.queries.held_orders import HeldOrder
from publications.services import order_decisions


@dataclass(frozen=True)
class Card:
    """A held order on the page with its two ways out."""

    row: HeldOrder
    release: ReleaseForm
    refusal: RefusalForm


def cards(*, failed: ReleaseForm | RefusalForm | None = None, order: int = 0) -> list[Card]:
    """Return all orders that wait; `failed` is what was sent for `order` and could not be done."""
    return [
        Card(
            row=row,
            release=failed
            if isinstance(failed, ReleaseForm) and row.order.pk == order
            else ReleaseForm(items=row.items, order=row.order.pk),
            refusal=failed
            if isinstance(failed, RefusalForm) and row.order.pk == order
            else RefusalForm(order=row.order.pk),
        )
        for row in held_orders.held_orders()
    ]


class HeldOrders(Page):
    """All orders that wait for a decision, each with its two ways out."""

    guard = is_office
    template_name = "publications/held_orders.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"held": cards()}


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
        order = self.order
        waiting = (row for row in held_orders.held_orders() if row.order.pk == order.pk)
        row = next(waiting, None)
        form: ReleaseForm | RefusalForm
        if request.POST.get("decision") == REFUSE:
            form = RefusalForm(request.POST, order=order.pk)
        else:
            form = ReleaseForm(request.POST, items=row.items if row else (), order=order.pk)
        if form.is_valid() or row is None:  # who comes too late is told that, nothing else
            try:
                messages.success(request, self._decide(form))
                return redirect("publications:held_orders")
            except RuleBroken as broken:
                form.errors.clear()
                form.add_error(broken.field if broken.field in form.fields else None, broken.lines)
        shown = cards(failed=form, order=order.pk)
        if all(card.row.order.pk != order.pk for card in shown):
            for error in (error for errors in form.errors.values() for error in errors):
                messages.error(request, str(error))
            return redirect("publications:held_orders")
        return render(request, HeldOrders.template_name, {"held": shown}, status=422)

    def _decide(self, form: ReleaseForm | RefusalForm) -> str:
        order, chosen = self.order, self.request.POST.get("decision")
        if isinstance(form, RefusalForm):
            reason = form.cleaned_data.get("reason", "")
            order_decisions.refuse(order=order, by=self.person, reason=reason)
            return f"Bestellung {order.number} ist abgelehnt. Die E-Mail ist unterwegs."
        if chosen != RELEASE:
            raise RuleBroken("Bitte wählen Sie „Freigeben“ oder „Ablehnen“.")
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
