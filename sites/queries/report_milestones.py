"""Milestones of the sites for the report: call, selection, coaching, measures put in place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Max
from django.utils.formats import date_format

from programme.models import Programme
from sites.enums import MeasureStatus, SiteStatus
from sites.models import Call, Measure, Site
from sites.rules.vague_dates import begins


class Milestone(NamedTuple):
    """One event: when it is sorted, when as people read it, what kind, what happened.

    `measures` is how many measures it tells of.
    """

    day: date | None
    when: str
    kind: str
    text: str
    measures: int = 0


def site_milestones(programme: Programme) -> list[Milestone]:
    """Return what happened at the sites until the end of the run time; three queries.

    Events of several sites on one day, and measures finished in one month, are told together.
    """
    told = [*_calls(programme), *_lives(programme), *_measures(programme)]
    return [row for row in told if row.day is None or row.day <= programme.ends_on]


def _calls(programme: Programme) -> Iterator[Milestone]:
    for call in Call.objects.filter(programme=programme).order_by("deadline", "pk"):
        if call.is_published:
            yield _told(call.opened_on, call.opened_label, "Aufruf", f"„{call.title}“ geht hinaus")
            until = f"Bewerbungsschluss für „{call.title}“"
            yield _told(call.deadline, "", "Aufruf", until)


def _lives(programme: Programme) -> Iterator[Milestone]:
    """Group the sites by what happened and when, so that seven selections are one line."""
    grouped: dict[tuple[str, str, date | None, str], list[str]] = defaultdict(list)
    for site in Site.objects.public().filter(programme=programme).order_by("name", "pk"):
        for kind, words, day, label in _life(site):
            if day or label:
                grouped[kind, words, day, label].append(site.name)
    for (kind, words, day, label), names in grouped.items():
        yield _told(day, label, kind, f"{words}: {', '.join(names)}")


def _life(site: Site) -> Iterable[tuple[str, str, date | None, str]]:
    label = "" if site.selected_on else site.selected_label
    yield "Auswahl", "Als Standort ausgewählt", site.selected_on, label
    yield "Begleitung", "Die Begleitung beginnt", site.started_on, ""
    if site.status == SiteStatus.COMPLETED:
        yield "Begleitung", "Begleitung abgeschlossen", site.completed_on, ""
    if site.is_withdrawn:
        yield "Begleitung", "Ausgeschieden", site.withdrawn_on, ""


def _measures(programme: Programme) -> Iterator[Milestone]:
    done = Measure.objects.public().filter(
        site__in=Site.objects.public().filter(programme=programme),
        status=MeasureStatus.DONE,
        updates__status=MeasureStatus.DONE,
    )
    rows = done.annotate(day=Max("updates__happened_on")).select_related("site")
    months: dict[date, list[str]] = defaultdict(list)
    for row in rows.order_by("day", "site__name", "pk"):
        day: date = vars(row)["day"]
        if day <= programme.ends_on:
            months[day.replace(day=1)].append(f"{row.title} ({row.site.name})")
    for month, titles in months.items():
        amount = "Eine Maßnahme" if len(titles) == 1 else f"{len(titles)} Maßnahmen"
        text = f"{amount} umgesetzt: {'; '.join(titles)}"
        yield Milestone(month, date_format(month, "F Y"), "Maßnahmen", text, len(titles))


def _told(day: date | None, label: str, kind: str, text: str) -> Milestone:
    if day:
        return Milestone(day, date_format(day, "j. F Y"), kind, text)
    return Milestone(begins(label), label, kind, text)
