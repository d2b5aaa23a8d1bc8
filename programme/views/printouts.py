"""Printouts: wait for the worker, then fetch the file; only the person who asked for it."""

import mimetypes
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from programme.enums import PrintoutStatus
from programme.errors import RuleBroken
from programme.models import Printout
from programme.pages import FormPage, Guarded, Page, as_download
from programme.permissions import may_fetch_printout
from programme.queries.printouts import Progress, is_late, of_person, progress_of
from programme.services import printouts

BEGUN = Progress(50, "wird vorbereitet")


class OwnPrintout(Guarded):
    """What the pages of one printout share; a foreign one looks like a missing one."""

    guard = may_fetch_printout

    @cached_property
    def printout(self) -> Printout:
        return get_object_or_404(of_person(user_id=self.person.pk), pk=self.kwargs["pk"])

    def guarded(self) -> Printout:
        return self.printout


class PrintoutPage(OwnPrintout, Page):
    """How far the work is, then the file; reloads itself without JavaScript."""

    guard = may_fetch_printout
    template_name = "programme/printout.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.headers.get("Accept") != "application/json":
            return super().get(request, *args, **kwargs)
        finished = self.printout.status != PrintoutStatus.WAITING or is_late(self.printout)
        reached = progress_of(self.printout) or BEGUN
        return JsonResponse(
            {"progress": reached.percent, "stage": reached.stage, "finished": finished}
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        late = is_late(self.printout)
        waits = self.printout.status == PrintoutStatus.WAITING and not late
        return super().get_context_data(**kwargs) | {
            "printout": self.printout,
            "kind": "Paket" if self.printout.download_name.endswith(".zip") else "Ausdruck",
            "reached": progress_of(self.printout) if waits else None,
            "waits": waits,
            "is_late": late,
            "kept_until": self.printout.requested_at + printouts.KEEP,
        }


class PrintoutFile(OwnPrintout):
    """The file, always as a download."""

    guard = may_fetch_printout

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        printout = self.printout
        if printout.status != PrintoutStatus.READY:
            raise Http404
        kind = mimetypes.guess_type(printout.download_name)[0] or "application/pdf"
        return as_download(printout.file, name=printout.download_name, content_type=kind)


class RetryPrintout(OwnPrintout, FormPage):
    """Start the work again."""

    guard = may_fetch_printout
    purpose = "Einen Ausdruck noch einmal erstellen lassen"
    http_method_names = ["post", "options"]
    form_class = forms.Form
    template_name = "programme/printout.html"

    def act(self, form: Any) -> HttpResponse:
        try:
            printouts.retry(printout=self.printout, by=self.person)
        except RuleBroken as broken:
            messages.info(self.request, broken.message)
        return redirect("programme:printout", self.printout.pk)
