"""Where the sites stand: the timeline of one site, and one line a site across all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from programme.models import Programme
from sites.enums import Phase
from sites.models import Site, SitePhase
from sites.rules.phases import PhaseDates, PhaseState, judge
from sites.rules.timeline import TimelineDrawing, draw

SHOWN_DATES = 3


@dataclass(frozen=True)
class Timeline:
    """The phases of one site on a day, with their drawing; `key` makes ids unique on the page."""

    key: str
    title: str
    description: str
    as_of: date
    states: tuple[PhaseState, ...]
    drawing: TimelineDrawing | None

    @property
    def dated(self) -> tuple[PhaseState, ...]:
        """Return the phases that have at least one date."""
        return tuple(state for state in self.states if state.dates.days)

    @property
    def late(self) -> tuple[PhaseState, ...]:
        return tuple(state for state in self.states if state.is_late)


@dataclass(frozen=True)
class NextDate:
    """A planned date that lies ahead."""

    day: date
    text: str


@dataclass(frozen=True)
class SiteProgress:
    """One site in the overview: where it stands, what is late, what comes next."""

    site: Site
    current: tuple[PhaseState, ...]
    late: tuple[PhaseState, ...]
    next_dates: tuple[NextDate, ...]


def timeline(*, site: Site, as_of: date, rows: Iterable[SitePhase] | None = None) -> Timeline:
    """Return the eight phases of a site as they stood on that day; one query unless `rows` are
    the phases of the site already."""
    states = _states(site.phases.all() if rows is None else rows, as_of)
    late = [state.phase.label for state in states if state.is_late]
    told = f"In Verzug: {', '.join(late)}." if late else "Keine Phase ist in Verzug."
    return Timeline(
        key=f"phasen-{site.slug}",
        title=f"Phasen am Standort {site.name}",
        description=f"Geplante und tatsächliche Zeiten, Stand am {as_of:%d.%m.%Y}. {told}",
        as_of=as_of,
        states=states,
        drawing=draw(states=states, as_of=as_of),
    )


def progress(*, programme: Programme, as_of: date) -> list[SiteProgress]:
    """Return one entry a site, withdrawn ones last; two queries however many sites."""
    sites = Site.objects.filter(programme=programme).prefetch_related("phases")
    entries = []
    for site in sorted(sites, key=lambda row: row.is_withdrawn):
        states = _states(site.phases.all(), as_of)
        # What a site that left still had planned is nobody's delay.
        late = () if site.is_withdrawn else tuple(state for state in states if state.is_late)
        entries.append(
            SiteProgress(
                site=site,
                current=() if site.is_withdrawn else tuple(s for s in states if s.is_running),
                late=late,
                next_dates=() if site.is_withdrawn else _next(states, as_of),
            )
        )
    return entries


def _states(rows: Iterable[SitePhase], as_of: date) -> tuple[PhaseState, ...]:
    by_phase = {row.phase: row for row in rows}
    return tuple(_state(Phase(phase), by_phase.get(phase), as_of) for phase in Phase.values)


def _state(phase: Phase, row: SitePhase | None, as_of: date) -> PhaseState:
    if row is None:
        return judge(phase=phase, dates=PhaseDates(), as_of=as_of)
    dates = PhaseDates(row.planned_from, row.planned_to, row.actual_from, row.actual_to)
    return judge(phase=phase, dates=dates, as_of=as_of, note=row.note)


def _next(states: Iterable[PhaseState], as_of: date) -> tuple[NextDate, ...]:
    ahead = []
    for state in states:
        dates, label = state.dates, state.phase.label
        if dates.planned_from and dates.planned_from > as_of and not dates.actual_from:
            ahead.append(NextDate(dates.planned_from, f"Beginn: {label}"))
        if dates.planned_to and dates.planned_to >= as_of and not dates.actual_to:
            ahead.append(NextDate(dates.planned_to, f"Ende: {label}"))
    return tuple(sorted(ahead, key=lambda entry: entry.day)[:SHOWN_DATES])
