"""Check-in: when the door is open, what a wrong clock means, what steps add up to."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from network.enums import ON, TOOK_PLACE, CheckInKind, MeetingStatus
from network.models import Meeting
from network.rules.deadlines import HESSEN
from programme import clock
from programme.errors import RuleBroken

AHEAD = timedelta(minutes=2)


def day_begins(day: date) -> datetime:
    """Return the first moment of a day in Hessen."""
    return datetime.combine(day, time.min, tzinfo=HESSEN)


def last_day(meeting: Meeting) -> date | None:
    """Return the day a meeting ends; None if its day is not documented."""
    end = meeting.ends_at or meeting.starts_at
    return clock.day_of(end) if end else None


def is_open(meeting: Meeting, moment: datetime) -> bool:
    """Say whether people are let in: on the days of the meeting."""
    end = last_day(meeting)
    if meeting.starts_at is None or end is None or meeting.status not in ON | TOOK_PLACE:
        return False
    return clock.day_of(meeting.starts_at) <= clock.day_of(moment) <= end


def is_past(meeting: Meeting, moment: datetime) -> bool:
    """Say whether only corrections are left: after the last day of the meeting."""
    end = last_day(meeting)
    return meeting.status in ON | TOOK_PLACE and (end is None or clock.day_of(moment) > end)


def refuse_early(meeting: Meeting, moment: datetime) -> None:
    """Refuse (RuleBroken) check-in before the day and at meetings that do not take place."""
    if meeting.status == MeetingStatus.CANCELLED:
        raise RuleBroken("Das Treffen ist abgesagt.")
    if meeting.status == MeetingStatus.DRAFT:
        raise RuleBroken("Das Treffen ist noch nicht veröffentlicht.")
    if not is_open(meeting, moment) and not is_past(meeting, moment):
        day = f"{clock.day_of(meeting.starts_at):%d.%m.%Y}" if meeting.starts_at else ""
        raise RuleBroken(f"Der Einlass öffnet am Tag des Treffens ({day}).")


def plausible(meeting: Meeting, happened_at: datetime | None, moment: datetime) -> datetime:
    """Return when a step happened; a phone with a wrong clock gets the time it reached us.

    Plausible is what lies on the days of the meeting and not in the future. What arrives after
    the meeting without a plausible time counts for its last moment.
    """
    end = last_day(meeting)
    if meeting.starts_at is None or end is None:
        return moment
    closes = day_begins(end + timedelta(days=1))
    latest = min(moment, closes - timedelta(minutes=1))
    opens = day_begins(clock.day_of(meeting.starts_at))
    if happened_at is None or not opens <= happened_at <= min(moment + AHEAD, closes):
        return latest
    return min(happened_at, latest)


def arrived_since(steps: Iterable[tuple[str, datetime]]) -> datetime | None:
    """Return since when somebody is there; steps are (kind, moment) in the order they happened.

    A second arrival changes nothing, taking back ends it.
    """
    since: datetime | None = None
    for kind, moment in steps:
        if kind == CheckInKind.UNDONE:
            since = None
        elif since is None:
            since = moment
    return since
