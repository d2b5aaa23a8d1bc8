"""Make the next meeting from an earlier one."""

from django.db import transaction

from network.models import Meeting, Reminder, Survey, Workshop
from network.rules.clones import shifted_clock
from network.rules.meetings import Plan
from network.rules.reminders import due_at
from network.services import meetings
from programme import audit, clock
from programme.models import User


@transaction.atomic
def clone(*, meeting: Meeting, plan: Plan, by: User) -> Meeting:
    """Draft a meeting after the plan (rules.clones.next_plan) with workshops, reminders, survey.

    Times of workshops keep their distance to the beginning, reminders theirs to the deadline;
    one whose time is over already is left out. Of the survey only the questions come along.
    People, answers, needs, minutes and material are never taken over. Refuses a plan that cannot
    be kept.
    """
    made = meetings.draft(programme=meeting.programme, plan=plan, by=by)
    Workshop.objects.bulk_create(
        Workshop(
            meeting=made,
            position=row.position,
            title=row.title,
            description=row.description,
            speaker=row.speaker,
            field_of_action_id=row.field_of_action_id,
            begins=shifted_clock(row.begins, old_start=meeting.starts_at, start=plan.starts_at),
            ends=shifted_clock(row.ends, old_start=meeting.starts_at, start=plan.starts_at),
            room=row.room if plan.venue == meeting.venue else "",
            seats=row.seats,
        )
        for row in meeting.workshops.all()
    )
    Reminder.objects.bulk_create(
        Reminder(meeting=made, days_before=row.days_before, is_on=row.is_on)
        for row in meeting.reminders.all()
        if due_at(reply_until=plan.reply_until, days_before=row.days_before) > clock.now()
    )
    Survey.objects.bulk_create(
        Survey(meeting=made, questions=row.questions)
        for row in Survey.objects.filter(meeting=meeting)
    )
    sentence = f"Treffen „{made.title}“ nach dem Vorbild von „{meeting.title}“ angelegt."
    audit.record(by=by, verb="meeting.cloned", subject=made, sentence=sentence)
    return made
