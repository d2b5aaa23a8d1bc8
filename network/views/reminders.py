"""Reminders of a meeting: when they go, who would get one now, off and on, by hand."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from network.models import Reminder
from network.permissions import may_run_network
from network.queries import reminders as queries
from network.services import reminders
from network.views.meetings import MeetingFormPage
from programme import clock
from programme.errors import RuleBroken
from programme.pages import Guarded


class Reminders(MeetingFormPage):
    """The timetable and exactly those who would get a reminder now; one button reminds them."""

    guard = may_run_network
    purpose = "Behörden an die Antwort erinnern"
    template_name = "network/reminders.html"
    form_class = forms.Form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        moment = clock.now()
        return super().get_context_data(**kwargs) | {
            "timetable": queries.timetable(meeting=self.meeting),
            "recipients": queries.recipients(meeting=self.meeting, moment=moment),
            "parked": queries.parked(meeting=self.meeting),
            "is_open": queries.is_open(meeting=self.meeting, moment=moment),
        }

    def act(self, form: forms.Form) -> HttpResponse:
        reminded = reminders.send_now(meeting=self.meeting, by=self.person)
        number = len(reminded)
        words = "Organisation wird" if number == 1 else "Organisationen werden"
        messages.success(self.request, f"{number} {words} erinnert.")
        return redirect("network:board", self.meeting.slug)


class Switch(Guarded):
    """Switch one reminder off, or on again."""

    guard = may_run_network
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        row = get_object_or_404(
            Reminder.objects.select_related("meeting"), meeting__slug=slug, pk=pk
        )
        is_on = request.POST.get("is_on") == "1"
        try:
            reminders.switch(reminder=row, is_on=is_on, by=self.person)
        except RuleBroken as broken:
            messages.error(request, broken.message)
        else:
            state = "eingeschaltet" if is_on else "ausgeschaltet"
            messages.success(request, f"Die Erinnerung ist {state}.")
        return redirect("network:reminders", slug)
