"""How long a report of a barrier may wait (W03), how many confirmations an address gets."""

from datetime import datetime, timedelta
from typing import Literal

WARN_AFTER = timedelta(weeks=4)
OVERDUE_AFTER = timedelta(weeks=6)
MOST_CONFIRMATIONS = 3
CONFIRMATIONS_PER = timedelta(days=1)

Waiting = Literal["on_time", "warn", "overdue"]


def waiting(*, created_at: datetime, now: datetime) -> Waiting:
    """Judge an open report: the house aims at four weeks, the law (HVBIT § 6) allows six."""
    age = now - created_at
    if age > OVERDUE_AFTER:
        return "overdue"
    return "warn" if age > WARN_AFTER else "on_time"
