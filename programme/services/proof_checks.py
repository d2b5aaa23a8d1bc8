"""Notices of the authorities about a proof: recorded by one person, confirmed by another."""

from dataclasses import fields
from datetime import datetime

from django.db import transaction

from programme import audit, clock
from programme.models import Programme, ProofCheck, User
from programme.queries.proof_checks import received_eur
from programme.rules import proof_checks as rules
from programme.rules.money import written
from programme.rules.proof_checks import CheckEntry
from programme.services import funding_documents
from programme.services.funding_documents import NewPaper


@transaction.atomic
def record(
    *, entry: CheckEntry, paper: NewPaper, by: User, at: datetime | None = None
) -> ProofCheck:
    """Record what an authority says about a submitted proof, with its file; amounts in EUR.

    It waits for a second person and counts only then. Refuses (RuleBroken) what
    `rules.proof_checks.acceptable` refuses and a second notice about the same proof. `at` is the
    moment of entry, now by default.
    """
    _judge(entry, at)
    check = ProofCheck(recorded_by=by, recorded_at=at or clock.now(), **_columns(entry))
    _keep_paper(check, paper, by, at)
    check.save()
    _note(check, "recorded", f"erfasst; {_told(check)}.", by, at)
    return check


@transaction.atomic
def correct(
    *,
    check: ProofCheck,
    seen_revision: int,
    entry: CheckEntry,
    paper: NewPaper | None,
    by: User,
) -> ProofCheck:
    """Mend what nobody has confirmed yet; whoever mends it takes over the first signature.

    Refuses (RuleBroken) a confirmed notice, a state the person has not seen, and what `record`
    refuses.
    """
    locked = _locked(check, seen_revision)
    _judge(entry, None, but=locked)
    columns = _columns(entry)
    changes = {
        name: [str(getattr(locked, name)), str(value)]
        for name, value in columns.items()
        if getattr(locked, name) != value
    }
    for name, value in columns.items():
        setattr(locked, name, value)
    if paper is not None:
        _keep_paper(locked, paper, by, None)
        changes["document"] = ["", paper.checked.name]
    locked.recorded_by, locked.recorded_at = by, clock.now()
    locked.revision += 1
    locked.save()
    _note(locked, "corrected", f"berichtigt; {_told(locked)}.", by, None, changes)
    return locked


@transaction.atomic
def confirm(
    *, check: ProofCheck, seen_revision: int, by: User, at: datetime | None = None
) -> ProofCheck:
    """Confirm that a notice is recorded as it was written; from now on it counts (rule F10).

    Refuses (RuleBroken) the person who recorded it (F28), a confirmed notice, and a state the
    person has not seen. `at` is the moment of confirmation, now by default.
    """
    locked = _locked(check, seen_revision)
    rules.another_person(locked, by=by.pk)
    locked.confirmed_by, locked.confirmed_at = by, at or clock.now()
    locked.revision += 1
    locked.save()
    _note(locked, "confirmed", f"bestätigt; {_told(locked)}.", by, at)
    return locked


def _locked(check: ProofCheck, seen_revision: int) -> ProofCheck:
    rows = ProofCheck.objects.select_for_update(of=("self",)).select_related("proof", "source")
    locked = rows.get(pk=check.pk)
    rules.unconfirmed(locked)
    rules.same_revision(locked, seen_revision)
    return locked


def _judge(entry: CheckEntry, at: datetime | None, *, but: ProofCheck | None = None) -> None:
    """Judge one notice after the other, so that no proof gets two of one source."""
    Programme.objects.select_for_update(no_key=True).get(pk=entry.proof.programme_id)
    today = clock.day_of(at) if at else clock.today()
    rules.acceptable(entry, received_eur=received_eur(source=entry.source), today=today)
    known = ProofCheck.objects.filter(proof=entry.proof, source=entry.source)
    if but is not None:
        known = known.exclude(pk=but.pk)
    rules.once(is_known=known.exists())


def _columns(entry: CheckEntry) -> dict[str, object]:
    columns = {field.name: getattr(entry, field.name) for field in fields(entry)}
    for name in ("reference", "conditions"):
        columns[name] = str(columns[name]).strip()
    return columns


def _keep_paper(check: ProofCheck, paper: NewPaper, by: User, at: datetime | None) -> None:
    check.document = funding_documents.keep(
        programme=check.proof.programme, title=str(check), paper=paper, by=by, at=at
    )


def _told(check: ProofCheck) -> str:
    told = f"anerkannt sind {written(check.recognised_eur)}"
    if check.reclaimed_eur:
        told += f", zurückgefordert {written(check.reclaimed_eur)}"
    return told


def _note(
    check: ProofCheck,
    verb: str,
    ending: str,
    by: User,
    at: datetime | None,
    changes: dict[str, list[str]] | None = None,
) -> None:
    audit.record(
        by=by,
        verb=f"proof_check.{verb}",
        subject=check,
        sentence=f"{check} zum {check.proof} ({check.source.short_name}) {ending}",
        changes=changes or {},
        at=at,
    )
