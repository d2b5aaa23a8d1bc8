"""Proofs of use: begun, described, signed twice, submitted with frozen figures (rules F28-F36)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from programme import audit, clock
from programme.enums import ProofKind, ProofStatus
from programme.errors import RuleBroken
from programme.models import (
    Drawdown,
    Programme,
    ProofIndicator,
    ProofOfUse,
    ProofText,
    User,
)
from programme.queries import proof_problems
from programme.queries import proofs as queries
from programme.queries.proof_periods import period_of
from programme.queries.proof_records import records_of
from programme.rules import proofs as rules
from programme.rules.funding.checks import Signatures, four_eyes
from programme.rules.funding.finding import Stage, refuse


@dataclass(frozen=True)
class Narrative:
    """What people write: overview, text by key of the goal, value or reason by indicator."""

    overview: str
    texts: Mapping[str, str]
    values: Mapping[str, Decimal | None]
    reasons: Mapping[str, str]


@transaction.atomic
def begin(
    *,
    programme: Programme,
    drawdown: Drawdown | None,
    by: User,
    year: int | None = None,
    at: datetime | None = None,
) -> ProofOfUse:
    """Begin an interim proof of a drawdown or of a budget year, else the final one.

    One that is begun already is returned.

    Its plan is the version approved by the end of its period. Refuses (RuleBroken) without an
    approved plan or a term for the proof.
    """
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    starts_on, ends_on, due_on = period_of(programme=programme, drawdown=drawdown, year=year)
    plan = queries.plan_on(programme=programme, day=ends_on)
    if plan is None:
        raise RuleBroken("Es gibt noch keinen genehmigten Finanzierungsplan.")
    kind = ProofKind.FINAL if drawdown is None and year is None else ProofKind.INTERIM
    number = drawdown.number if drawdown else year or 1
    known = ProofOfUse.objects.filter(programme=programme, kind=kind, number=number)
    existing = known.filter(drawdown=drawdown).order_by("-version").first()
    if existing is not None:
        return existing
    proof = ProofOfUse.objects.create(
        programme=programme,
        kind=kind,
        number=number,
        drawdown=drawdown,
        plan=plan,
        period_from=starts_on,
        period_to=ends_on,
        due_on=due_on,
        created_at=at or clock.now(),
    )
    _make_blanks(proof)
    audit.record(by=by, verb="proof.begun", subject=proof, sentence=f"{proof} begonnen.", at=at)
    return proof


@transaction.atomic
def describe(
    *,
    proof: ProofOfUse,
    seen_revision: int,
    narrative: Narrative,
    by: User,
    at: datetime | None = None,
) -> ProofOfUse:
    """Write the narrative; a first signature is void then. Refuses (RuleBroken) by F36."""
    locked = _locked(proof, seen_revision)
    locked.narrative = narrative.overview.strip()
    _back_to_draft(locked)
    for text in locked.texts.all():
        text.text = narrative.texts.get(text.key, text.text).strip()
        text.save(update_fields=["text"])
    for row in locked.indicators.all():
        row.value = narrative.values.get(row.key)
        row.reason = narrative.reasons.get(row.key, "").strip()
        row.save(update_fields=["value", "reason"])
    audit.record(
        by=by,
        verb="proof.described",
        subject=locked,
        sentence=f"Sachbericht zum {locked} geändert.",
        at=at,
    )
    return locked


@transaction.atomic
def check(
    *,
    proof: ProofOfUse,
    seen_revision: int,
    by: User,
    seen_warnings: Collection[str] = (),
    at: datetime | None = None,
) -> ProofOfUse:
    """Sign a proof as factually correct; it waits for the second person then.

    `seen_warnings` are the numbers of the rules whose warnings the person accepts. Refuses
    (RuleBroken) while a rule of the stage blocks, and warnings the person has not accepted.
    """
    locked = _locked(proof, seen_revision)
    _, warned = _judged(locked, seen_warnings, at)
    locked.checked_by, locked.checked_at = by, at or clock.now()
    locked.status = ProofStatus.CHECKED
    locked.revision += 1
    locked.save()
    audit.record(
        by=by,
        verb="proof.checked",
        subject=locked,
        sentence=f"{locked} sachlich richtig gezeichnet{_accepted(warned)}.",
        at=at,
    )
    return locked


@transaction.atomic
def submit(
    *,
    proof: ProofOfUse,
    seen_revision: int,
    by: User,
    seen_warnings: Collection[str] = (),
    at: datetime | None = None,
) -> ProofOfUse:
    """Sign a proof as arithmetically correct and submit it; its figures are frozen (F36).

    `seen_warnings` are the numbers of the rules whose warnings the person accepts. Refuses
    (RuleBroken) the person who signed first (F28), a proof nobody signed, while a rule of the
    stage blocks, and warnings the person has not accepted.
    """
    locked = _locked(proof, seen_revision)
    if locked.status != ProofStatus.CHECKED:
        raise RuleBroken("Der Nachweis ist noch nicht als sachlich richtig gezeichnet.")
    signed = Signatures(locked.number, locked.checked_by_id, by.pk, name=str(locked))
    if locked.checked_by_id == by.pk:
        refuse([four_eyes(signed, stage=Stage.PROOF)], confirmed=False)
    locked.figures, warned = _judged(locked, seen_warnings, at)
    locked.figures_sha256 = rules.checksum(locked.figures)
    locked.submitted_by = by
    locked.submitted_on = clock.day_of(at) if at else clock.today()
    locked.status = ProofStatus.SUBMITTED
    locked.revision += 1
    locked.save()
    if locked.replaces is not None:
        ProofOfUse.objects.filter(pk=locked.replaces.pk).update(status=ProofStatus.REPLACED)
    audit.record(
        by=by,
        verb="proof.submitted",
        subject=locked,
        sentence=f"{locked} rechnerisch richtig gezeichnet und eingereicht; Prüfsumme der Zahlen "
        f"{locked.figures_sha256}{_accepted(warned)}.",
        at=at,
    )
    return locked


@transaction.atomic
def renew(*, proof: ProofOfUse, reason: str, by: User) -> ProofOfUse:
    """Begin a new version of a submitted proof; the old one stays as it was (F36).

    Refuses (RuleBroken) a missing reason, a proof that is not submitted and a second new version.
    """
    locked = ProofOfUse.objects.select_for_update(of=("self",)).get(pk=proof.pk)
    if locked.status != ProofStatus.SUBMITTED:
        raise RuleBroken("Eine neue Fassung entsteht nur aus einem eingereichten Nachweis.")
    if ProofOfUse.objects.filter(replaces=locked).exists():
        raise RuleBroken("Eine neue Fassung ist schon angelegt.")
    rules.still_open(locked, reason=reason, new_version=True)
    plan = queries.plan_on(programme=locked.programme, day=locked.period_to) or locked.plan
    fresh = ProofOfUse.objects.create(
        programme=locked.programme,
        kind=locked.kind,
        number=locked.number,
        version=locked.version + 1,
        replaces=locked,
        version_reason=reason.strip()[:300],
        drawdown=locked.drawdown,
        plan=plan,
        period_from=locked.period_from,
        period_to=locked.period_to,
        due_on=locked.due_on,
        narrative=locked.narrative,
    )
    for text in locked.texts.all():
        text.pk, text.proof = None, fresh
        text.save(force_insert=True)
    for row in locked.indicators.all():
        row.pk, row.proof = None, fresh
        row.save(force_insert=True)
    audit.record(
        by=by,
        verb="proof.renewed",
        subject=fresh,
        sentence=f"{fresh} begonnen: {fresh.version_reason}",
    )
    return fresh


def _locked(proof: ProofOfUse, seen_revision: int) -> ProofOfUse:
    locked = ProofOfUse.objects.select_for_update(of=("self",)).get(pk=proof.pk)
    rules.still_open(locked)
    rules.same_revision(locked, seen_revision)
    return locked


def _judged(
    proof: ProofOfUse, seen_warnings: Collection[str], at: datetime | None
) -> tuple[dict[str, object], list[str]]:
    """Return the figures, and the rules whose warnings were accepted; raises RuleBroken."""
    rows = queries.vouchers_of(proof)
    records = records_of(proof)
    figures = queries.figures(proof, rows, records=records)
    today = clock.day_of(at) if at else clock.today()
    found = proof_problems.problems(proof, rows, figures, today=today, records=records)
    findings = [each.finding for each in found]
    refuse(findings, confirmed=True)
    refuse([each for each in findings if each.rule not in seen_warnings], confirmed=False)
    return figures, proof_problems.warned_rules(found)


def _accepted(warned: list[str]) -> str:
    return f"; zur Kenntnis genommen: Warnung {', '.join(warned)}" if warned else ""


def _back_to_draft(proof: ProofOfUse) -> None:
    proof.status = ProofStatus.DRAFT
    proof.checked_by = proof.checked_at = None
    proof.revision += 1
    proof.save()


def _make_blanks(proof: ProofOfUse) -> None:
    """Make a text for each goal and a row for each indicator, to be filled."""
    ProofText.objects.bulk_create(
        ProofText(proof=proof, key=key, position=position, title=title)
        for position, (key, title) in enumerate(queries.goals(), 1)
    )
    ProofIndicator.objects.bulk_create(
        ProofIndicator(proof=proof, key=key, position=position, title=title, unit=unit)
        for position, (key, title, unit) in enumerate(rules.indicators(proof.kind), 1)
    )
