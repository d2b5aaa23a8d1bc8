"""The steps of a meeting by hand: close and open registering, note that it took place."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from network.permissions import may_run_network
from network.services import life_cycle
from network.views.meetings import MeetingFormPage


class StepPage(MeetingFormPage):
    """A page that asks before it takes one step; its words stand in the class."""

    guard = may_run_network
    template_name = "network/step.html"
    form_class = forms.Form
    heading: ClassVar[str] = ""
    lead: ClassVar[str] = ""
    done: ClassVar[str] = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"heading": self.heading, "lead": self.lead}

    def take(self) -> None:
        """Call the one service this page is for."""
        raise NotImplementedError

    def act(self, form: forms.Form) -> HttpResponse:
        self.take()
        messages.success(self.request, self.done)
        return redirect("network:board", self.meeting.slug)


class CloseMeeting(StepPage):
    """End registering before the deadline does."""

    guard = may_run_network
    purpose = "Die Anmeldung zu einem Netzwerktreffen schließen"
    heading = "Anmeldung schließen"
    lead = (
        "Eingeladene Stellen können danach niemanden mehr anmelden. Ihr Link zeigt weiter alles; "
        "absagen, ersetzen und nachrücken bleibt möglich."
    )
    done = "Die Anmeldung ist geschlossen."

    def take(self) -> None:
        life_cycle.close(meeting=self.meeting, by=self.person)


class ReopenMeeting(StepPage):
    """Let offices register people again."""

    guard = may_run_network
    purpose = "Die Anmeldung zu einem Netzwerktreffen wieder öffnen"
    heading = "Anmeldung wieder öffnen"
    lead = "Eingeladene Stellen können bis zur Antwortfrist wieder Personen anmelden."
    done = "Die Anmeldung ist wieder offen."

    def take(self) -> None:
        life_cycle.reopen(meeting=self.meeting, by=self.person)


class HoldMeeting(StepPage):
    """Note that a meeting took place, before the clock does."""

    guard = may_run_network
    purpose = "Ein Netzwerktreffen als durchgeführt eintragen"
    heading = "Als durchgeführt eintragen"
    lead = (
        "Das Treffen zählt dann in Zahlen und Bericht. Danach schreiben Sie die Niederschrift und "
        "geben Material frei."
    )
    done = "Das Treffen ist als durchgeführt eingetragen."

    def take(self) -> None:
        life_cycle.hold(meeting=self.meeting, by=self.person)
