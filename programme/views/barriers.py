"""Report a barrier; work on the reports."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from programme import permissions
from programme.errors import RuleBroken
from programme.forms.barriers import ReportBarrierForm
from programme.models import BarrierReport
from programme.pages import FormPage, Guarded, Page
from programme.queries import barriers as reports
from programme.services import barriers


class ReportBarrier(FormPage):
    guard = permissions.everybody
    purpose = "Eine Barriere melden oder einen Inhalt in zugänglicher Form anfordern"
    template_name = "programme/report_barrier.html"
    most_per_hour = 30
    form_class = ReportBarrierForm

    def get_initial(self) -> dict[str, Any]:
        return {"page_url": self.request.GET.get("seite", "")[:400]}

    def act(self, form: ReportBarrierForm) -> HttpResponse:
        barriers.report(**form.cleaned_data)
        messages.success(
            self.request,
            "Vielen Dank. Ihre Meldung ist eingegangen. Wir antworten innerhalb von sechs Wochen.",
        )
        return redirect("programme:report_barrier")


class BarrierReports(Page):
    guard = permissions.may_answer_barrier_reports
    template_name = "programme/barrier_reports.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "open_reports": reports.open_reports(),
            "answered_reports": reports.answered_reports(),
        }


class CloseBarrierReport(Guarded):
    guard = permissions.may_answer_barrier_reports
    http_method_names = ["post"]

    @cached_property
    def report(self) -> BarrierReport:
        return get_object_or_404(BarrierReport, pk=self.kwargs["pk"])

    def guarded(self) -> BarrierReport:
        return self.report

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            barriers.close(report=self.report, by=self.person)
        except RuleBroken as broken:
            messages.error(request, broken.message)
        else:
            messages.success(request, "Die Meldung ist als beantwortet vermerkt.")
        return redirect("programme:barrier_reports")
