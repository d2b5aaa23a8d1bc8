"""Notices of the granting authorities: recorded, corrected, and what they do to the grant."""

from dataclasses import fields
from datetime import datetime

from django.db import transaction

from programme import audit, clock
from programme.models import FundingSource, GrantNotice, User
from programme.queries.grants import planned_by_source
from programme.rules import grants as rules
from programme.rules.funding.finding import refuse
from programme.rules.funding.plan import SourcePlan, planned_within_grant
from programme.rules.grants import NoticeEntry
from programme.rules.money import written
from programme.services import funding_documents
from programme.services.funding_documents import NewPaper


@transaction.atomic
def record(
    *,
    entry: NoticeEntry,
    paper: NewPaper,
    by: User,
    confirmed: bool = False,
    at: datetime | None = None,
) -> GrantNotice:
    """Record a notice with its file; the notice issued last sets the grant of its source, in EUR.

    Refuses (RuleBroken) what `rules.grants.acceptable` refuses; warns (F08) if the approved plan
    counts on more than is granted now. `at` is the moment of entry, now by default.
    """
    source, others = _locked(entry.source)
    _judge(entry, source, others, confirmed=confirmed)
    columns = _columns(entry) | {"source": source}
    notice = GrantNotice(recorded_by=by, recorded_at=at or clock.now(), **columns)
    notice.document = funding_documents.keep(
        programme=source.programme, title=str(notice), paper=paper, by=by, at=at
    )
    notice.save()
    changes = _set_grant(source, [*others, notice])
    audit.record(
        by=by,
        verb="notice.recorded",
        subject=notice,
        sentence=f"{notice} ({source.short_name}) erfasst; bewilligt sind "
        f"{written(source.granted_eur)}.",
        changes=changes,
        at=at,
    )
    return notice


@transaction.atomic
def correct(
    *,
    notice: GrantNotice,
    entry: NoticeEntry,
    paper: NewPaper | None,
    by: User,
    confirmed: bool = False,
) -> GrantNotice:
    """Mend what was typed wrongly from a notice; a new file replaces the one shown.

    Refuses (RuleBroken) another source and what `record` refuses. Old values stay in the logbook.
    """
    source, rows = _locked(notice.source)
    locked = next(row for row in rows if row.pk == notice.pk)
    others = [row for row in rows if row.pk != notice.pk]
    _judge(entry, source, others, confirmed=confirmed)
    columns = _columns(entry) | {"source": source}
    changes = {
        name: [str(getattr(locked, name)), str(value)]
        for name, value in columns.items()
        if getattr(locked, name) != value
    }
    for name, value in columns.items():
        setattr(locked, name, value)
    if paper is not None:
        locked.document = funding_documents.keep(
            programme=source.programme, title=str(locked), paper=paper, by=by
        )
        changes["document"] = ["", paper.checked.name]
    locked.save()
    _set_grant(source, [*others, locked])
    audit.record(
        by=by,
        verb="notice.corrected",
        subject=locked,
        sentence=f"{locked} ({source.short_name}) berichtigt; bewilligt sind "
        f"{written(source.granted_eur)}.",
        changes=changes,
    )
    return locked


def _locked(source: FundingSource) -> tuple[FundingSource, list[GrantNotice]]:
    """Return the source, locked, with all its notices: one notice after the other."""
    row = FundingSource.objects.select_for_update(of=("self",)).select_related("programme")
    locked = row.get(pk=source.pk)
    return locked, list(locked.notices.select_related("source"))


def _judge(
    entry: NoticeEntry, source: FundingSource, others: list[GrantNotice], *, confirmed: bool
) -> None:
    rules.acceptable(entry, others, today=clock.today())
    newer = any(row.issued_on > entry.issued_on for row in others)
    planned = planned_by_source(programme=source.programme).get(source.pk)
    if newer or planned is None:
        return
    plan = SourcePlan(source.short_name, planned, entry.granted_eur)
    refuse([planned_within_grant(plan)], confirmed=confirmed)


def _columns(entry: NoticeEntry) -> dict[str, object]:
    columns = {field.name: getattr(entry, field.name) for field in fields(entry)}
    for name in ("reference", "conditions"):
        columns[name] = str(columns[name]).strip()
    return columns


def _set_grant(source: FundingSource, notices: list[GrantNotice]) -> dict[str, list[str]]:
    """Let the newest notice set the grant; return what changed."""
    notice = rules.in_force(notices)
    if notice is None:
        return {}
    before = source.granted_eur
    source.granted_eur, source.is_approximate = notice.granted_eur, False
    source.basis = str(notice)
    source.save(update_fields=["granted_eur", "is_approximate", "basis"])
    return {"granted_eur": [str(before), str(source.granted_eur)]}
