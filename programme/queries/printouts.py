"""The printouts of a person."""

from datetime import timedelta

from django.db.models import QuerySet

from programme import clock
from programme.enums import PrintoutStatus
from programme.models import Printout

LATE_AFTER = timedelta(minutes=10)


def of_person(*, user_id: int) -> QuerySet[Printout]:
    """Return the printouts one person asked for, the newest first."""
    return Printout.objects.filter(requested_by_id=user_id)


def is_late(printout: Printout) -> bool:
    """Say whether a printout waits longer than it should, so that trying again helps."""
    waits = printout.status == PrintoutStatus.WAITING
    return waits and printout.requested_at < clock.now() - LATE_AFTER
