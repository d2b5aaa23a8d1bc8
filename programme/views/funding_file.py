"""The file of the funding, packed to be handed over: what is open, and the archive itself."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect

from programme import permissions
from programme.models import Programme
from programme.pages import FormPage, Page
from programme.queries.funding_archive import funding_archive
from programme.queries.funding_file import open_points
from programme.services import funding_file


class FundingFilePage(Page):
    """Open points first, then what the file holds."""

    guard = permissions.may_see_audit_room
    template_name = "programme/funding_file.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programme = Programme.objects.current()
        file = funding_archive(programme=programme)
        return super().get_context_data(**kwargs) | {
            "programme": programme,
            "file": file,
            "open_points": open_points(programme=programme, open_findings=file.open_findings),
        }


class PackFundingFile(FormPage):
    """Ask for the archive."""

    guard = permissions.may_see_audit_room
    purpose = "Die Förderakte als Archiv anfordern"
    http_method_names = ["post", "options"]
    form_class = forms.Form
    template_name = "programme/funding_file.html"

    def act(self, form: Any) -> HttpResponse:
        printout = funding_file.pack(programme=Programme.objects.current(), by=self.person)
        return redirect("programme:printout", printout.pk)
