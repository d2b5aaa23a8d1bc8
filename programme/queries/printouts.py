"""The printouts of a person."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core.cache import cache
from django.db.models import QuerySet

from programme import clock
from programme.enums import PrintoutStatus
from programme.models import Printout
from programme.rules.numbers import grouped

LATE_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Progress:
    """How much of a printout is ready, and in words."""

    percent: int
    stage: str


def of_person(*, user_id: int) -> QuerySet[Printout]:
    """Return the printouts one person asked for, the newest first."""
    return Printout.objects.filter(requested_by_id=user_id)


def is_late(printout: Printout) -> bool:
    """Say whether a printout waits longer than it should, so that trying again helps."""
    waits = printout.status == PrintoutStatus.WAITING
    return waits and printout.requested_at < clock.now() - LATE_AFTER


def progress_key(pk: UUID | str) -> str:
    """Return under which name the progress of a printout is kept."""
    return f"printout-progress-{pk}"


def progress_of(printout: Printout) -> Progress | None:
    """Return how far the worker is; None if it has not said anything countable."""
    told = cache.get(progress_key(printout.pk))
    if told is None:
        return None
    percent, done, whole, what = told
    return Progress(percent, f"{grouped(done)} von {grouped(whole)} {what}")
