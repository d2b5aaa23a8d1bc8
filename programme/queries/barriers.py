"""Reports of barriers as the programme team works on them."""

from dataclasses import dataclass
from datetime import datetime

from programme import clock
from programme.enums import BarrierReportStatus
from programme.models import BarrierReport
from programme.rules import barriers


@dataclass(frozen=True)
class OpenReport:
    """An open report with the day it has to be answered by."""

    report: BarrierReport
    waiting: barriers.Waiting
    answer_by: datetime


def open_reports() -> list[OpenReport]:
    """Return the reports that wait for an answer, oldest first."""
    now = clock.now()
    rows = BarrierReport.objects.filter(status=BarrierReportStatus.OPEN).order_by("created_at")
    return [
        OpenReport(
            report=row,
            waiting=barriers.waiting(created_at=row.created_at, now=now),
            answer_by=row.created_at + barriers.OVERDUE_AFTER,
        )
        for row in rows
    ]


def answered_reports() -> list[BarrierReport]:
    """Return the reports answered last, newest first, at most 25."""
    answered = BarrierReport.objects.filter(status=BarrierReportStatus.CLOSED)
    return list(answered.select_related("closed_by").order_by("-closed_at")[:25])
