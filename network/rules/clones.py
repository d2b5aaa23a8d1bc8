"""What the next meeting takes over from an earlier one: title counted on, dates shifted."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from network.models import AgendaItem, Meeting
from network.rules.agenda import AgendaLine
from network.rules.deadlines import HESSEN
from network.rules.meetings import Plan
from network.rules.places import Place

WEEK = timedelta(weeks=1)
USUAL_GAP = 26 * WEEK
LEAST_NOTICE = 8 * WEEK
USUAL_REPLY = timedelta(days=14)
NUMBER_FIRST = re.compile(r"(?P<number>\d{1,3})(?P<rest>\. .+)", re.DOTALL)
NUMBER_LAST = re.compile(r"(?P<rest>.*\D)(?P<number>\d{1,4})", re.DOTALL)
LONGEST = 160
USUAL_SEATS = 60


class Times(NamedTuple):
    """When the next meeting is and until when offices answer."""

    starts_at: datetime
    ends_at: datetime
    reply_until: datetime


def next_title(title: str, *, taken: Iterable[str], day: date) -> str:
    """Return the title counted on: "3. Treffen" after "2. Treffen", "Forum 2027" after "2026".

    Without a number the second one is "… 2". Titles in `taken` are not used again.
    """
    used = set(taken)
    first, last = NUMBER_FIRST.fullmatch(title), NUMBER_LAST.fullmatch(title)
    numbers: Iterable[str]
    if first:
        numbers = (f"{number}{first['rest']}" for number in range(int(first["number"]) + 1, 1000))
    elif last and len(last["number"]) == 4:
        numbers = [f"{last['rest']}{day.year}"]
    elif last:
        start = int(last["number"]) + 1
        numbers = (f"{last['rest']}{number}" for number in range(start, 10_000))
    else:
        numbers = (f"{title[: LONGEST - 4]} {number}" for number in range(2, 1000))
    return next((name for name in numbers if name not in used), title)


def next_day(day: date | None, *, today: date) -> date:
    """Return a day for the next meeting: half a year later, at least eight weeks from today, on
    the same day of the week."""
    if day is None:
        return today + LEAST_NOTICE
    earliest = max(day + USUAL_GAP, today + LEAST_NOTICE)
    return earliest + timedelta(days=(day.weekday() - earliest.weekday()) % 7)


def reply_day(*, day: date, old_day: date | None, old_deadline: datetime | None) -> date:
    """Return until when to answer: as many days before the meeting as the last time, else 14."""
    if old_day is None or old_deadline is None:
        return day - USUAL_REPLY
    return day - (old_day - old_deadline.astimezone(HESSEN).date())


def shifted(
    moment: datetime | None, *, old_start: datetime | None, start: datetime
) -> datetime | None:
    """Return a moment as many days before the new start as it was before the old one.

    The time of day stays, also across the change to summer time.
    """
    if moment is None or old_start is None:
        return None
    local = moment.astimezone(HESSEN)
    days = start.astimezone(HESSEN).date() - old_start.astimezone(HESSEN).date()
    return datetime.combine(local.date() + days, local.time(), tzinfo=HESSEN)


def shifted_clock(at: time | None, *, old_start: datetime | None, start: datetime) -> time | None:
    """Return a time of day as long after the new start as it was after the old one.

    None if it would fall on another day.
    """
    if at is None or old_start is None:
        return at
    old, new = (moment.astimezone(HESSEN) for moment in (old_start, start))
    minutes = _minutes(at) + _minutes(new.time()) - _minutes(old.time())
    return time(*divmod(minutes, 60)) if 0 <= minutes < 24 * 60 else None


def next_plan(
    meeting: Meeting,
    *,
    items: Iterable[AgendaItem],
    title: str,
    when: Times,
    place: Place,
) -> Plan:
    """Return the plan of the next meeting; what is not named is as it was the last time.

    The last day for changes and the times of the agenda keep their distance to the beginning.
    The address of the online room is left out: an old one would lead people astray.
    """
    old_start = meeting.starts_at
    changes = shifted(meeting.change_until, old_start=old_start, start=when.starts_at)
    fits = changes is not None and when.reply_until <= changes <= when.starts_at
    return Plan(
        title=title,
        change_until=changes if fits else None,
        agenda=tuple(
            AgendaLine(
                shifted_clock(item.begins, old_start=old_start, start=when.starts_at),
                item.title,
                item.speaker,
                item.field_of_action,
            )
            for item in items
        ),
        kind=meeting.kind,
        mode=meeting.mode,
        host=meeting.host,
        topic=meeting.topic,
        description=meeting.description,
        balance_question=meeting.balance_question,
        seats=meeting.seats or USUAL_SEATS,
        online_seats=meeting.online_seats,
        seats_per_office=meeting.seats_per_office,
        **when._asdict(),
        **place._asdict(),
    )


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
