"""When a legal statement has to be looked at again (W02)."""

from datetime import date


def is_review_due(*, reviewed_on: date, today: date) -> bool:
    """Say whether a statement is older than twelve months; due from the day after its birthday."""
    birthday = (reviewed_on.year + 1, reviewed_on.month, reviewed_on.day)
    return (today.year, today.month, today.day) > birthday
