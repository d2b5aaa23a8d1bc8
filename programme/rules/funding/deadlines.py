"""Days that follow from other days: months later, ends of months."""

from calendar import monthrange
from datetime import date


def plus_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_of_month_after(day: date, months: int) -> date:
    """Return the last day of the calendar month that many months after the month of a day."""
    later = plus_months(day.replace(day=1), months)
    return later.replace(day=monthrange(later.year, later.month)[1])
