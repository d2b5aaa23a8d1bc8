"""Reminds finance and programme team by mail of the dates of the funding."""

from django.db import transaction

from programme import clock, emails, jobs
from programme.enums import Role
from programme.models import DeadlineReminder, Programme, User
from programme.queries.deadlines import funding_clock
from programme.queries.people import holding
from programme.rules.funding.dates import Deadline, due_reminder

ONCE_A_DAY = 24 * 60 * 60


@jobs.job(every=ONCE_A_DAY)
@transaction.atomic
def remind_of_deadlines() -> int:
    """Write 28, 7 and 1 day before each open date, once each; returns the number of letters.

    May be repeated and run twice at once. The end of the run time asks for nothing by itself, so
    nobody is reminded of it.
    """
    programme = Programme.objects.filter(is_current=True).first()
    if programme is None:
        return 0
    today = clock.today()
    found = funding_clock(programme=programme, as_of=today)
    people: list[User] = []
    letters = 0
    for deadline in found.deadlines:
        before = due_reminder(deadline, day=today)
        if deadline.key == "end" or before is None:
            continue
        if not _is_first(programme, deadline, before):
            continue
        people = people or holding(Role.FINANCE, Role.OFFICE)
        for person in people:
            emails.deadline_reminder(person, deadline=deadline, days=deadline.told(today))
        letters += len(people)
    return letters


def _is_first(programme: Programme, deadline: Deadline, before: int) -> bool:
    """Note the reminder; the unique row lets only one of two workers send it."""
    _, is_new = DeadlineReminder.objects.get_or_create(
        programme=programme, key=deadline.key, due_on=deadline.due_on, days_before=before
    )
    return is_new
