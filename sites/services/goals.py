"""Goals of a site: what it wants to reach, and what became of it."""

from dataclasses import dataclass, fields
from datetime import datetime

from django.db import transaction

from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import FieldOfAction, User
from sites.enums import GoalStatus
from sites.models import Goal, Site
from sites.rules.lifecycle import takes_entries
from sites.services import measure_news


class GoalClash(RuleBroken):
    """Somebody else saved the goal after it was opened; `current` is what stands now."""

    def __init__(self, current: Goal) -> None:
        super().__init__(
            "Jemand anderes hat dieses Ziel geändert, während Sie es bearbeitet haben. Es wurde "
            "nichts überschrieben. Bitte vergleichen Sie beide Fassungen und speichern Sie dann "
            "noch einmal."
        )
        self.current = current


@dataclass(frozen=True)
class GoalDraft:
    """What somebody wrote about a goal."""

    field_of_action: FieldOfAction
    title: str
    target: str
    is_public: bool
    status: str = GoalStatus.OPEN
    status_note: str = ""

    def columns(self) -> dict[str, object]:
        """Return what the row of the goal holds."""
        return {column: getattr(self, column) for column in COLUMNS}


COLUMNS = tuple(column.name for column in fields(GoalDraft))


@transaction.atomic
def add(*, site: Site, draft: GoalDraft, by: User) -> Goal:
    """Add a goal to a site.

    Raises RuleBroken for a site that takes no entries, or a state other than open without a note.
    """
    site = Site.objects.select_for_update(of=("self",)).get(pk=site.pk)
    if not takes_entries(site.status):
        raise RuleBroken(
            f"{site.name} hat den Stand „{site.get_status_display()}“. Neue Ziele können dort "
            "nicht eingetragen werden."
        )
    _check(draft)
    goal = Goal.objects.create(site=site, created_by=by, **draft.columns())
    audit.record(
        by=by,
        verb="goal.added",
        subject=goal,
        sentence=f"Am Standort {site.name} wurde das Ziel „{goal.title}“ angelegt.",
    )
    measure_news.goal_added(goal=goal, by=by)
    return goal


@transaction.atomic
def revise(*, goal: Goal, draft: GoalDraft, seen_at: datetime | None, by: User) -> Goal:
    """Change a goal that still stands as it did at `seen_at`.

    Raises GoalClash if somebody saved it since, RuleBroken for a state without its note.
    """
    rows = Goal.objects.select_for_update(of=("self",)).select_related("site", "field_of_action")
    current = rows.get(pk=goal.pk)
    if current.updated_at != seen_at:
        raise GoalClash(current)
    _check(draft)
    changes = {
        column: [str(getattr(current, column)), str(value)]
        for column, value in draft.columns().items()
        if getattr(current, column) != value
    }
    for column, value in draft.columns().items():
        setattr(current, column, value)
    current.updated_at = clock.now()
    current.save()
    audit.record(
        by=by,
        verb="goal.revised",
        subject=current,
        sentence=f"Am Standort {current.site.name} wurde das Ziel „{current.title}“ geändert.",
        changes=changes,
    )
    if "status" in changes:
        measure_news.goal_settled(goal=current, by=by)
    return current


def _check(draft: GoalDraft) -> None:
    if draft.status != GoalStatus.OPEN and not draft.status_note.strip():
        raise RuleBroken("Bitte begründen Sie den Stand in einem Satz.", field="status_note")
