"""The programme team writes the minutes, releases them and follows what was agreed."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from network.enums import Audience, MinutesKind
from network.forms.minutes import MinutesForm, ReleaseForm
from network.models import Meeting, MinutesItem
from network.permissions import may_run_network
from network.queries import minutes as queries
from network.rules.minutes import read_step
from network.services import minutes
from network.views.meetings import MeetingFormPage
from programme import clock
from programme.pages import Guarded, ListPage


class Minutes(MeetingFormPage):
    """The agenda becomes the minutes: results and decisions under each item, saved together."""

    guard = may_run_network
    purpose = "Die Niederschrift eines Treffens schreiben"
    template_name = "network/minutes.html"
    form_class = MinutesForm
    differences: list[Any] = []

    @cached_property
    def sections(self) -> tuple[queries.MinutesSection, ...]:
        return queries.sections(self.meeting)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"sections": self.sections}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "layout": context["form"].layout(),
            "differences": self.differences,
            "is_writable": self.meeting.status in minutes.WRITABLE,
            "audience": Audience(self.meeting.minutes_audience).label,
        }

    def act(self, form: MinutesForm) -> HttpResponse:
        step = self.request.POST.get("step", "")
        try:
            minutes.write(
                meeting=self.meeting,
                lines=form.lines(),
                seen=form.cleaned_data["seen"],
                step=read_step(step),
                by=self.person,
            )
        except minutes.MinutesClash as clash:
            self.differences = form.differences(clash.current)
            form.now_seen(clash.current)
            raise
        messages.success(self.request, "Die Niederschrift ist gespeichert.")
        page = "release_minutes" if step == "release" else "minutes"
        return redirect(f"network:{page}", self.meeting.slug)


class ReleaseMinutes(MeetingFormPage):
    """See what readers will see, choose who they are, release."""

    guard = may_run_network
    purpose = "Die Niederschrift eines Treffens freigeben"
    template_name = "network/release_minutes.html"
    form_class = ReleaseForm

    def get_initial(self) -> dict[str, Any]:
        released = self.meeting.minutes_released_at is not None
        return {"audience": self.meeting.minutes_audience if released else Audience.OFFICES}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sections = queries.sections(self.meeting, filled_only=True)
        return super().get_context_data(**kwargs) | {"sections": sections}

    def act(self, form: ReleaseForm) -> HttpResponse:
        audience = form.cleaned_data["audience"]
        minutes.release(meeting=self.meeting, audience=audience, by=self.person)
        said = (
            "Die Niederschrift liest wieder nur das Programmteam."
            if audience == Audience.TEAM
            else f"Die Niederschrift ist freigegeben: {audience.label}."
        )
        messages.success(self.request, said)
        return redirect("network:minutes", self.meeting.slug)


class PrintMinutes(Guarded):
    """Ask for the minutes as PDF."""

    guard = may_run_network
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        meeting = get_object_or_404(Meeting, slug=slug)
        printout = minutes.print_out(meeting=meeting, by=self.person)
        return redirect("programme:printout", printout.pk)


class Decisions(ListPage):
    """What was agreed in all meetings, the most urgent first."""

    guard = may_run_network
    template_name = "network/decisions.html"
    context_object_name = "decisions"

    @property
    def settled(self) -> bool:
        return self.request.GET.get("stand") == "erledigt"

    def get_queryset(self) -> QuerySet[MinutesItem]:
        return queries.decisions(settled=self.settled)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = clock.today()
        return super().get_context_data(**kwargs) | {
            "settled": self.settled,
            "today": today,
            "overdue": queries.overdue(day=today),
        }


class SettleDecision(Guarded):
    """Note that what was agreed is done."""

    guard = may_run_network
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = MinutesItem.objects.filter(kind=MinutesKind.DECISION)
        minutes.settle(decision=get_object_or_404(rows, pk=pk), by=self.person)
        messages.success(request, "Die Verabredung ist erledigt.")
        return redirect("network:decisions")
