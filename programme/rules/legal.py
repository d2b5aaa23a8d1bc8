"""When a legal statement has to be looked at again (W02), and whether somebody else changed it."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from django.db.models import Model


def is_review_due(*, reviewed_on: date, today: date) -> bool:
    """Say whether a statement is older than twelve months; due from the day after its birthday."""
    birthday = (reviewed_on.year + 1, reviewed_on.month, reviewed_on.day)
    return (today.year, today.month, today.day) > birthday


def mark_of(row: Model, columns: Iterable[str]) -> str:
    """Return a short mark of what these columns say; it differs as soon as one of them does."""
    said = "\x1f".join(f"{name}\x1e{getattr(row, name)}" for name in sorted(columns))
    return sha256(said.encode()).hexdigest()[:16]
