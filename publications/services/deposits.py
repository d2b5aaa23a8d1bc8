"""Copies for libraries: owed when an edition comes out, ticked off with a reference."""

from datetime import date

from django.db import transaction

from programme import audit, clock, jobs
from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import DeadlineReminder, User
from programme.queries.people import holding
from programme.rules.funding.dates import due_reminder
from publications import emails
from publications.models import DepositTask, Edition
from publications.queries import deposits as queries
from publications.queries.imprints import own_imprint
from publications.rules import deposits as rules

ONCE_A_DAY = 24 * 60 * 60
OVERDUE = -1  # days before the date: the first day after it


@transaction.atomic
def owe(*, edition: Edition) -> list[DepositTask]:
    """Note what libraries get of a published edition (W06); refuses nothing, may be repeated.

    What is exempt by the size of the edition is noted as done, with the reason.
    """
    day = clock.day_of(edition.published_at or clock.now())
    publication = edition.publication
    found = rules.owed(
        published_on=day,
        is_printed=publication.is_orderable,
        print_run=own_imprint(publication).print_run,
        pages=edition.pdf_pages,
    )
    tasks = []
    for one in found:
        task, _ = DepositTask.objects.get_or_create(
            edition=edition,
            library=one.library,
            form=one.form,
            defaults={
                "copies": one.copies,
                "due_on": one.due_on,
                "exempt_because": one.exempt_because,
                "done_on": day if one.exempt_because else None,
            },
        )
        tasks.append(task)
    return tasks


@transaction.atomic
def settle(
    *, task: DepositTask, done_on: date, reference: str, exempt_because: str, by: User
) -> DepositTask:
    """Tick off copies that were sent, or say why none are owed.

    Refuses neither nor both of reference and reason, and a day in the future.
    """
    locked = DepositTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    reference, exempt_because = reference.strip(), exempt_because.strip()
    if bool(reference) == bool(exempt_because):
        raise RuleBroken(
            "Bitte geben Sie entweder einen Beleg an, zum Beispiel die Kennung der Lieferung, "
            "oder warum nichts abzugeben ist.",
            field="reference",
        )
    if done_on > clock.today():
        raise RuleBroken("Dieser Tag liegt in der Zukunft.", field="done_on")
    locked.done_on, locked.done_by = done_on, by
    locked.reference, locked.exempt_because = reference, exempt_because
    locked.save(update_fields=["done_on", "done_by", "reference", "exempt_because"])
    audit.record(
        by=by,
        verb="deposit.settled",
        subject=locked,
        sentence=f"Pflichtabgabe erledigt: {locked} ({reference or exempt_because}).",
    )
    return locked


@jobs.job(every=ONCE_A_DAY)
@transaction.atomic
def remind_of_deposits() -> int:
    """Write to the programme team before copies are due and when they are overdue, once each.

    Returns the letters. May be repeated and run twice at once, also after the clock was put back.
    All copies of a day stand in one letter, the overdue ones in one of their own.
    """
    today = clock.today()
    found = [(task, _moment(task, today)) for task in queries.open_tasks()]
    new = [(task, moment) for task, moment in found if moment is not None and _is_new(task, moment)]
    late = [task for task, moment in new if moment == OVERDUE]
    due = [task for task, moment in new if moment != OVERDUE]
    people = holding(Role.OFFICE) if new else []
    written = ((due, emails.deposit_reminder), (late, emails.deposit_overdue))
    for tasks, write in written:
        words = [queries.deadline(task).told(today) for task in tasks]
        for person in people if tasks else ():
            write(person, tasks, words=words)
    return len(people) * sum(bool(tasks) for tasks, _ in written)


def _moment(task: DepositTask, today: date) -> int | None:
    """Return which letter belongs to this day in days before the date, None if none does."""
    deadline = queries.deadline(task)
    if deadline.days_left(today) < 0:
        return OVERDUE
    return due_reminder(deadline, day=today)


def _is_new(task: DepositTask, moment: int) -> bool:
    """Note the letter; the unique row lets only one of two workers send it."""
    deadline = queries.deadline(task)
    _, is_new = DeadlineReminder.objects.get_or_create(
        programme=task.edition.publication.programme,
        key=deadline.key,
        due_on=deadline.due_on,
        days_before=moment,
    )
    return is_new
