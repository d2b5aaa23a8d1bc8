"""The goals of one site with the measures that serve them."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F

from programme.pages import PAGE_SIZE
from sites.models import Goal, Measure, Site
from sites.queries.measures import with_steps


@dataclass(frozen=True)
class GoalEntry:
    """A goal with its measures on this page; None gathers the measures without a goal."""

    goal: Goal | None
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class GoalsPage:
    """Goals with the measures of one page; `pages` knows the others."""

    entries: tuple[GoalEntry, ...]
    goals: int
    pages: Page[Any]


def goals_page(*, site: Site, number: str) -> GoalsPage:
    """Return goals and 25 of their measures; three queries. Unknown pages become the nearest.

    Measures without a goal come last; goals without a measure stand on the first page.
    """
    goals = list(
        site.goals.select_related("field_of_action").annotate(measure_count=Count("measures"))
    )
    rows = with_steps(site.measures.select_related("field_of_action")).order_by(
        F("goal__position").asc(nulls_last=True), F("goal").asc(nulls_last=True), "pk"
    )
    pages = Paginator(rows, PAGE_SIZE).get_page(number)
    found: dict[int | None, list[Measure]] = {}
    for measure in pages.object_list:
        found.setdefault(measure.goal_id, []).append(measure)
    first = pages.number == 1
    entries = [
        GoalEntry(goal, tuple(found.get(goal.pk, ())))
        for goal in goals
        if goal.pk in found or (first and not vars(goal)["measure_count"])
    ]
    if None in found:
        entries.append(GoalEntry(None, tuple(found[None])))
    return GoalsPage(entries=tuple(entries), goals=len(goals), pages=pages)
