"""What site staff, coaches and the programme team read about their sites."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from programme import clock
from programme.models import User
from sites import permissions
from sites.enums import GoalStatus
from sites.models import CoachingDay, Goal, Measure, Site, SiteAssignment
from sites.queries.audience import looked_after
from sites.queries.coaching import STEPS, DaysBudget, budget, day_numbers, step_numbers
from sites.queries.measures import due, with_steps
from sites.queries.sites import with_numbers
from sites.rules.measure_steps import OPEN

A_FEW = 10


@dataclass(frozen=True)
class WorkspaceSitePage:
    """Everything the workspace shows about one site."""

    site: Site
    next_measures: tuple[Measure, ...]
    coaching_days: tuple[CoachingDay, ...]
    assignments: tuple[SiteAssignment, ...]
    budget: DaysBudget


def sites_of(*, user: User) -> list[Site]:
    """Return the sites the person works with, numbers added: all for team and auditors."""
    rows = with_numbers(Site.objects.filter(programme__is_current=True))
    if not permissions.sees_all_sites(user):
        rows = rows.filter(pk__in=looked_after(user).values("site"))
    people = SiteAssignment.objects.on(clock.today()).select_related("user")
    return list(rows.prefetch_related(Prefetch("assignments", people, to_attr="current_people")))


@dataclass(frozen=True)
class MeasureNumbers:
    """How many goals and measures a site has, and what of them is due."""

    goals: int
    goals_reached: int
    measures: int
    open: int
    overdue: int
    without_news: int


def numbered_sites(*, day: date) -> QuerySet[Site]:
    """Return sites with the columns `measure_numbers` and `budget` read, on the site's row.

    Also `open_steps`, `overdue_steps` and `days_listed`, the number of days the history lists.
    """
    goals = Goal.objects.filter(site=OuterRef("pk"))
    measures = Measure.objects.filter(site=OuterRef("pk"))
    still_open = measures.filter(status__in=OPEN)
    counted = {
        "goals": goals,
        "goals_reached": goals.filter(status=GoalStatus.REACHED),
        "measures": measures,
        "open": still_open,
        "overdue": still_open.filter(due_on__lt=day),
        "without_news": due(day=day).filter(site=OuterRef("pk")),
    }
    numbers = {f"{name}_number": _count(rows) for name, rows in counted.items()}
    numbers["days_listed"] = _count(CoachingDay.objects.current().filter(site=OuterRef("pk")))
    sites = Site.objects.select_related("programme", "organisation")
    return sites.annotate(**numbers, **day_numbers(), **step_numbers())


def measure_numbers(*, site: Site) -> MeasureNumbers:
    """Return the numbers of a site read with `numbered_sites`; no query."""
    columns = vars(site)
    return MeasureNumbers(
        **{row.name: columns[f"{row.name}_number"] for row in fields(MeasureNumbers)}
    )


def _count(rows: QuerySet[Any]) -> Coalesce:
    numbers = rows.order_by().values("site").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(numbers), 0, output_field=IntegerField())


def next_measures(*, site: Site) -> QuerySet[Measure]:
    """Return the ten open measures that end first, with effort and newest step."""
    rows = with_steps(site.measures.filter(status__in=OPEN))
    return rows.order_by(F("due_on").asc(nulls_last=True), "pk")[:A_FEW]


def workspace_site(*, site: Site) -> WorkspaceSitePage:
    """Return the next measures, the newest coaching days and the people of one site.

    The site is read with `numbered_sites`. Ten days with the agreed steps; the history has all.
    """
    days = site.coaching_days.current().latest_first().select_related("coach")
    return WorkspaceSitePage(
        site=site,
        next_measures=tuple(next_measures(site=site)),
        coaching_days=tuple(days.prefetch_related(STEPS)[:A_FEW]),
        budget=budget(site=site),
        assignments=tuple(site.assignments.on(clock.today()).select_related("user")),
    )
