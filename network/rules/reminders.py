"""When offices that have not answered are reminded."""

from datetime import datetime, time, timedelta

from network.rules.deadlines import HESSEN

DAYS_BEFORE = (14, 7, 2)
AT = time(8)
PAUSE = timedelta(hours=24)


def due_at(*, reply_until: datetime, days_before: int) -> datetime:
    """Return when a reminder goes: at eight in the morning in Hessen, days before the deadline."""
    day = reply_until.astimezone(HESSEN).date() - timedelta(days=days_before)
    return datetime.combine(day, AT, tzinfo=HESSEN)


def planned(*, reply_until: datetime | None, moment: datetime) -> list[int]:
    """Return which of the days before the deadline still lie ahead, the earliest first."""
    if reply_until is None:
        return []
    return [
        days for days in DAYS_BEFORE if due_at(reply_until=reply_until, days_before=days) > moment
    ]


def may_remind(
    *, reply_until: datetime | None, starts_at: datetime | None, moment: datetime
) -> bool:
    """Say whether a reminder makes sense: there is a deadline, and it has not passed."""
    if reply_until is None or starts_at is None:
        return False
    return moment <= min(reply_until, starts_at)
