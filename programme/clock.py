"""The only clock of the portal; every other way to ask for the time is banned by ruff."""

from datetime import date, datetime, time

from django.utils import timezone


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """Return the calendar day in Hessen."""
    return timezone.localdate()


def day_of(moment: datetime) -> date:
    """Return the calendar day of a moment in Hessen."""
    return timezone.localdate(moment)


def default_as_of(starts_on: date, ends_on: date) -> date:
    """Return the "Stand am" a page proposes: today, kept inside the run time of the programme."""
    return min(max(today(), starts_on), ends_on)


def at(day: date, hour: time) -> datetime:
    """Return the moment of that hour on a calendar day in Hessen, summer time or not."""
    return timezone.make_aware(datetime.combine(day, hour))
