"""Measures with their effort and newest step, sorted by field of action or by goal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict, cast

from django.db.models import DecimalField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django_stubs_ext import WithAnnotations

from programme.models import FieldOfAction
from programme.queries.packed import packed
from sites.models import LegalNorm, Measure, MeasureUpdate
from sites.models.measure import MeasureQuerySet
from sites.rules.effects import told_n
from sites.rules.measure_steps import A_MONTH, OPEN

HOURS = DecimalField(max_digits=8, decimal_places=1)
NORM = ("legalnorm__kind", "legalnorm__position", "legalnorm__norm")


class Steps(TypedDict):
    """What `with_steps` adds to a measure."""

    effort: Decimal
    last_step: int | None
    last_on: date | None
    last_reason: str | None


@dataclass(frozen=True)
class ShownMeasure:
    """A measure as everybody reads it, with its legal bases and the n of its effect in words."""

    measure: Measure
    norms: tuple[str, ...]
    effect_n: str


@dataclass(frozen=True)
class FieldMeasures:
    """The measures of one field of action."""

    field: FieldOfAction
    measures: tuple[ShownMeasure, ...]


def shown(measure: Measure) -> ShownMeasure:
    """Return a measure read with `with_effect` as everybody reads it."""
    return ShownMeasure(measure, norms_of(measure), told_n(measure.effect_n))


def by_field(*, measures: Iterable[Measure]) -> tuple[FieldMeasures, ...]:
    """Sort measures read with `with_effect` by field of action; empty fields are left out."""
    groups: dict[FieldOfAction, list[ShownMeasure]] = {}
    for measure in measures:
        groups.setdefault(measure.field_of_action, []).append(shown(measure))
    ordered = sorted(groups.items(), key=lambda group: group[0].position)
    return tuple(FieldMeasures(field, tuple(rows)) for field, rows in ordered)


def effort() -> Coalesce:
    """Return the hours of all steps of a measure as a column."""
    steps = MeasureUpdate.objects.filter(measure=OuterRef("pk")).order_by().values("measure")
    summed = Subquery(steps.annotate(total=Sum("hours")).values("total"))
    return Coalesce(summed, Decimal(0), output_field=HOURS)


def with_steps(measures: MeasureQuerySet) -> "QuerySet[WithAnnotations[Measure, Steps]]":
    """Add `effort` in hours and the newest step (`last_step`, `last_on`, `last_reason`)."""
    newest = MeasureUpdate.objects.filter(measure=OuterRef("pk")).order_by("-happened_on", "-pk")
    stepped = measures.annotate(
        effort=effort(),
        last_step=Subquery(newest.values("pk")[:1]),
        last_on=Subquery(newest.values("happened_on")[:1]),
        last_reason=Subquery(newest.values("reason")[:1]),
    )
    return cast("QuerySet[WithAnnotations[Measure, Steps]]", stepped)


def with_effect(measures: MeasureQuerySet) -> MeasureQuerySet:
    """Add `effort` in hours and `packed_norms`, read with `norms_of`; no further query."""
    through: Any = Measure.norms.through
    rows = through.objects.filter(measure=OuterRef("pk"))
    return measures.annotate(effort=effort(), packed_norms=packed(rows, by="measure", columns=NORM))


def norms_of(measure: Measure) -> tuple[str, ...]:
    """Return the legal bases that `with_effect` packed, in the order of the two lists."""
    rows = vars(measure)["packed_norms"] or ()
    return tuple(row["legalnorm__norm"] for row in sorted(rows, key=_place))


def _place(row: dict[str, Any]) -> tuple[str, int]:
    return row["legalnorm__kind"], row["legalnorm__position"]


def of_the_month(
    measures: MeasureQuerySet, *, day: date
) -> "QuerySet[WithAnnotations[Measure, Steps]]":
    """Return those still to be worked on, by goal, each with its newest step.

    What was closed on that day stays in its place, so that the pages hold while they are saved
    one by one.
    """
    today = MeasureUpdate.objects.filter(measure=OuterRef("pk"), happened_on=day)
    return with_steps(measures.filter(Q(status__in=OPEN) | Exists(today))).order_by(
        F("goal__position").asc(nulls_last=True), F("goal").asc(nulls_last=True), "pk"
    )


def due(*, day: date) -> MeasureQuerySet:
    """Return open measures whose newest step is older than a month on that day."""
    recent = MeasureUpdate.objects.filter(measure=OuterRef("pk"), happened_on__gte=day - A_MONTH)
    return Measure.objects.filter(~Exists(recent), status__in=OPEN)


def selectable_norms(*, starts_on: date, ends_on: date) -> QuerySet[LegalNorm]:
    """Return the legal bases in force on at least one day of the run time."""
    return LegalNorm.objects.within(starts_on, ends_on).order_by("kind", "position", "pk")
