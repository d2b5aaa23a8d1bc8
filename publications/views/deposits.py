"""Copies for libraries: what is due, and ticking it off."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from programme import clock
from programme.models import Programme
from programme.pages import FormPage, ListPage
from publications import permissions
from publications.forms.deposits import DepositForm
from publications.models import DepositTask
from publications.queries import deposits as queries
from publications.services import deposits


class Deposits(ListPage):
    """All copies libraries get, the open ones first."""

    guard = permissions.may_edit_publications
    template_name = "publications/deposits.html"

    def get_queryset(self) -> Any:
        return queries.all_tasks()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        today = clock.today()
        rows = []
        for task in context["object_list"]:
            deadline = queries.deadline(task)
            rows.append((task, deadline.state(today), deadline.told(today)))
        return context | {"rows": rows, "programme": Programme.objects.current()}


class SettleDeposit(FormPage):
    """One task: sent with a reference, or exempt with a reason."""

    guard = permissions.may_edit_publications
    purpose = "Eine Pflichtabgabe an eine Bibliothek als erledigt vermerken"
    template_name = "publications/deposit.html"
    form_class = DepositForm

    @cached_property
    def task(self) -> DepositTask:
        return get_object_or_404(queries.all_tasks(), pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        if self.task.done_on is None:
            return {}
        names = ("done_on", "reference", "exempt_because")
        return {name: getattr(self.task, name) for name in names}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = clock.today()
        deadline = queries.deadline(self.task)
        return super().get_context_data(**kwargs) | {
            "task": self.task,
            "told": deadline.told(today),
            "programme": self.task.edition.publication.programme,
        }

    def act(self, form: DepositForm) -> HttpResponse:
        deposits.settle(task=self.task, by=self.person, **form.cleaned_data)
        messages.success(self.request, "Die Pflichtabgabe ist erledigt.")
        return redirect("publications:deposits")
