"""What the report says about one site: facts, goals, indicators, measures, practice cards."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.formats import date_format

from programme.models import Programme
from sites.models import Goal, PracticeCard, Site
from sites.queries.comparisons import AcrossSites
from sites.queries.report import CoachingFigures, MeasureFigures, SiteFigures
from sites.queries.report_effects import CardFigures, card_figures


@dataclass(frozen=True)
class FactFigures:
    """One line of the profile."""

    name: str
    value: str


@dataclass(frozen=True)
class GoalFigures:
    """A public goal, how it is recognised, and what became of it."""

    title: str
    target: str
    field: str
    status: str


@dataclass(frozen=True)
class IndicatorFigures:
    """A released indicator before and after; small numbers are hidden already."""

    name: str
    before: str
    after: str
    change: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ProfileFigures:
    """Everything everybody may read about one site."""

    name: str
    slug: str
    summary: str
    starting_point: str
    result: str
    lessons: str
    facts: tuple[FactFigures, ...]
    goals: tuple[GoalFigures, ...]
    indicators: tuple[IndicatorFigures, ...]
    measures: tuple[MeasureFigures, ...]
    cards: tuple[CardFigures, ...]


def profile_figures(
    programme: Programme,
    *,
    coaching: CoachingFigures,
    released: Iterable[AcrossSites],
    cards: Iterable[PracticeCard],
) -> dict[str, ProfileFigures]:
    """Return the profiles of all public sites by their address; two queries, whatever the amount.

    Measures and effort are those of `coaching`, indicators those everybody may read.
    """
    sites = Site.objects.public().filter(programme=programme).select_related("organisation")
    goals = _goals(programme)
    indicators = _indicators(released)
    mine: dict[int, list[PracticeCard]] = defaultdict(list)
    for card in cards:
        mine[card.site_id].append(card)
    counted = {entry.office_id: entry for entry in coaching.sites}
    return {
        site.slug: _profile(
            site,
            counted[site.organisation_id],
            goals=goals[site.pk],
            indicators=indicators[site.slug],
            cards=card_figures(mine[site.pk]),
        )
        for site in sites.order_by("name", "pk")
    }


def _profile(
    site: Site,
    counted: SiteFigures,
    *,
    goals: list[GoalFigures],
    indicators: list[IndicatorFigures],
    cards: tuple[CardFigures, ...],
) -> ProfileFigures:
    return ProfileFigures(
        name=site.name,
        slug=site.slug,
        summary=site.summary,
        starting_point=site.starting_point,
        result=site.result,
        lessons=site.lessons,
        facts=tuple(FactFigures(name, value) for name, value in _facts(site, counted) if value),
        goals=tuple(goals),
        indicators=tuple(indicators),
        measures=counted.measures,
        cards=cards,
    )


def _facts(site: Site, counted: SiteFigures) -> Iterator[tuple[str, str]]:
    yield "Behörde", site.organisation.name
    yield "Leitung", site.head
    yield "Sprachen am Schalter", site.languages
    selected = date_format(site.selected_on, "j. F Y") if site.selected_on else site.selected_label
    yield "Ausgewählt", selected
    yield "Stand", _state(site)
    days, hours = counted.coaching_days, counted.coaching_hours.normalize()
    if days:
        yield "Begleitung", f"{days} Tag{'' if days == 1 else 'e'}, {_number(hours)} Stunden"
    if counted.measures:
        yield "Maßnahmen", f"{len(counted.measures)}, davon {counted.measures_done} umgesetzt"


def _state(site: Site) -> str:
    """Say where the site stands and since when, for example "abgeschlossen am 30. Juni 2017"."""
    day = site.completed_on or site.withdrawn_on
    label = site.get_status_display()
    if site.has_ended and day:
        return f"{label} am {date_format(day, 'j. F Y')}"
    if site.started_on and not site.has_ended:
        return f"{label} seit {date_format(site.started_on, 'j. F Y')}"
    return str(label)


def _number(hours: object) -> str:
    return f"{hours:f}".replace(".", ",")


def _goals(programme: Programme) -> dict[int, list[GoalFigures]]:
    rows = Goal.objects.filter(site__programme=programme, is_public=True)
    found: dict[int, list[GoalFigures]] = defaultdict(list)
    for goal in rows.select_related("field_of_action").order_by("site", "position", "pk"):
        found[goal.site_id].append(
            GoalFigures(
                title=goal.title,
                target=goal.target,
                field=goal.field_of_action.title,
                status=goal.get_status_display(),
            )
        )
    return found


def _indicators(released: Iterable[AcrossSites]) -> dict[str, list[IndicatorFigures]]:
    found: dict[str, list[IndicatorFigures]] = defaultdict(list)
    for across in released:
        for row in across.rows:
            found[row.site_slug].append(
                IndicatorFigures(
                    name=across.indicator.name,
                    before=row.before.text,
                    after=row.after.text,
                    change=row.change,
                    notes=row.notes,
                )
            )
    return found
