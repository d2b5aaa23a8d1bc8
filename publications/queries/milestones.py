"""The timeline of the report: what happened when, from all floors, in order."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format

from network.queries.report import NetworkFigures
from programme.queries.report import ProgrammeFigures
from sites.queries.report_milestones import Milestone


def milestones(
    programme: ProgrammeFigures, network: NetworkFigures, sites: Iterable[Milestone]
) -> list[Milestone]:
    """Return beginning and end of the programme, its meetings and what happened at its sites.

    What is known only roughly stands before the exact days of its time; what has no time at all
    comes last.
    """
    frame = (
        _on(programme.starts_on, "Das Programm beginnt"),
        _on(programme.ends_on, "Das Programm endet"),
    )
    meetings = (
        Milestone(day, _written(day, held.held), "Treffen", _meeting(held.title, held.topic))
        for day, held in zip(network.days, network.meetings, strict=True)
    )
    return sorted([frame[0], *sites, *meetings, frame[1]], key=_order)


def _on(day: date, text: str) -> Milestone:
    return Milestone(day, date_format(day, "j. F Y"), "Programm", text)


def _written(day: date | None, held: str) -> str:
    """Write an exact day like all others of the timeline, a rough time as it is known."""
    return date_format(day, "j. F Y") if day and held == f"{day:%d.%m.%Y}" else held


def _meeting(title: str, topic: str) -> str:
    return f"{title}: {topic}" if topic else title


def _order(row: Milestone) -> date:
    return row.day or date.max
