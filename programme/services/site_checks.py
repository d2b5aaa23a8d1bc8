"""Checks on the spot by audit bodies (rule F34)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import Programme, SiteCheck, User
from programme.services import funding_documents
from programme.services.funding_documents import NewPaper


@dataclass(frozen=True)
class CheckEntry:
    """What is written down of a check; what is still missing may follow later."""

    checked_on: date
    checker: str
    findings: str = ""
    follow_up_on: date | None = None


@transaction.atomic
def record(
    *,
    programme: Programme,
    entry: CheckEntry,
    by: User,
    paper: NewPaper | None = None,
    at: datetime | None = None,
) -> SiteCheck:
    """Write down a check on the spot with its report, if there is one already.

    Refuses (RuleBroken) a day in the future and a follow-up before the check; what is missing is
    named on the list (F34). `at` is the moment of entry, now by default.
    """
    if entry.checked_on > clock.today():
        raise RuleBroken("Die Prüfung liegt in der Zukunft.", field="checked_on")
    if entry.follow_up_on and entry.follow_up_on < entry.checked_on:
        raise RuleBroken("Die Nachverfolgung liegt vor der Prüfung.", field="follow_up_on")
    report = None
    if paper is not None:
        title = f"Prüfbericht vom {entry.checked_on:%d.%m.%Y}"
        report = funding_documents.keep(programme=programme, title=title, paper=paper, by=by, at=at)
    check = SiteCheck.objects.create(
        programme=programme, **vars(entry), report=report, recorded_by=by
    )
    audit.record(
        by=by,
        verb="site_check.recorded",
        subject=check,
        sentence=f"{check} durch {check.checker} erfasst.",
        at=at,
    )
    return check
