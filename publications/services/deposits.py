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
    """Write to the programme team before copies are due, once each; returns the letters.

    May be repeated and run twice at once. All copies of a day stand in one letter.
    """
    today = clock.today()
    due = [task for task in queries.open_tasks() if _is_new(task, today)]
    people = holding(Role.OFFICE) if due else []
    words = [queries.deadline(task).told(today) for task in due]
    for person in people:
        emails.deposit_reminder(person, due, words=words)
    return len(people)


def _is_new(task: DepositTask, today: date) -> bool:
    """Note the reminder; the unique row lets only one of two workers send it."""
    deadline = queries.deadline(task)
    before = due_reminder(deadline, day=today)
    if before is None:
        return False
    _, is_new = DeadlineReminder.objects.get_or_create(
        programme=task.edition.publication.programme,
        key=deadline.key,
        due_on=deadline.due_on,
        days_before=before,
    )
    return is_new
