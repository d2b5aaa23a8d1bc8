"""The indicators of one site: what is entered, what is missing, who is reminded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Max, OuterRef, QuerySet

from programme import clock
from programme.models import User
from programme.queries.packed import packed, unpacked
from sites.enums import AssignmentKind, IndicatorPhase
from sites.models import (
    Indicator,
    IndicatorGroup,
    IndicatorNudge,
    IndicatorValue,
    Site,
    SiteAssignment,
)
from sites.rules.indicator_phases import ADDRESS_OF, PAUSE, due_phases, missing

GROUP = ("position", "label", "value", "numerator", "denominator", "n")


@dataclass(frozen=True)
class Sheet:
    """All indicators of a site with their values by indicator and phase."""

    indicators: tuple[Indicator, ...]
    values: dict[tuple[int, str], IndicatorValue]

    def by_phase(self, indicator: Indicator) -> dict[str, IndicatorValue]:
        """Return the values of one indicator by phase."""
        phases = IndicatorPhase.values
        found = {phase: self.values.get((indicator.pk, phase)) for phase in phases}
        return {phase: value for phase, value in found.items() if value is not None}


class Gap(NamedTuple):
    """The indicators of one phase without an entry."""

    phase: str
    label: str
    indicators: tuple[Indicator, ...]

    @property
    def address(self) -> str:
        """Return the last part of the address where the values are entered."""
        return ADDRESS_OF[self.phase]


class Reminded(NamedTuple):
    """Somebody who looks after the values; `waits` where the last letter is not a week old."""

    person: User
    last_at: datetime | None
    waits: bool


def with_groups(values: QuerySet[IndicatorValue]) -> QuerySet[IndicatorValue]:
    """Let the groups of each value ride on its row; `groups_of` takes them off."""
    rows = IndicatorGroup.objects.filter(value_of=OuterRef("pk"))
    return values.annotate(packed_groups=packed(rows, by="value_of", columns=GROUP))


def groups_of(values: Mapping[str, IndicatorValue]) -> dict[str, list[IndicatorGroup]]:
    """Return the groups of values that came with them, by phase; without a query."""
    return {
        phase: sorted(
            unpacked(IndicatorGroup, vars(value)["packed_groups"]),
            key=lambda row: (row.position, row.label),
        )
        for phase, value in values.items()
    }


def sheet(*, site: Site) -> Sheet:
    """Return the indicators and values of one site; two queries."""
    indicators = tuple(Indicator.objects.of(site))
    values = with_groups(IndicatorValue.objects.filter(site=site)).select_related("entered_by")
    return Sheet(indicators, {(value.indicator_id, value.phase): value for value in values})


def gaps(*, site: Site, entered: Sheet) -> list[Gap]:
    """Return the missing values of the phases that are due, without a query."""
    programme = site.programme
    phases = due_phases(
        starts_on=programme.starts_on, ends_on=programme.ends_on, today=clock.today()
    )
    keys = entered.values
    first = {pk for (pk, phase), row in keys.items() if phase == "baseline" and row.is_available}
    found = [
        Gap(
            phase,
            IndicatorPhase(phase).label,
            tuple(
                missing(
                    indicators=entered.indicators,
                    phase=phase,
                    entered={pk for pk, there in keys if there == phase},
                    with_baseline=first,
                )
            ),
        )
        for phase in phases
    ]
    return [gap for gap in found if gap.indicators]


def reminded(*, site: Site) -> list[Reminded]:
    """Return the staff of the site who get a reminder and those who had one this week."""
    rows = SiteAssignment.objects.on(clock.today()).filter(
        site=site, kind=AssignmentKind.STAFF, user__is_active=True
    )
    people = {row.user_id: row.user for row in rows.select_related("user")}
    sent = IndicatorNudge.objects.filter(site=site, recipient__in=people).order_by()
    last = dict(sent.values_list("recipient").annotate(last=Max("sent_at")))
    since = clock.now() - PAUSE
    return [
        Reminded(person, last.get(pk), pk in last and last[pk] > since)
        for pk, person in people.items()
    ]
