"""Closing the file of a meeting: figures, what is still open, one button."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from network.enums import MeetingStatus
from network.permissions import may_run_network
from network.queries import close_out as queries
from network.queries import report
from network.services import life_cycle
from network.views.meetings import MeetingFormPage


class CloseOut(MeetingFormPage):
    """What the meeting came to, what is missing, and closing it."""

    guard = may_run_network
    purpose = "Ein Netzwerktreffen abschließen"
    template_name = "network/close_out.html"
    form_class = forms.Form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meeting = self.meeting
        count = queries.head_count(meeting)
        return super().get_context_data(**kwargs) | {
            "count": count,
            "points": queries.open_points(meeting, count),
            "decisions": queries.open_decisions(meeting),
            "may_close": meeting.status == MeetingStatus.HELD,
            "is_closed": meeting.status == MeetingStatus.DOCUMENTED,
            "is_in_report": report.counts(meeting),
        }

    def act(self, form: forms.Form) -> HttpResponse:
        life_cycle.document(meeting=self.meeting, by=self.person)
        where = "im Bericht und " if report.counts(self.meeting) else ""
        done = f"Das Treffen ist abgeschlossen. Es zählt {where}in der Beteiligung."
        messages.success(self.request, done)
        return redirect("network:close_out", self.meeting.slug)
