"""One office at one meeting: what it was sent, what it answered, and what can be done."""

from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from network.forms.invitations import SeatsForm
from network.models import Invitation
from network.permissions import may_run_network
from network.queries import letters
from network.queries.invitations import seat_count
from network.rules import letter_codes
from network.rules.deadlines import is_closed_early, takes_answers
from network.services import invitation_changes, invitations
from programme import clock
from programme.pages import FormPage, Page


class InvitationHistory(Page):
    """Letters, answers, people and calendar answers of one office, in one place."""

    guard = may_run_network
    template_name = "network/invitation_history.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        invitation = _invitation(self.kwargs)
        people = list(
            invitation.registrations.select_related("replaces").order_by("registered_at", "pk")
        )
        active = sum(person.is_active for person in people)
        meeting = invitation.meeting
        sent = letters.of_office(invitation=invitation)
        return super().get_context_data(**kwargs) | {
            "invitation": invitation,
            "meeting": meeting,
            "organisation": invitation.organisation,
            "letters": [(letter, *letters.delivery(letter)) for letter in sent],
            "entries": invitation.entries.select_related("by"),
            "people": people,
            "requests": invitation.late_requests.select_related("settled_by"),
            "replies": invitation.calendar_replies.all(),
            "seats": seat_count(invitation=invitation, registered=active),
            "code": letter_codes.code(invitation.pk),
            "is_on": meeting.is_on and meeting.starts_at and meeting.starts_at > clock.now(),
        }


class OfficeStep(FormPage):
    """A page that asks before one thing is done with one invitation."""

    guard = may_run_network
    form_class = forms.Form
    template_name = "network/invitation_step.html"
    heading: ClassVar[str] = ""
    lead: ClassVar[str] = ""

    @cached_property
    def invitation(self) -> Invitation:
        return _invitation(self.kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "invitation": self.invitation,
            "contacts": list(self.invitation.organisation.contacts.addressed()),
            "heading": self.heading,
            "lead": self.lead,
        }

    def done(self, message: str) -> HttpResponse:
        """Say what was done and go back to the history of the office."""
        messages.success(self.request, message)
        return redirect(
            "network:invitation_history",
            self.invitation.meeting.slug,
            self.invitation.organisation.slug,
        )


class Resend(OfficeStep):
    """Send the letter of one office again, with the same link."""

    guard = may_run_network
    purpose = "Eine Einladung erneut senden"
    template_name = "network/resend_invitation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meeting, moment = self.invitation.meeting, clock.now()
        return super().get_context_data(**kwargs) | {
            "may_answer": takes_answers(meeting, moment=moment),
            "may_reopen": is_closed_early(meeting, moment=moment),
        }

    def act(self, form: forms.Form) -> HttpResponse:
        contacts = invitations.resend(invitation=self.invitation, by=self.person)
        addresses = ", ".join(contact.email for contact in contacts)
        return self.done(f"Die Einladung geht noch einmal an {addresses}.")


class Withdraw(OfficeStep):
    """Let an invitation no longer count."""

    guard = may_run_network
    purpose = "Eine Einladung zurückziehen"
    heading = "Einladung zurückziehen"
    lead = (
        "Der Link der Organisation gilt dann nicht mehr. Angemeldete Personen werden abgemeldet, "
        "alle erhalten eine Nachricht, und der Termin verschwindet aus ihrem Kalender."
    )

    def act(self, form: forms.Form) -> HttpResponse:
        invitation_changes.withdraw(invitation=self.invitation, by=self.person)
        return self.done("Die Einladung ist zurückgezogen.")


class Restore(OfficeStep):
    """Let a withdrawn invitation count again."""

    guard = may_run_network
    purpose = "Eine zurückgezogene Einladung erneuern"
    heading = "Wieder einladen"
    lead = (
        "Die Einladung gilt wieder mit demselben Link und geht noch einmal an die Kontakte. "
        "Wer abgemeldet wurde, meldet sich neu an."
    )

    def act(self, form: forms.Form) -> HttpResponse:
        invitation_changes.restore(invitation=self.invitation, by=self.person)
        return self.done("Die Einladung gilt wieder.")


class ChangeSeats(OfficeStep):
    """Give one office more or fewer seats than the others."""

    guard = may_run_network
    purpose = "Die Plätze einer Organisation ändern"
    form_class = SeatsForm
    heading = "Plätze ändern"
    lead = "Wer angemeldet ist, bleibt angemeldet, auch wenn die Zahl kleiner wird."

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"seats": self.invitation.seats_override}

    def act(self, form: SeatsForm) -> HttpResponse:
        seats = form.cleaned_data["seats"]
        invitation_changes.set_seats(invitation=self.invitation, seats=seats, by=self.person)
        return self.done("Die Plätze sind geändert.")


def _invitation(kwargs: dict[str, Any]) -> Invitation:
    rows = Invitation.objects.select_related("meeting__programme", "organisation")
    return get_object_or_404(
        rows, meeting__slug=kwargs["slug"], organisation__slug=kwargs["organisation"]
    )
