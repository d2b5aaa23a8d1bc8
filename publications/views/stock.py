"""The stock book of a title: what lies there, what happened to it."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from programme.pages import FormPage
from programme.permissions import is_office
from publications.enums import StockMovementKind
from publications.forms.stock import StockForm
from publications.models import Publication
from publications.queries import orders
from publications.services import stock


class CountStock(FormPage):
    """Write down copies that were counted, arrived, came back or were lost."""

    guard = is_office
    purpose = "Den Bestand gedruckter Exemplare führen"
    template_name = "publications/stock.html"
    form_class = StockForm

    @cached_property
    def publication(self) -> Publication:
        return get_object_or_404(Publication, slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "publication": self.publication,
            "reserved": orders.reserved_copies(publication=self.publication),
            "movements": orders.newest_movements(publication=self.publication),
        }

    def act(self, form: StockForm) -> HttpResponse:
        kind, copies, note = (form.cleaned_data[name] for name in ("kind", "copies", "note"))
        if kind == StockMovementKind.COUNTED:
            stock.count(publication=self.publication, copies=copies, by=self.person, note=note)
        else:
            stock.move(
                publication=self.publication, kind=kind, copies=copies, by=self.person, note=note
            )
        messages.success(self.request, "Der Bestand ist gespeichert.")
        return redirect("publications:count_stock", slug=self.publication.slug)
