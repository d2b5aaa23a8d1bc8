"""What people hear of the goals and measures of their sites."""

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse

from programme.models import User
from programme.services import notices
from sites.models import Goal, Measure, MeasureUpdate, Site
from sites.queries import audience

MOST_TITLES = 3


@transaction.atomic
def goal_added(*, goal: Goal, by: User) -> None:
    """Tell the others that the site set itself a goal."""
    _goal(goal, "added", f"neues Ziel „{goal}“", by)


@transaction.atomic
def goal_settled(*, goal: Goal, by: User) -> None:
    """Tell the others what became of a goal."""
    what = f"Das Ziel „{goal}“ hat jetzt den Stand „{goal.get_status_display()}“"
    _goal(goal, f"{goal.status}:{goal.updated_at.isoformat()}", what, by)


@transaction.atomic
def measure_added(*, measure: Measure, by: User) -> None:
    """Tell the others of a new measure."""
    _tell(
        measure.site,
        key=f"measure:{measure.pk}:added",
        what=f"neue Maßnahme „{measure}“",
        path=_path_of(measure),
        by=by,
    )


@transaction.atomic
def measure_stepped(*, step: MeasureUpdate, by: User) -> None:
    """Tell the others that a measure has a new state or news."""
    measure = step.measure
    _tell(
        measure.site,
        key=f"step:{step.pk}",
        what=f"Maßnahme „{measure}“: {step.get_status_display()}",
        path=_path_of(measure),
        by=by,
    )


@transaction.atomic
def month_entered(*, site: Site, steps: Sequence[MeasureUpdate], by: User) -> None:
    """Tell the others once of all steps somebody entered together; nothing for none."""
    if not steps:
        return
    titles = ", ".join(f"„{step.measure}“" for step in steps[:MOST_TITLES])
    more = len(steps) - MOST_TITLES
    tail = f" und {more} weitere" if more > 0 else ""
    _tell(
        site,
        key=f"month:{steps[0].pk}",
        what=f"Monatsstand eingetragen zu {titles}{tail}",
        path=reverse("sites:goals", args=[site.slug]),
        by=by,
    )


def _goal(goal: Goal, verb: str, what: str, by: User) -> None:
    path = reverse("sites:goals", args=[goal.site.slug])
    _tell(goal.site, key=f"goal:{goal.pk}:{verb}", what=what, path=path, by=by)


def _path_of(measure: Measure) -> str:
    return reverse("sites:measure", args=[measure.site.slug, measure.pk])


def _tell(site: Site, *, key: str, what: str, path: str, by: User) -> None:
    notices.tell(
        topic="measures",
        people=audience.involved(site, without=by),
        key=key,
        sentence=f"Standort {site.name}: {what}.",
        path=path,
        by=by,
    )
