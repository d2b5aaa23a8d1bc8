"""The answer board of a meeting, and sending a lost invitation again."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from network.enums import MeetingStatus
from network.models import Invitation, Meeting
from network.permissions import may_run_network
from network.queries.board import board
from network.queries.meetings import is_coming
from network.queries.steps import steps
from network.rules.meetings import CHANGEABLE
from network.services import invitations
from programme import clock
from programme.pages import FormPage, Page


class Board(Page):
    """Who comes, who declined, who is still missing; map and table say the same."""

    guard = may_run_network
    template_name = "network/board.html"

    @cached_property
    def meeting(self) -> Meeting:
        meetings = Meeting.objects.select_related("host")
        return get_object_or_404(meetings, slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meeting, moment = self.meeting, clock.now()
        today = clock.today()
        answers = board(meeting=meeting, day=min(meeting.day or today, today))
        has_invited = answers.invited > 0
        return super().get_context_data(**kwargs) | {
            "meeting": meeting,
            "board": answers,
            "steps": steps(meeting=meeting, has_invited=has_invited, moment=moment),
            "is_draft": meeting.status == MeetingStatus.DRAFT,
            "is_coming": is_coming(meeting, moment),
            "may_invite": meeting.status in CHANGEABLE and is_coming(meeting, moment),
            "may_cancel": meeting.is_on and is_coming(meeting, moment),
        }


class ResendInvitation(FormPage):
    """Send the letter of one office again, with the same link."""

    guard = may_run_network
    purpose = "Eine Einladung erneut senden"
    template_name = "network/resend_invitation.html"
    form_class = forms.Form

    @cached_property
    def invitation(self) -> Invitation:
        rows = Invitation.objects.select_related("meeting__programme", "organisation")
        return get_object_or_404(
            rows, meeting__slug=self.kwargs["slug"], organisation__slug=self.kwargs["organisation"]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "invitation": self.invitation,
            "contacts": list(self.invitation.organisation.contacts.addressed()),
        }

    def act(self, form: forms.Form) -> HttpResponse:
        contacts = invitations.resend(invitation=self.invitation, by=self.person)
        addresses = ", ".join(contact.email for contact in contacts)
        messages.success(self.request, f"Die Einladung geht noch einmal an {addresses}.")
        return redirect("network:board", self.invitation.meeting.slug)
