"""The logbook is sealed, checked every day, and handed out as a table."""

import logging
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse

from programme import audit, clock, jobs
from programme.enums import LogTopic
from programme.exports.logbook import table
from programme.models import AuditChain, Printout, User
from programme.queries import logbook as queries
from programme.queries.log_chain import Examination, examination
from programme.queries.logbook import LogFilter
from programme.services import printouts

TEN_MINUTES = 10 * 60
ONCE_A_DAY = 24 * 60 * 60

logger = logging.getLogger(__name__)


@transaction.atomic
def check() -> Examination:
    """Check the whole logbook and keep the outcome for the pages that warn; refuses nothing."""
    found = examination()
    AuditChain.objects.update(checked_at=clock.now(), fault=found.fault[:400])
    if found.fault:
        logger.warning("the logbook is not whole: first wrong entry %s", found.first_wrong)
    return found


@jobs.job(lane=jobs.DOCUMENTS, every=ONCE_A_DAY)
@transaction.atomic
def check_daily() -> str:
    """Check the logbook; may be repeated."""
    return check().sentence


@jobs.job(every=TEN_MINUTES)
def seal_left_over() -> int:
    """Seal what a killed process has left without a number; may be repeated."""
    return audit.seal()


@transaction.atomic
def export(*, wanted: LogFilter, kind: str, by: User) -> Printout:
    """Ask the worker for the entries that match as "csv" or "xlsx"; refuses nothing."""
    printout = printouts.ask(
        title="Protokoll als Tabelle",
        download_name=f"protokoll-{clock.today():%Y-%m-%d}.{kind}",
        back_url=reverse("programme:audit_log"),
        by=by,
    )
    asked = asdict(wanted) | {
        "since": wanted.since.isoformat() if wanted.since else None,
        "until": wanted.until.isoformat() if wanted.until else None,
    }
    make_table.enqueue(printout=str(printout.pk), kind=kind, wanted=asked)
    return printout


@jobs.job(lane=jobs.DOCUMENTS)
def make_table(*, printout: str, kind: str, wanted: dict[str, Any]) -> None:
    """Write the table as the logbook stands now; may be repeated."""
    days = {
        name: date.fromisoformat(wanted[name]) if wanted[name] else None
        for name in ("since", "until")
    }
    topics = tuple(LogTopic(topic) for topic in wanted["topics"])
    chosen = LogFilter(**wanted | days | {"topics": topics})
    with printouts.making(pk=printout):
        content = table(kind, queries.in_batches(wanted=chosen))
        printouts.finish_with(pk=printout, content=content)
