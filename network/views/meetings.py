"""The programme team plans meetings, publishes and cancels."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from network.forms.meetings import CancelMeetingForm, MeetingForm
from network.models import Meeting
from network.permissions import may_run_network
from network.queries import late_requests
from network.queries import meetings as meeting_queries
from network.rules import agenda
from network.rules.agenda import AgendaLine
from network.services import meetings
from programme.models import Programme
from programme.pages import FormPage, Page


class Workspace(Page):
    """All meetings of the programme with their answers."""

    guard = may_run_network
    template_name = "network/workspace.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "meetings": meeting_queries.workspace_meetings(),
            "late_requests": late_requests.count_open(),
        }


class CreateMeeting(FormPage):
    """A new meeting, as a draft."""

    guard = may_run_network
    purpose = "Ein Netzwerktreffen anlegen"
    template_name = "network/create_meeting.html"
    form_class = MeetingForm

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"title": meeting_queries.proposed_title()}

    def act(self, form: MeetingForm) -> HttpResponse:
        meeting = meetings.draft(
            programme=Programme.objects.current(), plan=form.plan(), by=self.person
        )
        messages.success(self.request, "Der Entwurf ist gespeichert. Nun können Sie einladen.")
        return redirect("network:invite", meeting.slug)


class MeetingFormPage(FormPage):
    """A form about one meeting of the workspace, drafts included."""

    guard = may_run_network

    @cached_property
    def meeting(self) -> Meeting:
        meetings = Meeting.objects.select_related("programme", "host")
        return get_object_or_404(meetings, slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"meeting": self.meeting}


class EditMeeting(MeetingFormPage):
    """Change a draft or a published meeting."""

    guard = may_run_network
    purpose = "Ein Netzwerktreffen ändern"
    template_name = "network/edit_meeting.html"
    form_class = MeetingForm
    clash: Meeting | None = None

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"meeting": self.meeting}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        stands = self._stands(self.clash) if self.clash else {}
        return context | {"differences": context["form"].differences(stands) if stands else []}

    def get_initial(self) -> dict[str, Any]:
        return self._stands(self.meeting)

    @staticmethod
    def _stands(meeting: Meeting) -> dict[str, Any]:
        """Return the meeting as the fields of the form show it."""
        begins, ends, deadline, changes = map(
            _local, (meeting.starts_at, meeting.ends_at, meeting.reply_until, meeting.change_until)
        )
        same = ("title", "kind", "mode", "venue", "street", "postcode", "city", "host", "seats")
        more = ("online_seats", "online_url", "seats_per_office", "topic", "description")
        items = meeting.agenda.select_related("field_of_action")
        lines = [
            AgendaLine(row.begins, row.title, row.speaker, row.field_of_action) for row in items
        ]
        return {name: getattr(meeting, name) for name in (*same, *more, "balance_question")} | {
            "day": begins and begins.date(),
            "begins": begins and begins.time(),
            "ends": ends and ends.time(),
            "reply_until": deadline and deadline.date(),
            "change_until": changes and changes.date(),
            "agenda": agenda.written(lines),
            "seen_at": meeting.changed_at.isoformat(),
        }

    def act(self, form: MeetingForm) -> HttpResponse:
        seen_at = form.cleaned_data["seen_at"]
        try:
            changed = meetings.change(
                meeting=self.meeting, plan=form.plan(), seen_at=seen_at, by=self.person
            )
        except meetings.EditClash as clash:
            self.clash = clash.current
            form.now_seen(clash.current)
            raise
        told = changed.calendar_sequence > self.meeting.calendar_sequence
        more = " Wen es betrifft, erhält jetzt eine E-Mail mit neuem Kalendereintrag."
        messages.success(self.request, f"Das Treffen ist geändert.{more if told else ''}")
        return redirect("network:board", changed.slug)


class PublishMeeting(MeetingFormPage):
    """Show a draft to the public without inviting yet."""

    guard = may_run_network
    purpose = "Ein Netzwerktreffen veröffentlichen"
    template_name = "network/publish_meeting.html"
    form_class = forms.Form

    def act(self, form: forms.Form) -> HttpResponse:
        meetings.publish(meeting=self.meeting, by=self.person)
        messages.success(self.request, "Das Treffen ist veröffentlicht.")
        return redirect("network:board", self.meeting.slug)


class CancelMeeting(MeetingFormPage):
    """Cancel a meeting and tell everybody."""

    guard = may_run_network
    purpose = "Ein Netzwerktreffen absagen"
    template_name = "network/cancel_meeting.html"
    form_class = CancelMeetingForm

    def act(self, form: CancelMeetingForm) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        meetings.cancel(meeting=self.meeting, reason=reason, by=self.person)
        messages.success(self.request, "Das Treffen ist abgesagt. Die Mails sind unterwegs.")
        return redirect("network:board", self.meeting.slug)


def _local(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment) if moment else None
