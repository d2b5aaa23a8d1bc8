"""Copies for libraries as workspace, start page and reminders need them."""

from django.db.models import F, QuerySet

from programme.models import Programme
from programme.rules.funding.dates import Deadline
from publications.models import DepositTask

RULE = "W06"


def _of_current() -> QuerySet[DepositTask]:
    rows = DepositTask.objects.filter(edition__publication__programme__is_current=True)
    return rows.select_related("edition__publication__programme").defer("edition__snapshot")


def open_tasks() -> QuerySet[DepositTask]:
    """Return what nobody has sent yet, the most urgent first; one query."""
    return _of_current().filter(done_on=None).order_by("due_on", "pk")


def all_tasks() -> QuerySet[DepositTask]:
    """Return all copies owed, the open ones first; one query."""
    by_urgency = (F("done_on").desc(nulls_first=True), "due_on", "pk")
    return _of_current().select_related("done_by").order_by(*by_urgency)


def open_of(programme: Programme) -> QuerySet[DepositTask]:
    """Return what is open in a programme, to be counted."""
    return DepositTask.objects.filter(edition__publication__programme=programme, done_on=None)


def deadline(task: DepositTask) -> Deadline:
    """Return the date of a task as the clock of the house reads it."""
    return Deadline(
        key=f"deposit:{task.pk}",
        title=str(task),
        due_on=task.due_on,
        rule=RULE,
        done_on=task.done_on,
    )
