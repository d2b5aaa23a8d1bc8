"""Measures of a site: added and revised by its staff."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction

from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import FieldOfAction, User
from sites.models import Goal, LegalNorm, Measure, Site
from sites.rules.balance import needs_reconciliation
from sites.rules.effects import states_figures
from sites.rules.lifecycle import lies_outside, takes_entries
from sites.services import measure_news, measure_steps


class EditClash(RuleBroken):
    """Somebody else saved the measure after it was opened; `current` is what stands now."""

    def __init__(self, current: Measure) -> None:
        super().__init__(
            "Jemand anderes hat diese Maßnahme geändert, während Sie sie bearbeitet haben. Es "
            "wurde nichts überschrieben. Bitte vergleichen Sie beide Fassungen und speichern Sie "
            "dann noch einmal."
        )
        self.current = current


@dataclass(frozen=True)
class MeasureDraft:
    """What somebody wrote about a measure; its state changes by steps only."""

    field_of_action: FieldOfAction
    title: str
    description: str
    effect: str
    responsible: str
    starts_on: date | None
    due_on: date | None
    balance: int | None
    reconciliation: str
    is_public: bool
    outside_reason: str = ""
    goal: Goal | None = None
    effect_n: int | None = None
    norms: tuple[LegalNorm, ...] = ()


COLUMNS = tuple(column.name for column in fields(MeasureDraft) if column.name != "norms")


@transaction.atomic
def add(*, site: Site, draft: MeasureDraft, status: str, by: User) -> Measure:
    """Add a measure in a state, its first step; a public one stands on the site's page at once.

    Raises RuleBroken for a site that takes no entries, a goal of another site, dates in the wrong
    order, a date outside the run time without a reason, a one-sided weight without the note on
    reconciliation, or an effect in figures without the number of cases.
    """
    site = Site.objects.select_for_update(of=("self",)).select_related("programme").get(pk=site.pk)
    if not takes_entries(site.status):
        raise RuleBroken(
            f"{site.name} hat den Stand „{site.get_status_display()}“. Neue Maßnahmen können dort "
            "nicht eingetragen werden."
        )
    _check(site, draft)
    measure = Measure.objects.create(site=site, status=status, created_by=by, **_columns(draft))
    measure.norms.set(draft.norms)
    measure_steps.begin(measure=measure, by=by)
    audit.record(
        by=by,
        verb="measure.added",
        subject=measure,
        sentence=f"Am Standort {site.name} wurde die Maßnahme „{measure.title}“ angelegt.",
    )
    measure_news.measure_added(measure=measure, by=by)
    return measure


@transaction.atomic
def revise(*, measure: Measure, draft: MeasureDraft, seen_at: datetime | None, by: User) -> Measure:
    """Change a measure that still stands as it did at `seen_at`; its state stays.

    Raises EditClash if somebody saved it since, RuleBroken as `add` does; what stands may be
    mended after the site has left, and what the press reported has no number of cases.
    """
    rows = Measure.objects.select_for_update(of=("self",))
    current = rows.select_related("site__programme", "field_of_action", "goal").get(pk=measure.pk)
    if current.updated_at != seen_at:
        raise EditClash(current)
    _check(current.site, draft, documented=bool(current.source_note))
    changes = _changes(current, draft)
    for column, value in _columns(draft).items():
        setattr(current, column, value)
    current.updated_at = clock.now()
    current.save()
    current.norms.set(draft.norms)
    audit.record(
        by=by,
        verb="measure.revised",
        subject=current,
        sentence=f"Am Standort {current.site.name} wurde die Maßnahme „{current.title}“ geändert.",
        changes=changes,
    )
    return current


def _check(site: Site, draft: MeasureDraft, *, documented: bool = False) -> None:
    if draft.goal is not None and draft.goal.site_id != site.pk:
        raise RuleBroken("Bitte wählen Sie ein Ziel dieses Standorts.", field="goal")
    if draft.starts_on and draft.due_on and draft.due_on < draft.starts_on:
        raise RuleBroken("Das Ende liegt vor dem Beginn.", field="due_on")
    if needs_reconciliation(draft.balance) and not draft.reconciliation.strip():
        raise RuleBroken(
            "Bitte beschreiben Sie, wie die andere Aufgabe dabei gewahrt wurde.",
            field="reconciliation",
        )
    _check_effect(draft, documented=documented)
    run_time = (site.programme.starts_on, site.programme.ends_on)
    dates = (draft.starts_on, draft.due_on)
    if any(lies_outside(day, *run_time) for day in dates) and not draft.outside_reason.strip():
        raise RuleBroken(
            "Ein Datum liegt außerhalb der Laufzeit des Programms. Bitte prüfen Sie es oder "
            "begründen Sie kurz, warum es stimmt.",
            field="outside_reason",
        )


def _check_effect(draft: MeasureDraft, *, documented: bool) -> None:
    """Ask for n where the effect is told in figures; what the press reported has none."""
    if draft.effect_n is not None and not draft.effect.strip():
        raise RuleBroken(
            "Bitte beschreiben Sie die Wirkung, zu der die Zahl der Fälle gehört.", field="effect"
        )
    if draft.effect_n is None and states_figures(draft.effect) and not documented:
        raise RuleBroken(
            "Die Wirkung nennt Zahlen. Bitte geben Sie an, wie viele Fälle beobachtet wurden.",
            field="effect_n",
        )


def _columns(draft: MeasureDraft) -> dict[str, object]:
    return {column: getattr(draft, column) for column in COLUMNS}


def _changes(current: Measure, draft: MeasureDraft) -> dict[str, list[str]]:
    changes = {
        column: [str(getattr(current, column)), str(value)]
        for column, value in _columns(draft).items()
        if getattr(current, column) != value
    }
    before, after = _norm_names(current.norms.all()), _norm_names(draft.norms)
    return changes | ({"norms": [before, after]} if before != after else {})


def _norm_names(norms: Iterable[LegalNorm]) -> str:
    """Return the legal bases of a measure in one line."""
    return ", ".join(sorted(norm.norm for norm in norms))
