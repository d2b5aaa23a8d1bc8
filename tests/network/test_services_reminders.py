"""Reminders: planned, shown before they go, once, and only to those without any answer."""

from datetime import UTC, datetime, timedelta

import pytest

from network.enums import Answer, CalendarAnswer, LetterKind, MeetingStatus
from network.models import InvitationLetter, Reminder
from network.queries import reminders as queries
from network.services import invitations, reminders, replies
from programme import clock
from programme.errors import RuleBroken
from programme.models import OutgoingMail
from tests.factories.network import (
    CalendarReplyFactory,
    ContactFactory,
    InvitationFactory,
    MeetingFactory,
    ReminderFactory,
)

pytestmark = pytest.mark.django_db
DEADLINE = datetime(2028, 3, 20, 22, 59, tzinfo=UTC)  # 23:59 in Hessen


@pytest.fixture
def meeting(programme):
    return MeetingFactory(
        programme=programme,
        starts_at=datetime(2028, 4, 3, 8, tzinfo=UTC),
        ends_at=datetime(2028, 4, 3, 14, tzinfo=UTC),
        reply_until=DEADLINE,
    )


def open_office(meeting, **columns):
    contact = ContactFactory()
    return InvitationFactory(meeting=meeting, organisation=contact.organisation, **columns)


def reminded():
    rows = InvitationLetter.objects.filter(kind=LetterKind.REMINDER)
    return list(rows.order_by("pk").values_list("invitation_id", flat=True))


def work():
    """One hour of the worker: the periodic job, and what it asked for."""
    from django_tasks_db.models import DBTaskResult

    reminders.send_due.call()
    for row in DBTaskResult.objects.filter(task_path__endswith=".remind"):
        reminders.remind.call(**row.args_kwargs["kwargs"])
    DBTaskResult.objects.all().delete()


def test_inviting_plans_the_reminders_still_to_come(programme, by, time_machine):
    time_machine.move_to(datetime(2028, 3, 10, 12, tzinfo=UTC))
    meeting = MeetingFactory(
        programme=programme,
        reply_until=DEADLINE,
        starts_at=datetime(2028, 4, 3, 8, tzinfo=UTC),
        ends_at=None,
        status=MeetingStatus.DRAFT,
    )

    for _ in range(2):
        invitations.invite(meeting=meeting, organisations=[ContactFactory().organisation], by=by)

    assert list(meeting.reminders.values_list("days_before", flat=True)) == [7, 2]
    assert [each.due_at.isoformat() for each in queries.timetable(meeting=meeting)] == [
        "2028-03-13T08:00:00+01:00",
        "2028-03-18T08:00:00+01:00",
    ]


def test_only_those_without_any_answer_are_reminded(meeting, time_machine):
    ReminderFactory(meeting=meeting, days_before=14)
    silent = open_office(meeting)
    for answer in (Answer.COMING, Answer.DECLINED, Answer.REPRESENTED):
        open_office(meeting, answer=answer)
    for answer in CalendarAnswer:
        open_office(meeting, calendar_answer=answer)
    open_office(meeting, withdrawn_at=clock.now())
    InvitationFactory(meeting=meeting)  # nobody to write to
    time_machine.move_to(datetime(2028, 3, 6, 7, 30, tzinfo=UTC))

    work()
    work()

    assert reminded() == [silent.pk]
    row = meeting.reminders.get()
    assert (row.recipients, row.sent_at is not None) == (1, True)


def test_nothing_goes_early_or_after_the_deadline(meeting, time_machine):
    ReminderFactory(meeting=meeting, days_before=2)
    open_office(meeting)

    for moment in (datetime(2028, 3, 18, 6, 59, tzinfo=UTC), DEADLINE + timedelta(seconds=1)):
        time_machine.move_to(moment)
        work()
        reminders.remind.call(meeting=meeting.pk)

    assert reminded() == []


def test_after_missed_days_one_reminder_goes_and_the_others_are_left_out(meeting, time_machine):
    for days in (14, 7, 2):
        ReminderFactory(meeting=meeting, days_before=days)
    office = open_office(meeting)
    time_machine.move_to(datetime(2028, 3, 14, 9, tzinfo=UTC))

    work()
    time_machine.shift(timedelta(hours=1))
    work()

    assert reminded() == [office.pk]
    assert [
        (each.reminder.days_before, each.was_skipped, each.reminder.recipients)
        for each in queries.timetable(meeting=meeting)
    ] == [(14, True, None), (7, False, 1), (2, False, None)]


def test_a_day_without_reminder_after_one_by_hand(meeting, by, time_machine):
    ReminderFactory(meeting=meeting, days_before=7)
    first = open_office(meeting)
    time_machine.move_to(datetime(2028, 3, 13, 6, tzinfo=UTC))

    assert [row.pk for row in reminders.send_now(meeting=meeting, by=by)] == [first.pk]
    second = open_office(meeting)
    time_machine.move_to(datetime(2028, 3, 13, 8, tzinfo=UTC))
    work()

    assert reminded() == [first.pk, second.pk]
    with pytest.raises(RuleBroken, match="niemand zu erinnern"):
        reminders.send_now(meeting=meeting, by=by)


def test_a_reminder_switched_off_stays_at_home(meeting, by, time_machine):
    row = ReminderFactory(meeting=meeting, days_before=7)
    open_office(meeting)
    reminders.switch(reminder=row, is_on=False, by=by)
    time_machine.move_to(datetime(2028, 3, 14, 8, tzinfo=UTC))

    work()
    assert reminded() == []

    reminders.switch(reminder=row, is_on=True, by=by)
    work()
    assert len(reminded()) == 1
    with pytest.raises(RuleBroken, match="schon verschickt"):
        reminders.switch(reminder=row, is_on=False, by=by)


@pytest.mark.parametrize("status", [MeetingStatus.CANCELLED, MeetingStatus.CLOSED])
def test_a_meeting_nobody_can_answer_to_reminds_nobody(meeting, by, time_machine, status):
    ReminderFactory(meeting=meeting, days_before=7)
    open_office(meeting)
    type(meeting).objects.update(status=status)
    time_machine.move_to(datetime(2028, 3, 14, 8, tzinfo=UTC))

    reminders.remind.call(meeting=meeting.pk)

    assert reminded() == []
    with pytest.raises(RuleBroken):
        reminders.send_now(meeting=meeting, by=by)


def test_the_letter_names_the_own_link(meeting, by, time_machine):
    time_machine.move_to(datetime(2028, 3, 14, 8, tzinfo=UTC))
    office = open_office(meeting)

    reminders.send_now(meeting=meeting, by=by)

    mail = OutgoingMail.objects.get()
    assert (mail.letter, mail.attachments.count()) == ("network/reminder", 0)
    assert office.letters.get().message_id == mail.message_id
    assert not Reminder.objects.exists()


def parked(office, **columns):
    columns = {"answer": CalendarAnswer.ACCEPTED, "is_certain": True} | columns
    return CalendarReplyFactory(invitation=office, attendee="abh@example.org", **columns)


def test_an_answer_that_waits_for_a_person_stops_reminders_if_it_is_certain(meeting, by):
    certain, doubtful = open_office(meeting), open_office(meeting)
    parked(certain)
    parked(doubtful, is_certain=False)

    reminders.send_now(meeting=meeting, by=by)

    assert reminded() == [doubtful.pk]


@pytest.mark.parametrize("said", CalendarAnswer)
def test_whatever_was_pressed_in_the_calendar_stops_reminders(meeting, by, said):
    parked(open_office(meeting), answer=said)

    with pytest.raises(RuleBroken, match="niemand zu erinnern"):
        reminders.send_now(meeting=meeting, by=by)

    assert reminded() == []


def test_what_cannot_be_read_stops_no_reminder(meeting, by):
    office = open_office(meeting)
    parked(office, answer="")

    reminders.send_now(meeting=meeting, by=by)

    assert reminded() == [office.pk]


def test_an_answer_laid_aside_lets_reminders_go_on(meeting, by):
    office = open_office(meeting)
    reply = parked(office)

    replies.settle(reply=reply, by=by)
    reminders.send_now(meeting=meeting, by=by)

    assert reminded() == [office.pk]


def test_parked_answers_are_listed_with_what_they_do(meeting):
    certain, doubtful, by_address = (open_office(meeting) for _ in range(3))
    named = parked(certain)
    unclear = parked(doubtful, is_certain=False)
    address = by_address.organisation.contacts.get().email
    nameless = CalendarReplyFactory(attendee=address, answer=CalendarAnswer.ACCEPTED)
    CalendarReplyFactory(attendee="fremd@example.org", answer=CalendarAnswer.ACCEPTED)

    found = {(row.invitation, row.reply, row.is_certain) for row in queries.parked(meeting=meeting)}

    assert found == {
        (certain, named, True),
        (doubtful, unclear, False),
        (by_address, nameless, False),
    }
