"""How long a report of a barrier may wait for its answer (W03)."""

from datetime import datetime, timedelta
from typing import Literal

WARN_AFTER = timedelta(weeks=4)
OVERDUE_AFTER = timedelta(weeks=6)

Waiting = Literal["on_time", "warn", "overdue"]


def waiting(*, created_at: datetime, now: datetime) -> Waiting:
    """Judge an open report: the house aims at four weeks, the law (HVBIT § 6) allows six."""
    age = now - created_at
    if age > OVERDUE_AFTER:
        return "overdue"
    return "warn" if age > WARN_AFTER else "on_time"
