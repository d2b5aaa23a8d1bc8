"""The programme team plans the workshops of a meeting."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from network.forms.workshops import WorkshopForm
from network.models import Meeting, Workshop
from network.permissions import may_run_network
from network.queries.workshops import of_meeting
from network.rules.meetings import CHANGEABLE
from network.rules.workshops import fingerprint
from network.services import workshops
from network.views.meetings import MeetingFormPage
from programme.errors import RuleBroken
from programme.forms.versions import Difference
from programme.pages import Guarded, Page


class Workshops(Page):
    """The workshops of one meeting with their places and queues."""

    guard = may_run_network
    template_name = "network/workshops.html"

    @cached_property
    def meeting(self) -> Meeting:
        return get_object_or_404(Meeting, slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "meeting": self.meeting,
            "workshops": of_meeting(self.meeting),
            "may_change": self.meeting.status in CHANGEABLE,
        }


class AddWorkshop(MeetingFormPage):
    """A further workshop."""

    guard = may_run_network
    purpose = "Einen Workshop eines Netzwerktreffens anlegen"
    template_name = "network/add_workshop.html"
    form_class = WorkshopForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"meeting": self.meeting}

    def act(self, form: WorkshopForm) -> HttpResponse:
        workshop = workshops.add(meeting=self.meeting, plan=form.plan(), by=self.person)
        messages.success(self.request, f"Der Workshop „{workshop.title}“ ist angelegt.")
        return redirect("network:workshops", self.meeting.slug)


class WorkshopPage(MeetingFormPage):
    """A form about one workshop of a meeting."""

    guard = may_run_network

    @cached_property
    def workshop(self) -> Workshop:
        rows = self.meeting.workshops.select_related("field_of_action")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"workshop": self.workshop}


class EditWorkshop(WorkshopPage):
    """Change a workshop; its people are told what they must know."""

    guard = may_run_network
    purpose = "Einen Workshop eines Netzwerktreffens ändern"
    template_name = "network/edit_workshop.html"
    form_class = WorkshopForm
    differences: tuple[Difference, ...] = ()

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"meeting": self.meeting}

    def get_initial(self) -> dict[str, Any]:
        names = WorkshopForm.base_fields.keys() - {"seen"}
        stands = {name: getattr(self.workshop, name) for name in names}
        return stands | {"seen": fingerprint(self.workshop)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"differences": self.differences}

    def act(self, form: WorkshopForm) -> HttpResponse:
        seen = form.cleaned_data["seen"]
        try:
            workshop = workshops.change(
                workshop=self.workshop, plan=form.plan(), seen=seen, by=self.person
            )
        except workshops.WorkshopClash as clash:
            self.differences = tuple(form.now_seen(clash.current))
            raise
        messages.success(self.request, f"Der Workshop „{workshop.title}“ ist geändert.")
        return redirect("network:workshops", self.meeting.slug)


class MoveWorkshop(Guarded):
    """Put a workshop one place up or down in the list people choose from."""

    guard = may_run_network
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        workshop = get_object_or_404(Workshop, meeting__slug=slug, pk=pk)
        try:
            workshops.move(workshop=workshop, up=request.POST.get("way") == "up", by=self.person)
        except RuleBroken as broken:
            messages.error(request, broken.message)
        return redirect("network:workshops", slug)


class RemoveWorkshop(WorkshopPage):
    """Take out a workshop nobody has chosen."""

    guard = may_run_network
    purpose = "Einen Workshop eines Netzwerktreffens entfernen"
    template_name = "network/remove_workshop.html"
    form_class = forms.Form

    def act(self, form: forms.Form) -> HttpResponse:
        title = self.workshop.title
        workshops.remove(workshop=self.workshop, by=self.person)
        messages.success(self.request, f"Der Workshop „{title}“ ist entfernt.")
        return redirect("network:workshops", self.meeting.slug)
