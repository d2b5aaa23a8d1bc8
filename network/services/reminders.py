"""Remind offices that have not answered: by the timetable, or by hand."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from network import emails
from network.enums import LetterKind, MeetingStatus
from network.models import Invitation, Meeting, Reminder
from network.queries import reminders as reminder_queries
from network.rules import reminders as rules
from network.services import letters
from programme import audit, clock, jobs
from programme.errors import RuleBroken
from programme.models import User

EVERY_HOUR = 60 * 60


@transaction.atomic
def plan(*, meeting: Meeting) -> None:
    """Enter the reminders whose time is still to come; those entered before stay as they are."""
    days = rules.planned(reply_until=meeting.reply_until, moment=clock.now())
    known = set(meeting.reminders.values_list("days_before", flat=True))
    Reminder.objects.bulk_create(
        Reminder(meeting=meeting, days_before=number) for number in days if number not in known
    )


@transaction.atomic
def switch(*, reminder: Reminder, is_on: bool, by: User) -> Reminder:
    """Switch one reminder on or off; refuses (RuleBroken) one whose time is over."""
    row = Reminder.objects.select_for_update().get(pk=reminder.pk)
    if row.sent_at:
        raise RuleBroken("Diese Erinnerung ist schon verschickt.")
    if row.is_on != is_on:
        row.is_on = is_on
        row.save(update_fields=["is_on"])
        state = "eingeschaltet" if is_on else "ausgeschaltet"
        sentence = f"„{row.meeting}“: Erinnerung {row.days_before} Tage vor der Frist {state}."
        audit.record(by=by, verb="reminder.switched", subject=row.meeting, sentence=sentence)
    return row


@transaction.atomic
def send_now(*, meeting: Meeting, by: User) -> Sequence[Invitation]:
    """Remind everybody who has not answered, now; returns whose organisations get a letter.

    Whoever got a reminder within 24 hours gets none. Refuses (RuleBroken) after the deadline and
    when nobody is left to remind.
    """
    row = Meeting.objects.locked(meeting.pk)
    if not reminder_queries.is_open(meeting=row, moment=clock.now()):
        raise RuleBroken("Die Antwortfrist ist abgelaufen, oder das Treffen ist nicht offen.")
    reminded = _write(row, by)
    if not reminded:
        raise RuleBroken(
            "Zurzeit ist niemand zu erinnern: Alle haben geantwortet oder wurden in den letzten "
            "24 Stunden erinnert."
        )
    sentence = f"„{row}“: {len(reminded)} Organisationen von Hand erinnert."
    audit.record(by=by, verb="meeting.reminded", subject=row, sentence=sentence)
    return reminded


@jobs.job(every=EVERY_HOUR)
@transaction.atomic
def send_due() -> int:
    """Ask for the reminders of every meeting for which one may be due; returns how many."""
    open_now = Meeting.objects.filter(
        status=MeetingStatus.PUBLISHED,
        reply_until__gte=clock.now(),
        reminders__sent_at=None,
        reminders__is_on=True,
    ).distinct()
    found = list(open_now.values_list("pk", flat=True))
    for pk in found:
        remind.enqueue(meeting=pk)
    return len(found)


@jobs.job()
@transaction.atomic
def remind(*, meeting: int) -> int:
    """Send the reminder of one meeting that is due, once; returns how many offices were reminded.

    The lock on the meeting lets only one worker at a time look. If several are due because the
    portal stood still, the latest goes and the others are left out. Nothing goes after the
    deadline.
    """
    row = Meeting.objects.locked(meeting)
    moment = clock.now()
    due = _due(row, moment) if reminder_queries.is_open(meeting=row, moment=moment) else []
    if not due:
        return 0
    *missed, latest = due
    reminded = _write(row, None)
    latest.sent_at = moment
    latest.recipients = len(reminded)
    latest.save(update_fields=["sent_at", "recipients"])
    Reminder.objects.filter(pk__in=[each.pk for each in missed]).update(sent_at=moment)
    if reminded:
        sentence = f"„{row}“: {len(reminded)} Organisationen erinnert."
        audit.record(by=None, verb="meeting.reminded", subject=row, sentence=sentence)
    return len(reminded)


def _due(meeting: Meeting, moment: datetime) -> list[Reminder]:
    """Return the reminders that are due and have not gone, the latest of them last."""
    timetable = reminder_queries.timetable(meeting=meeting)
    return [
        each.reminder
        for each in timetable
        if each.reminder.is_on
        and each.reminder.sent_at is None
        and each.due_at is not None
        and each.due_at <= moment
    ]


def _write(meeting: Meeting, by: User | None) -> Sequence[Invitation]:
    found = reminder_queries.recipients(meeting=meeting, moment=clock.now()).addressed
    for invitation in found:
        invitation.meeting = meeting
        for contact in invitation.organisation.contacts.all():
            mail = emails.reminder(invitation, contact)
            letters.log(invitation=invitation, kind=LetterKind.REMINDER, mail=mail, by=by)
    return found
