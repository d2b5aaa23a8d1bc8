"""Changing a meeting without a second tab in between."""

from network.models import Meeting
from network.rules.meetings import Plan
from network.services import meetings
from programme.models import User


def change(meeting: Meeting, plan: Plan, by: User) -> Meeting:
    """Change the meeting as it was read last."""
    return meetings.change(meeting=meeting, plan=plan, seen_at=meeting.changed_at, by=by)
