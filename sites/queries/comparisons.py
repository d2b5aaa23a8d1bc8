"""Before and after: of one site, across the sites, and what everybody may read of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from programme import clock
from programme.charts import BarChart, Series
from programme.models import Programme, User
from programme.units import number_word
from sites import permissions
from sites.enums import IndicatorKind
from sites.models import Indicator, IndicatorRelease, IndicatorValue, Site, SiteAssignment
from sites.queries.indicators import Sheet, groups_of, with_groups
from sites.rules.comparisons import Comparison, chart, compare, with_unit
from sites.rules.small_numbers import safe_total


class Shown(NamedTuple):
    """A comparison with its bars, and whether everybody may read it."""

    comparison: Comparison
    chart: BarChart | None
    is_released: bool
    values: tuple[IndicatorValue, ...] = ()


@dataclass(frozen=True)
class AcrossSites:
    """One indicator at several sites, with bars for those where both values may be shown."""

    indicator: Indicator
    rows: tuple[Comparison, ...]
    chart: BarChart | None
    sentence: str
    totals: tuple[str, str] | None


def of_site(*, site: Site, sheet: Sheet) -> list[Shown]:
    """Return the indicators of one site with a value; one query for the releases."""
    released = set(IndicatorRelease.objects.filter(site=site).values_list("indicator", flat=True))
    found = []
    for indicator in sheet.indicators:
        values = sheet.by_phase(indicator)
        if values:
            row = compare(
                site_name=site.name,
                site_slug=site.slug,
                indicator=indicator,
                values=values,
                groups=groups_of(values),
            )
            drawing = chart(key=f"kennzahl-{indicator.pk}", comparison=row)
            found.append(Shown(row, drawing, indicator.pk in released, tuple(values.values())))
    return found


def all_of(*, site: Site) -> list[Shown]:
    """Return all comparisons of one site, for those who work there; one query."""
    rows = _compared(IndicatorValue.objects.filter(site=site))
    return [
        Shown(row, chart(key=f"kennzahl-{row.indicator.pk}", comparison=row), is_released=False)
        for row in rows
    ]


def released_of(*, site: Site) -> list[Shown]:
    """Return what everybody may read about one site; one query."""
    rows = _compared(_released(IndicatorValue.objects.filter(site=site)))
    return [
        Shown(row, chart(key=f"kennzahl-{row.indicator.pk}", comparison=row), is_released=True)
        for row in rows
    ]


def public(*, programme: Programme) -> list[AcrossSites]:
    """Return all released comparisons of the programme, by indicator; one query."""
    sites = Site.objects.public().filter(programme=programme)
    return _across(_compared(_released(IndicatorValue.objects.filter(site__in=sites))))


def internal(*, user: User, exact: bool = False) -> list[AcrossSites]:
    """Return all comparisons a person may read: own sites in full, others as released.

    `exact` keeps both places of a share, for files.
    """
    values = IndicatorValue.objects.filter(site__programme__is_current=True)
    if not permissions.sees_all_sites(user):
        own = SiteAssignment.objects.on(clock.today()).filter(user=user).values("site")
        values = values.filter(Q(site__in=own) | _is_released())
    return _across(_compared(values, exact=exact))


def _is_released() -> Exists:
    return Exists(
        IndicatorRelease.objects.filter(site=OuterRef("site"), indicator=OuterRef("indicator"))
    )


def _released(values: QuerySet[IndicatorValue]) -> QuerySet[IndicatorValue]:
    return values.filter(_is_released())


def _compared(values: QuerySet[IndicatorValue], *, exact: bool = False) -> list[Comparison]:
    rows = (
        with_groups(values)
        .select_related("site", "indicator")
        .order_by("indicator__position", "indicator", "site__name", "site", "phase")
    )
    grouped: dict[tuple[int, int], dict[str, IndicatorValue]] = {}
    for row in rows:
        grouped.setdefault((row.indicator_id, row.site_id), {})[row.phase] = row
    return [_comparison(found, exact=exact) for found in grouped.values()]


def _comparison(values: dict[str, IndicatorValue], *, exact: bool) -> Comparison:
    first = next(iter(values.values()))
    return compare(
        site_name=first.site.name,
        site_slug=first.site.slug,
        indicator=first.indicator,
        values=values,
        groups=groups_of(values),
        exact=exact,
    )


def _across(rows: Iterable[Comparison]) -> list[AcrossSites]:
    grouped: dict[int, list[Comparison]] = {}
    for row in rows:
        grouped.setdefault(row.indicator.pk, []).append(row)
    return [_indicator(found) for found in grouped.values()]


def _indicator(rows: list[Comparison]) -> AcrossSites:
    indicator = rows[0].indicator
    drawn = [row for row in rows if row.is_drawn]
    sentence = across_sentence(rows)
    return AcrossSites(
        indicator=indicator,
        rows=tuple(rows),
        chart=_bars(indicator, drawn, sentence) if drawn else None,
        sentence=sentence,
        totals=_totals(indicator, rows),
    )


def _bars(indicator: Indicator, rows: list[Comparison], sentence: str) -> BarChart:
    before = tuple(row.before.number for row in rows if row.before.number is not None)
    after = tuple(row.after.number for row in rows if row.after.number is not None)
    return BarChart(
        key=f"vergleich-{indicator.pk}",
        title=indicator.name,
        description=sentence,
        unit=indicator.unit,
        categories=tuple(row.site_name for row in rows),
        series=(Series("vorher", before, "planned"), Series("nachher", after, "actual")),
    )


def across_sentence(rows: list[Comparison]) -> str:
    """Say how the indicator moved across the sites that can be compared; its name stands above."""
    moves = [row.change for row in rows if row.is_drawn]
    if not moves:
        return "An keinem Standort lassen sich zwei Werte vergleichen."
    up = sum(move.startswith("+") for move in moves)
    down = sum(move.startswith("−") for move in moves)
    parts = [(up, "gestiegen"), (down, "gesunken"), (len(moves) - up - down, "gleich geblieben")]
    told = ", ".join(f"an {_sites(count)} {word}" for count, word in parts if count)
    rest = len(rows) - len(moves)
    tail = f"; an {_sites(rest)} nicht vergleichbar" if rest else ""
    return f"A{told[1:]}{tail}."


def _sites(count: int) -> str:
    return "einem Standort" if count == 1 else f"{number_word(count)} Standorten"


def _totals(indicator: Indicator, rows: list[Comparison]) -> tuple[str, str] | None:
    """Return the sums of cases before and after, unless one of the numbers has to stay hidden."""
    if indicator.kind != IndicatorKind.NUMBER or not indicator.counts_cases or len(rows) < 2:
        return None
    if not all(row.is_drawn for row in rows):
        return None
    before = safe_total(row.before.number for row in rows)
    after = safe_total(row.after.number for row in rows)
    if before is None or after is None:
        return None
    return with_unit(before, indicator), with_unit(after, indicator)
