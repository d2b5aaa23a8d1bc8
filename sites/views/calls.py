"""Calls for sites: the public page, and the desk of the programme team."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from programme import clock
from programme.errors import RuleBroken
from programme.models import Programme
from programme.pages import FormPage, Guarded, Page
from programme.permissions import everybody, is_office
from sites import permissions
from sites.forms.applications import CallForm, CriterionForm, NewCallForm
from sites.models import Call, Criterion
from sites.queries import applications
from sites.rules.applications import takes_applications
from sites.rules.versions import NewerVersion
from sites.services import calls, decision_memos

COLUMNS = ("title", "text", "deadline")


class CallOfAddress:
    """Finds the call the address names, once a request."""

    kwargs: dict[str, Any]

    @cached_property
    def call(self) -> Call:
        return get_object_or_404(Call, slug=self.kwargs["slug"])


class PublicCall(CallOfAddress, Page):
    """What the call asks for, until when, and by what applications are judged."""

    guard = everybody
    template_name = "sites/call.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not self.call.is_published:
            raise Http404
        return super().get_context_data(**kwargs) | {
            "call": self.call,
            "takes": takes_applications(self.call, clock.today()),
            "criteria": list(self.call.criteria.all()),
        }


class Calls(Page):
    """All calls."""

    guard = permissions.sees_all_sites
    template_name = "sites/calls.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"calls": list(Call.objects.all()), "runs": is_office(self.request.user)}
        return super().get_context_data(**kwargs) | context


class CallDesk(CallOfAddress, Page):
    """All 32 offices with their applications to one call."""

    guard = permissions.sees_all_sites
    template_name = "sites/call_desk.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day = clock.today()
        rows = applications.offices_of(call=self.call, reader=self.person, day=day)
        return super().get_context_data(**kwargs) | {
            "call": self.call,
            "begun": [row for row in rows if row.application],
            "missing": [row for row in rows if not row.application],
            "counts": applications.counts(rows),
            "criteria": list(self.call.criteria.all()),
            "is_scored": any(row.application and row.application.sheets.all() for row in rows),
            "is_decided": any(row.application and row.application.is_decided for row in rows),
            "takes": takes_applications(self.call, day),
            "runs": is_office(self.request.user),
        }


class CreateCall(FormPage):
    guard = is_office
    purpose = "Einen Aufruf anlegen"
    template_name = "sites/call_form.html"
    form_class = NewCallForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"heading": "Aufruf anlegen", "differences": []}
        return super().get_context_data(**kwargs) | context

    def act(self, form: NewCallForm) -> HttpResponse:
        call = calls.write(
            programme=Programme.objects.current(),
            slug=form.cleaned_data["slug"],
            draft=form.draft(),
            by=self.person,
        )
        messages.success(self.request, f"Der Aufruf „{call.title}“ ist angelegt.")
        return redirect("sites:call_desk", call.slug)


class EditCall(CallOfAddress, FormPage):
    guard = is_office
    purpose = "Einen Aufruf ändern"
    template_name = "sites/call_form.html"
    form_class = CallForm
    clash: Call | None = None

    def get_initial(self) -> dict[str, Any]:
        stands = {name: getattr(self.call, name) for name in COLUMNS}
        return stands | {"seen_at": self.call.updated_at.isoformat()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        stands = {name: getattr(self.clash, name) for name in COLUMNS} if self.clash else {}
        differences = context["form"].differences(stands) if stands else []
        return context | {"heading": "Aufruf ändern", "differences": differences}

    def act(self, form: CallForm) -> HttpResponse:
        seen_at = form.cleaned_data["seen_at"]
        try:
            call = calls.revise(call=self.call, draft=form.draft(), seen_at=seen_at, by=self.person)
        except NewerVersion as newer:
            self.clash = newer.current
            form.now_seen(newer.current)
            raise
        messages.success(self.request, f"Der Aufruf „{call.title}“ ist gespeichert.")
        return redirect("sites:call_desk", call.slug)


class AddCriterion(CallOfAddress, FormPage):
    guard = is_office
    purpose = "Ein Kriterium für die Auswahl von Standorten festlegen"
    template_name = "sites/call_form.html"
    form_class = CriterionForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"heading": "Kriterium hinzufügen", "differences": []}
        return super().get_context_data(**kwargs) | context

    def act(self, form: CriterionForm) -> HttpResponse:
        criterion = calls.add_criterion(call=self.call, by=self.person, **form.cleaned_data)
        messages.success(self.request, f"Das Kriterium „{criterion.title}“ ist hinzugefügt.")
        return redirect("sites:call_desk", self.call.slug)


class CriterionOfAddress(CallOfAddress):
    """Finds the criterion the address names, once a request."""

    @cached_property
    def criterion(self) -> Criterion:
        return get_object_or_404(self.call.criteria, pk=self.kwargs["pk"])


class EditCriterion(CriterionOfAddress, FormPage):
    guard = is_office
    purpose = "Ein Kriterium für die Auswahl von Standorten ändern"
    template_name = "sites/call_form.html"
    form_class = CriterionForm

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.criterion, name) for name in ("title", "help_text", "weight")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"heading": "Kriterium ändern", "differences": [], "call": self.call}
        return super().get_context_data(**kwargs) | context

    def act(self, form: CriterionForm) -> HttpResponse:
        criterion = calls.change_criterion(
            criterion=self.criterion, by=self.person, **form.cleaned_data
        )
        messages.success(self.request, f"Das Kriterium „{criterion.title}“ ist gespeichert.")
        return redirect("sites:call_desk", self.call.slug)


class RemoveCriterion(CriterionOfAddress, Guarded):
    guard = is_office
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        try:
            calls.remove_criterion(criterion=self.criterion, by=self.person)
        except RuleBroken as broken:
            messages.error(request, broken.message)
        else:
            messages.success(request, f"Das Kriterium „{self.criterion.title}“ ist entfernt.")
        return redirect("sites:call_desk", slug)


class PrintDecisions(CallOfAddress, Guarded):
    """Asks the worker for the memo of the selection board."""

    guard = is_office
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        try:
            printout = decision_memos.print_out(call=self.call, by=self.person)
        except RuleBroken as broken:
            messages.error(request, broken.message)
            return redirect("sites:call_desk", slug)
        return redirect("programme:printout", printout.pk)


class SwitchCall(CallOfAddress, Guarded):
    """Open a call that is closed, close one that is open."""

    guard = is_office
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        switch = calls.close if request.POST.get("step") == "close" else calls.open_
        try:
            call = switch(call=self.call, by=self.person)
        except RuleBroken as broken:
            messages.error(request, broken.message)
        else:
            said = "geöffnet" if call.is_open else "geschlossen"
            messages.success(request, f"Der Aufruf ist {said}.")
        return redirect("sites:call_desk", slug)
