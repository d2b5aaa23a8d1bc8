"""Findings of audits: written by auditors, answered by finance, closed by auditors."""

from datetime import datetime

from django.db import transaction

from programme import audit, clock
from programme.enums import FindingState
from programme.errors import RuleBroken
from programme.models import AuditFinding, Programme, User
from programme.queries import findings as queries
from programme.rules import inspections as rules
from programme.rules.inspections import FindingEntry
from programme.rules.money import written

NO_SUBJECT = "Unter dieser Nummer ist nichts erfasst. Bitte prüfen Sie Art und Nummer."


@transaction.atomic
def record(
    *, programme: Programme, entry: FindingEntry, by: User, at: datetime | None = None
) -> AuditFinding:
    """Write down a finding about a voucher, a line, a drawdown or a proof; amount in EUR.

    Refuses (RuleBroken) a subject that does not exist, an empty text, and more than the gross
    amount of a voucher; `at` is now by default.
    """
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    finding = AuditFinding.objects.create(
        programme=programme,
        number=queries.next_number(programme=programme),
        **_columns(programme, entry),
        found_by=by,
        found_at=at or clock.now(),
    )
    audit.record(
        by=by,
        verb="finding.recorded",
        subject=finding,
        sentence=f"{finding} zu {finding.subject_title} erfasst{_amount(finding)}.",
        at=at,
    )
    return finding


@transaction.atomic
def correct(
    *, finding: AuditFinding, seen_revision: int, entry: FindingEntry, by: User
) -> AuditFinding:
    """Change a finding; it then waits for an answer again, an earlier answer stays readable.

    Refuses (RuleBroken) a finding that is closed or not as the person has seen it, and what
    `record` refuses.
    """
    locked = _locked(finding, seen_revision)
    rules.may_be_corrected(locked)
    columns = _columns(locked.programme, entry)
    changes = {
        name: [_text(getattr(locked, name)), _text(value)]
        for name, value in columns.items()
        if getattr(locked, name) != value
    }
    for name, value in columns.items():
        setattr(locked, name, value)
    locked.state = FindingState.OPEN
    return _save(locked, by=by, verb="finding.corrected", told="geändert", changes=changes)


@transaction.atomic
def answer(
    *,
    finding: AuditFinding,
    seen_revision: int,
    text: str,
    by: User,
    at: datetime | None = None,
) -> AuditFinding:
    """Answer a finding; answering again replaces the text.

    Refuses (RuleBroken) an empty answer, the own finding, one that is closed or not as the
    person has seen it.
    """
    if not text.strip():
        raise RuleBroken("Bitte schreiben Sie, wie Sie die Feststellung ausräumen.", field="text")
    locked = _locked(finding, seen_revision)
    rules.may_be_answered(locked, by)
    changes = {"answer": [locked.answer, text.strip()]}
    locked.answer, locked.answered_by = text.strip(), by
    locked.answered_at = at or clock.now()
    locked.state = FindingState.ANSWERED
    return _save(locked, by=by, verb="finding.answered", told="beantwortet", changes=changes, at=at)


@transaction.atomic
def close(
    *, finding: AuditFinding, seen_revision: int, by: User, at: datetime | None = None
) -> AuditFinding:
    """Close an answered finding.

    Refuses (RuleBroken) one without an answer, one the person answered, and one that is not as
    the person has seen it.
    """
    locked = _locked(finding, seen_revision)
    rules.may_be_closed(locked, by)
    locked.state, locked.closed_at = FindingState.CLOSED, at or clock.now()
    return _save(locked, by=by, verb="finding.closed", told="als erledigt geschlossen", at=at)


def _locked(finding: AuditFinding, seen_revision: int) -> AuditFinding:
    rows = AuditFinding.objects.select_for_update(of=("self",)).select_related("programme")
    locked = rows.get(pk=finding.pk)
    rules.same_revision(locked, seen_revision)
    return locked


def _columns(programme: Programme, entry: FindingEntry) -> dict[str, object]:
    text = entry.text.strip()
    if not text:
        raise RuleBroken("Bitte schreiben Sie, was Sie festgestellt haben.", field="text")
    title = queries.subject_title(programme=programme, kind=entry.kind, number=entry.number)
    if not title:
        raise RuleBroken(NO_SUBJECT, field="number")
    if entry.kind == "voucher":
        gross_eur = queries.voucher_gross_eur(programme=programme, number=entry.number)
        rules.within_voucher(entry.amount_eur, gross_eur=gross_eur)
    return {
        "subject_key": f"{entry.kind}:{entry.number}",
        "subject_title": title[:200],
        "text": text,
        "amount_eur": entry.amount_eur,
        "follow_up_on": entry.follow_up_on,
    }


def _save(
    finding: AuditFinding,
    *,
    by: User,
    verb: str,
    told: str,
    changes: dict[str, list[str]] | None = None,
    at: datetime | None = None,
) -> AuditFinding:
    finding.revision += 1
    finding.save()
    audit.record(
        by=by,
        verb=verb,
        subject=finding,
        sentence=f"{finding} zu {finding.subject_title} {told}.",
        changes=changes,
        at=at,
    )
    return finding


def _amount(finding: AuditFinding) -> str:
    if finding.amount_eur is None:
        return ""
    return f"; beanstandet sind {written(finding.amount_eur)}"


def _text(value: object) -> str:
    return "" if value is None else str(value)
