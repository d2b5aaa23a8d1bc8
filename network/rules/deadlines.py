"""Until when an office may answer, change and move up."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from network.enums import MeetingStatus
from network.models import Invitation, Meeting
from programme.errors import RuleBroken

HESSEN = ZoneInfo("Europe/Berlin")


def is_over(*, starts_at: datetime | None, ends_at: datetime | None, moment: datetime) -> bool:
    """Say whether a meeting lies in the past; one without a documented day always does."""
    end = ends_at or starts_at
    return end is None or end <= moment


def may_answer(
    *, reply_until: datetime | None, starts_at: datetime | None, moment: datetime
) -> bool:
    """Say whether an office may still answer and register: until the deadline, or until the
    meeting begins if no deadline is set."""
    if starts_at is None or moment >= starts_at:
        return False
    return reply_until is None or moment <= reply_until


def may_change(*, starts_at: datetime | None, moment: datetime) -> bool:
    """Say whether a registration may be changed, replaced or cancelled: until the meeting begins.

    That stays possible after the reply deadline, because a freed seat helps somebody else.
    """
    return starts_at is not None and moment < starts_at


def may_promote(*, starts_at: datetime | None, moment: datetime) -> bool:
    """Say whether a freed seat still moves somebody up: until the day of the meeting begins.

    Nobody learns on the way to work that they have a seat elsewhere that morning (target R4).
    """
    if starts_at is None:
        return False
    day = starts_at.astimezone(HESSEN).date()
    return moment < datetime.combine(day, time.min, tzinfo=HESSEN)


def refuse_closed(*, invitation: Invitation, moment: datetime) -> None:
    """Refuse (RuleBroken) an answer to a withdrawn invitation, to a meeting that is not on, and
    after the reply deadline."""
    meeting = invitation.meeting
    if invitation.withdrawn_at or meeting.status != MeetingStatus.PUBLISHED:
        raise RuleBroken("Diese Einladung gilt nicht mehr.")
    if not may_answer(reply_until=meeting.reply_until, starts_at=meeting.starts_at, moment=moment):
        raise RuleBroken(
            "Die Antwortfrist ist abgelaufen. Bitte schreiben Sie an "
            f"{meeting.programme.contact_email}."
        )


def refuse_begun(*, meeting: Meeting, moment: datetime) -> None:
    """Refuse (RuleBroken) changes of a registration once the meeting has begun."""
    if not may_change(starts_at=meeting.starts_at, moment=moment):
        raise RuleBroken("Das Treffen hat schon begonnen, Änderungen sind nicht mehr möglich.")
