"""Until when an office may answer, change and move up."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from network.enums import MeetingStatus
from network.models import Invitation, Meeting
from programme.errors import RuleBroken

HESSEN = ZoneInfo("Europe/Berlin")
LATE_REQUEST = "Bitte nutzen Sie das Formular „Anfrage an das Programmteam“."


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


def takes_answers(meeting: Meeting, *, moment: datetime) -> bool:
    """Say whether offices may still answer to this meeting: not closed, not past the deadline."""
    return meeting.status != MeetingStatus.CLOSED and may_answer(
        reply_until=meeting.reply_until, starts_at=meeting.starts_at, moment=moment
    )


def is_closed_early(meeting: Meeting, *, moment: datetime) -> bool:
    """Say whether somebody has closed the registration although there would be time to answer."""
    return meeting.status == MeetingStatus.CLOSED and may_answer(
        reply_until=meeting.reply_until, starts_at=meeting.starts_at, moment=moment
    )


def may_change(
    *, starts_at: datetime | None, moment: datetime, change_until: datetime | None = None
) -> bool:
    """Say whether a registration may be changed, replaced, switched or cancelled.

    Until `change_until`, else until the meeting begins. That stays possible after the reply
    deadline, because a freed seat helps somebody else.
    """
    if starts_at is None or moment >= starts_at:
        return False
    return change_until is None or moment <= change_until


def may_promote(*, starts_at: datetime | None, moment: datetime) -> bool:
    """Say whether a freed seat still moves somebody up: until the day of the meeting begins.

    Nobody learns on the way to work that they have a seat elsewhere that morning (target R4).
    """
    if starts_at is None:
        return False
    day = starts_at.astimezone(HESSEN).date()
    return moment < datetime.combine(day, time.min, tzinfo=HESSEN)


def refuse_closed(*, invitation: Invitation, moment: datetime, by_team: bool = False) -> None:
    """Refuse (RuleBroken) an answer to a withdrawn invitation, to a meeting that is not on, and
    after the reply deadline or when registration is closed.

    The programme team may still register somebody until the meeting is over.
    """
    meeting = invitation.meeting
    if invitation.withdrawn_at or not meeting.is_on:
        raise RuleBroken("Diese Einladung gilt nicht mehr.")
    if by_team:
        _refuse_over(meeting, moment)
        return
    is_open = may_answer(
        reply_until=meeting.reply_until, starts_at=meeting.starts_at, moment=moment
    )
    if meeting.status == MeetingStatus.CLOSED or not is_open:
        raise RuleBroken(
            "Die Anmeldung ist geschlossen. Das Programmteam hilft gern weiter, wenn es noch "
            f"geht: {LATE_REQUEST}"
        )


def refuse_unchangeable(*, meeting: Meeting, moment: datetime, by_team: bool = False) -> None:
    """Refuse (RuleBroken) to change, replace, switch or cancel a registration too late.

    After the deadline for changes people ask the programme team, which may still do it until the
    meeting is over. Everybody else is refused once the meeting has begun.
    """
    if by_team:
        _refuse_over(meeting, moment)
        return
    if not may_change(starts_at=meeting.starts_at, moment=moment):
        raise RuleBroken("Das Treffen hat schon begonnen, Änderungen sind nicht mehr möglich.")
    until = meeting.change_until
    if until and moment > until:
        raise RuleBroken(
            f"Ändern ließ sich die Anmeldung bis {until.astimezone(HESSEN):%d.%m.%Y, %H:%M} Uhr. "
            f"Das Programmteam hilft gern weiter, wenn es noch geht: {LATE_REQUEST}"
        )


def _refuse_over(meeting: Meeting, moment: datetime) -> None:
    if is_over(starts_at=meeting.starts_at, ends_at=meeting.ends_at, moment=moment):
        raise RuleBroken("Das Treffen ist vorbei, Änderungen sind nicht mehr möglich.")
