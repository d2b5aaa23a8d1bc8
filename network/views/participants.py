"""The people of a meeting as the programme team sees them: list, export, help after deadlines."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from network.enums import AnswerChannel
from network.exports import participants as exports
from network.forms.participants import (
    LatePersonForm,
    OnePersonForm,
    ParticipantsForm,
    ReasonForm,
)
from network.forms.registrations import ConfirmForm
from network.models import Meeting, Registration
from network.permissions import may_run_network
from network.queries import participants as queries
from network.queries.meetings import is_coming
from network.services import registrations, waiting_list
from network.services.answer_entries import Origin
from network.views.meetings import MeetingFormPage
from programme import clock
from programme.pages import Guarded, ListPage, made_now


class Narrowed(Guarded):
    """The people of one meeting, narrowed by what stands in the address."""

    guard = may_run_network

    @cached_property
    def meeting(self) -> Meeting:
        meetings = Meeting.objects.select_related("programme")
        return get_object_or_404(meetings, slug=self.kwargs["slug"])

    @cached_property
    def figures(self) -> queries.Figures:
        return queries.figures(meeting=self.meeting)

    @cached_property
    def filter(self) -> ParticipantsForm:
        return ParticipantsForm(self.request.GET, meeting=self.meeting, figures=self.figures)


class Participants(Narrowed, ListPage):
    """Everybody who is registered, waits or cancelled."""

    guard = may_run_network
    template_name = "network/registrations.html"
    context_object_name = "people"

    def get_queryset(self) -> Any:
        return queries.page_by_page(
            meeting=self.meeting, chosen=self.filter.chosen(), figures=self.figures
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "meeting": self.meeting,
            "programme": self.meeting.programme,
            "figures": self.figures,
            "filter": self.filter,
            "is_hybrid": len(self.figures.modes) > 1,
            "may_change": self.meeting.is_on and is_coming(self.meeting, clock.now()),
        }


class Export(Narrowed):
    """The narrowed list as a file for spreadsheets."""

    guard = may_run_network

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        people = queries.participants(meeting=self.meeting, chosen=self.filter.chosen())
        is_csv = self.kwargs["kind"] == "csv"
        write = exports.as_csv if is_csv else exports.as_xlsx
        return made_now(
            write(people),
            name=f"anmeldungen-{self.meeting.slug}.{self.kwargs['kind']}",
            content_type=exports.CSV_TYPE if is_csv else exports.XLSX_TYPE,
        )


class TeamForm(MeetingFormPage):
    """A form the programme team fills in on behalf of an office, also after the deadlines."""

    guard = may_run_network

    @property
    def origin(self) -> Origin:
        return Origin(channel=AnswerChannel.TEAM, by=self.person)

    def done(self, sentence: str) -> HttpResponse:
        messages.success(self.request, sentence)
        return redirect("network:registrations", self.meeting.slug)


class AddParticipant(TeamForm):
    """Register somebody for an office."""

    guard = may_run_network
    purpose = "Eine Person nachträglich für eine Behörde anmelden"
    template_name = "network/add_registration.html"
    form_class = LatePersonForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"meeting": self.meeting}

    def act(self, form: LatePersonForm) -> HttpResponse:
        (made,) = registrations.register(
            invitation=form.cleaned_data["invitation"],
            people=[form.person()],
            accept_waiting=form.cleaned_data["accept_waiting"],
            by=self.person,
            origin=self.origin,
        )
        where = "angemeldet" if made.has_seat else "auf der Warteliste"
        return self.done(f"{made.full_name} ist {where}. Die Nachricht geht per E-Mail.")


class OneParticipant(TeamForm):
    """One person of this meeting; people of other meetings are not found."""

    guard = may_run_network

    @cached_property
    def registration(self) -> Registration:
        rows = Registration.objects.active().select_related("invitation__organisation", "workshop")
        return get_object_or_404(rows, meeting=self.meeting, pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        _ = self.registration  # somebody else's person is a 404 before anything is looked at
        return super().get_form_kwargs()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"registration": self.registration}


class CancelParticipant(OneParticipant):
    """Cancel somebody on request."""

    guard = may_run_network
    purpose = "Eine Person auf Wunsch vom Treffen abmelden"
    template_name = "network/cancel_participant.html"
    form_class = ConfirmForm

    def act(self, form: ConfirmForm) -> HttpResponse:
        registrations.cancel(registration=self.registration, by=self.person, origin=self.origin)
        return self.done(f"{self.registration.full_name} ist abgemeldet.")


class ReplaceParticipant(OneParticipant):
    """Let somebody else of the office take over, on request."""

    guard = may_run_network
    purpose = "Eine Person auf Wunsch durch eine andere ersetzen"
    template_name = "network/replace_participant.html"
    form_class = OnePersonForm

    def get_form_kwargs(self) -> dict[str, Any]:
        options = {"meeting": self.meeting, "before": self.registration}
        return super().get_form_kwargs() | options

    def act(self, form: OnePersonForm) -> HttpResponse:
        successor = registrations.replace(
            registration=self.registration,
            person=form.person(),
            by=self.person,
            origin=self.origin,
        )
        return self.done(f"{successor.full_name} kommt statt {self.registration.full_name}.")


class MoveUpParticipant(OneParticipant):
    """Move somebody up out of turn, with a reason."""

    guard = may_run_network
    purpose = "Eine Person von Hand nachrücken lassen"
    template_name = "network/move_up_participant.html"
    form_class = ReasonForm

    def act(self, form: ReasonForm) -> HttpResponse:
        moved = waiting_list.move_up_by_hand(
            registration=self.registration, reason=form.cleaned_data["reason"], by=self.person
        )
        return self.done(f"{moved.full_name} ist nachgerückt und erhält eine E-Mail.")
