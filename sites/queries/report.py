"""What the report says about the coached sites: profiles, measures, balance."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, DecimalField, Q, Sum
from django.db.models.functions import Coalesce

from programme.models import FieldOfAction, Programme
from sites.enums import Balance, CoachingDayState, MeasureStatus
from sites.models import Measure, Site
from sites.queries.measures import effort
from sites.rules.effects import told_hours, with_n

CONFIRMED = Q(coaching_days__state=CoachingDayState.CONFIRMED)


@dataclass(frozen=True)
class MeasureFigures:
    """One public measure; `balance` in words, empty if nobody has weighed it."""

    title: str
    field: str
    description: str
    effect: str
    status: str
    balance: str
    reconciliation: str
    effort: str = ""


@dataclass(frozen=True)
class SiteFigures:
    """One site with its public measures and the effort that went into it."""

    name: str
    office: str
    office_id: int
    is_coached: bool
    is_withdrawn: bool
    summary: str
    starting_point: str
    result: str
    lessons: str
    coaching_days: int
    coaching_hours: Decimal
    measures_done: int
    measures: tuple[MeasureFigures, ...]


@dataclass(frozen=True)
class FieldFigures:
    """Measures of one field of action: how many, how far, and on which side they weigh."""

    title: str
    done: int
    unfinished: int
    stopped: int
    order: int
    both: int
    integration: int


@dataclass(frozen=True)
class CoachingFigures:
    """All sites, those coached to the end first."""

    sites: tuple[SiteFigures, ...]
    fields: tuple[FieldFigures, ...]

    @property
    def completed(self) -> tuple[SiteFigures, ...]:
        return tuple(site for site in self.sites if site.is_coached)

    @property
    def measures(self) -> int:
        return sum(field.done + field.unfinished + field.stopped for field in self.fields)

    @property
    def done(self) -> int:
        return sum(field.done for field in self.fields)


def coaching_figures(programme: Programme, fields: Sequence[FieldOfAction]) -> CoachingFigures:
    """Return profiles of all selected sites and their measures by field of action.

    Only measures meant for the public and coaching days the site confirmed count; a withdrawn
    site keeps its place at the end.
    """
    sites = (
        Site.objects.public()
        .filter(programme=programme)
        .select_related("organisation")
        .annotate(
            days=Count("coaching_days", filter=CONFIRMED),
            hours=Coalesce(
                Sum("coaching_days__hours", filter=CONFIRMED),
                Decimal(0),
                output_field=DecimalField(),
            ),
        )
        .order_by("name", "pk")
    )
    measures = list(
        Measure.objects.public()
        .filter(site__in=Site.objects.public().filter(programme=programme))
        .select_related("site", "field_of_action")
        .annotate(effort=effort())
        .order_by("field_of_action__position", "pk")
    )
    profiles = [_profile(site, measures) for site in sites]
    return CoachingFigures(
        sites=tuple(sorted(profiles, key=lambda profile: profile.is_withdrawn)),
        fields=_fields(measures, fields),
    )


def _profile(site: Site, measures: list[Measure]) -> SiteFigures:
    effort = vars(site)
    mine = [row for row in measures if row.site_id == site.pk]
    return SiteFigures(
        name=site.name,
        office=site.organisation.name,
        office_id=site.organisation_id,
        is_coached=site.is_coached,
        is_withdrawn=site.is_withdrawn,
        summary=site.summary,
        starting_point=site.starting_point,
        result=site.result,
        lessons=site.lessons,
        coaching_days=effort["days"],
        coaching_hours=effort["hours"].quantize(Decimal("0.01")),
        measures_done=sum(row.status == MeasureStatus.DONE for row in mine),
        measures=tuple(_measure(row) for row in mine),
    )


def _measure(measure: Measure) -> MeasureFigures:
    return MeasureFigures(
        title=measure.title,
        field=measure.field_of_action.title,
        description=measure.description,
        effect=with_n(measure.effect, measure.effect_n),
        status=measure.told_status,
        balance="" if measure.balance is None else Balance(measure.balance).label,
        reconciliation=measure.reconciliation,
        effort=told_hours(vars(measure)["effort"]),
    )


def _fields(measures: list[Measure], fields: Sequence[FieldOfAction]) -> tuple[FieldFigures, ...]:
    done: Counter[int] = Counter()
    stopped: Counter[int] = Counter()
    total: Counter[int] = Counter()
    side: Counter[tuple[int, int]] = Counter()
    for measure in measures:
        field = measure.field_of_action_id
        total[field] += 1
        done[field] += measure.status == MeasureStatus.DONE
        stopped[field] += measure.status == MeasureStatus.STOPPED
        if measure.balance is not None:
            side[field, (measure.balance > 0) - (measure.balance < 0)] += 1
    return tuple(
        FieldFigures(
            title=field.title,
            done=done[field.pk],
            unfinished=total[field.pk] - done[field.pk] - stopped[field.pk],
            stopped=stopped[field.pk],
            order=side[field.pk, -1],
            both=side[field.pk, 0],
            integration=side[field.pk, 1],
        )
        for field in fields
        if total[field.pk] or not field.is_cross_cutting
    )
