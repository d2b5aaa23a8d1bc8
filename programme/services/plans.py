"""Versions of the financing plan: a copy, edited, handed in, approved by a second person."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from programme import audit, clock
from programme.enums import PlanStatus
from programme.errors import RuleBroken
from programme.models import BudgetLine, FinancingPlan, PlannedFunding, Programme, User
from programme.queries import plans as queries
from programme.queries.funding import approved_plan
from programme.rules import plans as rules
from programme.rules.funding.finding import refuse
from programme.rules.money import written
from programme.rules.plans import LineEntry, PlanEntry
from programme.services import funding_documents
from programme.services.funding_documents import NewPaper

COLUMNS = (
    *("reason", "raised_rate_reason", "indirect_base", "is_publicly_procured"),
    *("decided_on", "decision_reference"),
)


@transaction.atomic
def begin(*, programme: Programme, by: User, at: datetime | None = None) -> FinancingPlan:
    """Begin a new version as a copy of the approved one, or an empty first one.

    Refuses (RuleBroken) a second open version. `at` is the moment, now by default.
    """
    _lock(programme)
    draft = queries.open_draft(programme=programme)
    if draft is not None:
        raise RuleBroken(f"Es gibt schon einen Entwurf: Fassung {draft.version}.")
    base = approved_plan(programme=programme)
    plan = FinancingPlan.objects.create(
        programme=programme,
        version=base.version + 1 if base else 1,
        based_on=base,
        indirect_base=base.indirect_base if base else "",
        is_publicly_procured=base.is_publicly_procured if base else False,
        raised_rate_reason=base.raised_rate_reason if base else "",
        created_at=at or clock.now(),
    )
    if base is not None:
        _copy(base, plan)
    origin = f" als Kopie von Fassung {base.version}" if base else ""
    _note(plan, "begun", f"{plan} angelegt{origin}.", by, at=at)
    return plan


@transaction.atomic
def edit(
    *,
    plan: FinancingPlan,
    seen_revision: int,
    entry: PlanEntry,
    paper: NewPaper | None,
    by: User,
    at: datetime | None = None,
) -> FinancingPlan:
    """Change a version that is not approved; what was handed in has to be handed in again.

    A line keeps its number and never disappears; it may plan 0.00 EUR. Amounts in EUR. Refuses
    (RuleBroken) an approved version and a revision the person has not seen.
    """
    locked = _locked(plan, seen_revision)
    for name in COLUMNS:
        setattr(locked, name, getattr(entry, name))
    if paper is not None:
        locked.document = funding_documents.keep(
            programme=locked.programme,
            title=f"Entscheidung zu {locked}",
            paper=paper,
            by=by,
            at=at,
        )
    locked.proposed_by = locked.proposed_at = None
    locked.revision += 1
    locked.save()
    _write_lines(locked, entry.lines)
    _write_funding(locked, entry.funding_eur)
    total = sum((line.planned_eur for line in entry.lines), Decimal(0))
    _note(locked, "edited", f"{locked} geändert; geplant sind {written(total)}.", by, at=at)
    return queries.plans_with_details(programme=locked.programme).get(pk=locked.pk)


@transaction.atomic
def hand_in(
    *,
    plan: FinancingPlan,
    seen_revision: int,
    by: User,
    confirmed: bool = False,
    at: datetime | None = None,
) -> FinancingPlan:
    """Hand in a version for the approval of a second person.

    Refuses (RuleBroken) by F01, F02, F03, F07, F22, F23, warns by F08, F09 until `confirmed`;
    refuses a version without lines, one handed in already, and a revision the person has not seen.
    """
    locked = _locked(plan, seen_revision)
    if locked.proposed_by_id is not None:
        raise RuleBroken(f"Fassung {locked.version} ist schon vorgelegt.")
    refuse(rules.findings(queries.facts(locked)), confirmed=confirmed)
    locked.proposed_by, locked.proposed_at = by, at or clock.now()
    locked.revision += 1
    locked.save()
    _note(locked, "proposed", f"{locked} vorgelegt.", by, at=at)
    return locked


@transaction.atomic
def approve(
    *, plan: FinancingPlan, seen_revision: int, by: User, at: datetime | None = None
) -> FinancingPlan:
    """Approve a version that somebody else handed in; from then on it is never changed.

    Refuses (RuleBroken) the person who handed it in (F28), a revision the person has not seen, and
    what the rules of the plan block. `at` is the moment of approval, now by default.
    """
    locked = _locked(plan, seen_revision)
    rules.second_person(locked, by.pk)
    refuse(rules.findings(queries.facts(locked)), confirmed=True)
    moment = at or clock.now()
    locked.status, locked.approved_by = PlanStatus.APPROVED, by
    locked.approved_on = clock.day_of(moment)
    locked.revision += 1
    locked.save()
    total = sum((line.planned_eur for line in locked.lines.all()), Decimal(0))
    _note(locked, "approved", f"{locked} über {written(total)} genehmigt.", by, at=moment)
    return locked


@transaction.atomic
def send_back(*, plan: FinancingPlan, seen_revision: int, reason: str, by: User) -> FinancingPlan:
    """Send a version back to be edited, with a reason.

    Refuses (RuleBroken) the person who handed it in, an empty reason, an unseen revision.
    """
    locked = _locked(plan, seen_revision)
    rules.second_person(locked, by.pk)
    if not reason.strip():
        raise RuleBroken("Bitte begründen Sie die Rückgabe.", field="reason")
    locked.proposed_by = locked.proposed_at = None
    locked.revision += 1
    locked.save()
    _note(locked, "sent_back", f"{locked} zurückgegeben: {reason.strip()}", by)
    return locked


@transaction.atomic
def discard(*, plan: FinancingPlan, seen_revision: int, by: User) -> None:
    """Throw away a version nobody has approved.

    Refuses (RuleBroken) an approved version and a revision the person has not seen.
    """
    locked = _locked(plan, seen_revision)
    _note(locked, "discarded", f"Entwurf der Fassung {locked.version} verworfen.", by)
    locked.delete()


def _lock(programme: Programme) -> None:
    """Let one change of the plan follow the other, and no split read half of one."""
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)


def _locked(plan: FinancingPlan, seen_revision: int) -> FinancingPlan:
    _lock(plan.programme)
    row = queries.plans_with_details(programme=plan.programme).filter(pk=plan.pk).first()
    if row is None:
        raise RuleBroken(f"Der Entwurf der Fassung {plan.version} wurde verworfen.")
    rules.is_draft(row)
    rules.same_revision(row, seen_revision)
    return row


def _copy(base: FinancingPlan, plan: FinancingPlan) -> None:
    BudgetLine.objects.bulk_create(
        BudgetLine(
            plan=plan,
            position=line.position,
            category=line.category,
            title=line.title,
            planned_eur=line.planned_eur,
        )
        for line in base.lines.all()
    )
    PlannedFunding.objects.bulk_create(
        PlannedFunding(plan=plan, source_id=row.source_id, planned_eur=row.planned_eur)
        for row in base.funding.all()
    )


def _write_lines(plan: FinancingPlan, entries: Iterable[LineEntry]) -> None:
    known = {line.position: line for line in plan.lines.all()}
    free = queries.next_position(programme=plan.programme)
    for entry in entries:
        if entry.position is None:
            line, free = BudgetLine(plan=plan, position=free), free + 1
        else:
            line = known[entry.position]
        line.category, line.title = entry.category, entry.title.strip()
        line.planned_eur = entry.planned_eur
        line.save()


def _write_funding(plan: FinancingPlan, funding_eur: Mapping[str, Decimal]) -> None:
    for source in plan.programme.sources.all():
        PlannedFunding.objects.update_or_create(
            plan=plan,
            source=source,
            defaults={"planned_eur": funding_eur.get(source.key, Decimal(0))},
        )


def _note(
    plan: FinancingPlan, verb: str, sentence: str, by: User, *, at: datetime | None = None
) -> None:
    audit.record(by=by, verb=f"plan.{verb}", subject=plan, sentence=sentence, at=at)
