"""The answer board of a meeting."""

from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404

from network.enums import MeetingStatus
from network.models import Meeting
from network.permissions import may_run_network
from network.queries.board import board
from network.queries.loose_ends import loose_ends
from network.queries.meetings import is_coming
from network.queries.reminders import is_open
from network.queries.steps import steps
from network.rules.meetings import CHANGEABLE
from programme import clock
from programme.pages import Page


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
        coming = is_coming(meeting, moment) and meeting.status != MeetingStatus.CANCELLED
        day = min(meeting.day or today, today)
        answers = board(meeting=meeting, day=day, is_over=not coming)
        has_invited = answers.invited > 0
        return super().get_context_data(**kwargs) | {
            "meeting": meeting,
            "board": answers,
            "loose_ends": loose_ends(meeting=meeting),
            "steps": steps(meeting=meeting, has_invited=has_invited, moment=moment),
            "may_remind": is_open(meeting=meeting, moment=moment),
            "is_draft": meeting.status == MeetingStatus.DRAFT,
            "is_coming": coming,
            "may_invite": meeting.status in CHANGEABLE and coming,
            "may_cancel": meeting.is_on and coming,
        }
