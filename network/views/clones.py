"""The programme team makes the next meeting from an earlier one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from network.forms.clones import CloneForm
from network.permissions import may_run_network
from network.queries import meetings as meeting_queries
from network.services import clones
from network.views.meetings import MeetingFormPage


class CloneMeeting(MeetingFormPage):
    """Five fields; title, workshops, agenda and reminders come along, people do not."""

    guard = may_run_network
    purpose = "Ein Netzwerktreffen nach dem Vorbild eines früheren anlegen"
    template_name = "network/clone_meeting.html"
    form_class = CloneForm

    def get_initial(self) -> dict[str, Any]:
        return CloneForm.proposal(self.meeting)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "meeting": self.meeting,
            "items": list(self.meeting.agenda.select_related("field_of_action")),
            "titles": meeting_queries.titles(self.meeting.programme),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "workshop_count": self.meeting.workshops.count()
        }

    def act(self, form: CloneForm) -> HttpResponse:
        made = clones.clone(meeting=self.meeting, plan=form.plan(), by=self.person)
        messages.success(self.request, f"Der Entwurf „{made.title}“ ist gespeichert.")
        return redirect("network:board", made.slug)
