"""The logbook on screen: read, searched, checked, handed out as a table."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property

from programme import permissions
from programme.forms.filters import LogExportForm, LogFilterForm
from programme.models import AuditEntry
from programme.pages import FormPage, ListPage
from programme.queries import logbook as queries
from programme.services import logbook


class Log(ListPage):
    """All entries a person may see, the newest first; at the top, whether the chain holds."""

    guard = permissions.may_see_log
    template_name = "programme/audit_log.html"

    @cached_property
    def filter(self) -> LogFilterForm:
        return LogFilterForm(self.request.GET, person=self.person)

    def get_queryset(self) -> QuerySet[AuditEntry]:
        return queries.entries(wanted=self.filter.wanted)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "filter": self.filter,
            "chain": queries.state(),
            "lines": queries.log_lines(list(context["object_list"])),
            "may_see_funding": permissions.may_see_funding(self.person),
        }


class CheckLog(FormPage):
    """Check the whole chain now."""

    guard = permissions.may_see_log
    purpose = "Das Protokoll auf Lücken und Änderungen prüfen"
    http_method_names = ["post", "options"]
    form_class = forms.Form
    template_name = "programme/export_audit_log.html"

    def act(self, form: Any) -> HttpResponse:
        found = logbook.check()
        say = messages.error if found.fault else messages.success
        say(self.request, found.sentence)
        return redirect("programme:audit_log")


class ExportLog(FormPage):
    """Ask for the entries that match as a table; the worker writes it."""

    guard = permissions.may_see_log
    purpose = "Das Protokoll als Tabelle anfordern"
    http_method_names = ["post", "options"]
    form_class = LogExportForm
    template_name = "programme/export_audit_log.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"person": self.person}

    def act(self, form: LogExportForm) -> HttpResponse:
        kind = form.cleaned_data["art"]
        printout = logbook.export(wanted=form.wanted, kind=kind, by=self.person)
        return redirect("programme:printout", printout.pk)
