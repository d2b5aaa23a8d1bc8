"""Letters on paper: print them, and enter what comes back."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from network.enums import MeetingMode
from network.forms.paper import CodeForm, PaperForm, PrintForm
from network.models import Invitation, Registration
from network.permissions import may_run_network
from network.queries import invitations as invitation_queries
from network.queries import paper as paper_queries
from network.rules import letter_codes
from network.services import paper
from network.views.meetings import MeetingFormPage
from programme.errors import RuleBroken
from programme.pages import FormPage


class Letters(MeetingFormPage):
    """Print the invitation with a return form, for offices that no mail reaches."""

    guard = may_run_network
    purpose = "Einladungen auf Papier drucken"
    template_name = "network/letters.html"
    form_class = PrintForm

    @cached_property
    def rows(self) -> list[Invitation]:
        return paper_queries.choosable(meeting=self.meeting)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"rows": self.rows}

    def get_initial(self) -> dict[str, Any]:
        wanted = self.request.GET.get("fuer", "")
        ticked = paper_queries.preselected(meeting=self.meeting, rows=self.rows, wanted=wanted)
        kind = "reminder" if self.request.GET.get("art") == "erinnerung" else "invitation"
        return super().get_initial() | {"invitations": ticked, "kind": kind}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"rows": self.rows}

    def act(self, form: PrintForm) -> HttpResponse:
        chosen = set(form.cleaned_data["invitations"])
        printout = paper.print_letters(
            meeting=self.meeting,
            invitations=[row for row in self.rows if row.pk in chosen],
            is_reminder=form.cleaned_data["kind"] == "reminder",
            by=self.person,
        )
        return redirect("programme:printout", printout.pk)


class EnterCode(FormPage):
    """The code of a return form leads to the one form it is entered in."""

    guard = may_run_network
    purpose = "Den Code eines Antwortbogens eingeben"
    template_name = "network/enter_code.html"
    form_class = CodeForm

    def act(self, form: CodeForm) -> HttpResponse:
        invitation = paper_queries.by_code(code=form.cleaned_data["code"])
        return redirect("network:paper_answer", letter_codes.code(invitation.pk))


class PaperAnswer(FormPage):
    """Enter what stands on a return form; then the next code."""

    guard = may_run_network
    purpose = "Die Antwort einer Behörde auf Papier eintragen"
    template_name = "network/paper_answer.html"
    form_class = PaperForm

    @cached_property
    def invitation(self) -> Invitation:
        try:
            return paper_queries.by_code(code=self.kwargs["code"])
        except RuleBroken as broken:
            raise Http404 from broken

    @cached_property
    def people(self) -> list[Registration]:
        return invitation_queries.people(invitation=self.invitation)

    def get_form_kwargs(self) -> dict[str, Any]:
        seats = invitation_queries.seat_count(
            invitation=self.invitation, registered=len(self.people)
        )
        is_hybrid = self.invitation.meeting.mode == MeetingMode.HYBRID
        return super().get_form_kwargs() | {"rows": seats.free, "is_hybrid": is_hybrid}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "invitation": self.invitation,
            "meeting": self.invitation.meeting,
            "people": self.people,
            "code": letter_codes.code(self.invitation.pk),
        }

    def act(self, form: PaperForm) -> HttpResponse:
        paper.enter(invitation=self.invitation, given=form.given(), by=self.person)
        name = self.invitation.organisation.short_name
        messages.success(self.request, f"Die Antwort von {name} ist eingetragen.")
        return redirect("network:enter_code")
