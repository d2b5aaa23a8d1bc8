"""When people are reminded of agreed steps and of phases that are late."""

from datetime import date, timedelta

FRIDAY = 4
# What is older was told before, or nobody could hear of it in time.
LOOK_BACK = timedelta(days=30)


def next_working_day(day: date) -> date:
    """Return the day after, or the Monday if that is a weekend; holidays are not known here."""
    ahead = 7 - day.weekday() if day.weekday() >= FRIDAY else 1
    return day + timedelta(days=ahead)
