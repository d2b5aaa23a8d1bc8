"""The order desk: what waits, packed and printed together, sent together."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode

from programme.enums import PrintoutStatus
from programme.errors import RuleBroken
from programme.models import Programme
from programme.pages import FormPage, Guarded, as_download
from programme.permissions import is_office
from programme.queries.printouts import is_late
from publications.enums import LabelSheet, OrderStatus
from publications.forms.order_desk import ChosenOrdersForm, PackForm
from publications.models import PackingBatch
from publications.queries import order_desk as desk_queries
from publications.queries import packing as queries
from publications.queries.orders import shelf, undelivered_letters
from publications.services import dispatch, packing

LAST_SHEET = "label_sheet"
EVERY = "alle"


class Orders(FormPage):
    """All orders with their state; those that wait are packed, printed and sent in batches."""

    guard = is_office
    purpose = "Bestellungen packen und drucken"
    template_name = "publications/orders.html"
    form_class = PackForm

    @cached_property
    def desk(self) -> desk_queries.Desk:
        asked = self.request.GET
        return desk_queries.desk(
            status=asked.get("stand", OrderStatus.CONFIRMED),
            words=asked.get("suche", ""),
            number=asked.get("seite", "1"),
        )

    def get_initial(self) -> dict[str, Any]:
        known = self.request.session.get(LAST_SHEET)
        return {"sheet": known if known in LabelSheet.values else LabelSheet.A4_24}

    @property
    def ticked(self) -> set[str]:
        """Return the keys of the orders whose box is ticked when the page comes."""
        if self.request.method == "POST":
            return set(self.request.POST.getlist("orders"))
        if self.request.GET.get("auswahl") != EVERY:
            return set()
        return {str(order.pk) for order in self.desk.page.object_list}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        titles = shelf()
        has_alarm = not titles or getattr(titles[0], "has_alarm", True)
        here = {"stand": self.desk.status or EVERY, "suche": self.desk.words}
        return super().get_context_data(**kwargs) | {
            "desk": self.desk,
            "page": self.desk.page,
            "ticked": self.ticked,
            "here": urlencode({name: value for name, value in here.items() if value}),
            "batches": queries.open_batches(),
            "undelivered": undelivered_letters() if has_alarm else [],
            "shelf": titles,
            "programme": titles[0].programme if titles else Programme.objects.current(),
        }

    def act(self, form: PackForm) -> HttpResponse:
        sheet = LabelSheet(form.cleaned_data["sheet"])
        batch = packing.pack_and_print(
            orders=form.cleaned_data["orders"],
            sheet=sheet,
            first_label=form.cleaned_data["first_label"],
            by=self.person,
        )
        self.request.session[LAST_SHEET] = sheet.value
        messages.success(self.request, f"Packliste {batch.number} wird gedruckt.")
        return redirect("publications:orders")


class MarkSent(Guarded):
    """Marks the ticked orders as sent, without a packing list."""

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
            messages.success(self.request, f"{as_sent(amount)} als versandt gemeldet.")
        else:
            messages.warning(self.request, "Bitte wählen Sie bestätigte Bestellungen aus.")


class OneBatch(Guarded):
    """What the addresses of one batch share."""

    guard = is_office

    @cached_property
    def batch(self) -> PackingBatch:
        return get_object_or_404(PackingBatch, number=self.kwargs["number"])


class ChangeBatch(OneBatch):
    """A button of a batch; each may be pressed twice without harm."""

    guard = is_office
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: str, **kwargs: Any) -> HttpResponseBase:
        batch = self.batch
        try:
            self.change(batch)
        except RuleBroken as broken:
            messages.error(request, broken.message)
        return redirect("publications:orders")

    def change(self, batch: PackingBatch) -> None:
        """Do what the button says."""
        raise NotImplementedError


class MarkBatchSent(ChangeBatch):
    """Everything in the batch is on its way; the mails go."""

    guard = is_office

    def change(self, batch: PackingBatch) -> None:
        sent = packing.mark_batch_sent(batch=batch, by=self.person)
        if sent:
            messages.success(self.request, f"{as_sent(len(sent))} als versandt gemeldet.")
        else:
            messages.info(self.request, f"Packliste {batch.number} ist abgeschlossen.")


class PrintBatchAgain(ChangeBatch):
    """The same PDF once more."""

    guard = is_office

    def change(self, batch: PackingBatch) -> None:
        packing.print_again(batch=batch, by=self.person)


class DissolveBatch(ChangeBatch):
    """Back among the orders that wait."""

    guard = is_office

    def change(self, batch: PackingBatch) -> None:
        packing.dissolve(batch=batch, by=self.person)
        messages.success(self.request, f"Packliste {batch.number} ist aufgelöst.")


class PackingFile(OneBatch):
    """The PDF of a batch; to a script it says how far the work is."""

    guard = is_office

    def get(self, request: HttpRequest, *args: str, **kwargs: Any) -> HttpResponseBase:
        printout = queries.printout_of(batch=self.batch)
        is_asked = request.headers.get("Accept") == "application/json"
        if is_asked:
            waits = printout is not None and printout.status == PrintoutStatus.WAITING
            finished = not waits or (printout is not None and is_late(printout))
            return JsonResponse({"progress": 50, "stage": "wird gesetzt", "finished": finished})
        if printout is None or printout.status != PrintoutStatus.READY:
            raise Http404
        return as_download(
            printout.file, name=printout.download_name, content_type="application/pdf"
        )


def as_sent(amount: int) -> str:
    """Return how many orders, with the verb."""
    return "1 Bestellung ist" if amount == 1 else f"{amount} Bestellungen sind"
