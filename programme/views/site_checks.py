"""Checks on the spot: the list with what is missing, and the form."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from programme import permissions
from programme.forms.site_checks import SiteCheckForm
from programme.models import Programme
from programme.pages import FormPage, Page
from programme.queries.site_checks import site_checks
from programme.services import site_checks as services
from programme.services.funding_documents import NewPaper


class SiteChecks(Page):
    """All checks on the spot, newest first."""

    guard = permissions.may_see_audit_room
    template_name = "programme/site_checks.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = site_checks(programme=Programme.objects.current())
        return super().get_context_data(**kwargs) | {"rows": rows}


class AddSiteCheck(FormPage):
    """Write down a check; finance and auditors may."""

    guard = permissions.may_see_audit_room
    purpose = "Eine Prüfung vor Ort erfassen"
    form_class = SiteCheckForm
    template_name = "programme/add_site_check.html"

    def act(self, form: SiteCheckForm) -> HttpResponse:
        upload = form.cleaned_data["report"]
        check = services.record(
            programme=Programme.objects.current(),
            entry=form.entry,
            by=self.person,
            paper=NewPaper(upload.checked, upload.content) if upload else None,
        )
        messages.success(self.request, f"Die {check} ist erfasst.")
        return redirect("programme:site_checks")
