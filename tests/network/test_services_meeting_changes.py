"""Changing a published meeting: who is told what, which version counts, what the agenda keeps."""

from dataclasses import replace
from datetime import timedelta

import pytest

from network.enums import Answer, AttendanceMode, MeetingMode, MeetingStatus, RegistrationStatus
from network.models import Meeting
from network.rules import agenda
from network.services import meetings
from programme import clock
from programme.models import AuditEntry, OutgoingMail
from tests.factories.network import (
    ContactFactory,
    InvitationFactory,
    MinutesItemFactory,
    RegistrationFactory,
)
from tests.letters import letters
from tests.network.revising import change

pytestmark = pytest.mark.django_db


def test_a_new_time_raises_the_sequence_and_tells_everybody_registered(published, plan, by):
    guest = RegistrationFactory(invitation__meeting=published)
    RegistrationFactory(
        invitation=guest.invitation, meeting=published, status=RegistrationStatus.CANCELLED
    )
    later = replace(plan, ends_at=plan.ends_at + timedelta(hours=1))

    meeting = change(published, later, by)

    assert meeting.calendar_sequence == 1
    assert letters() == [("network/meeting_changed", guest.email)]


def test_the_second_of_two_tabs_takes_nothing_back_and_writes_to_nobody(published, plan, by):
    guest = RegistrationFactory(invitation__meeting=published)
    later = replace(plan, ends_at=plan.ends_at + timedelta(hours=1))
    change(published, later, by)

    with pytest.raises(meetings.EditClash) as clash:
        change(published, replace(plan, city="Marburg"), by)

    published.refresh_from_db()
    assert (published.ends_at, published.city) == (later.ends_at, "Fulda")
    assert clash.value.current == published
    assert letters() == [("network/meeting_changed", guest.email)]


def test_a_new_topic_is_silent(published, plan, by):
    RegistrationFactory(invitation__meeting=published)

    meeting = change(published, replace(plan, topic="Wissen"), by)

    assert (meeting.calendar_sequence, meeting.topic, letters()) == (0, "Wissen", [])
    assert AuditEntry.objects.get(verb="meeting.changed").changes == {"topic": ["", "Wissen"]}


def test_more_seats_move_up_who_waits(published, plan, by):
    first = RegistrationFactory(invitation__meeting=published)
    RegistrationFactory(invitation=first.invitation, meeting=published)
    waiting = RegistrationFactory(
        invitation__meeting=published, status=RegistrationStatus.WAITING, queued_at=clock.now()
    )

    change(published, replace(plan, seats=3), by)

    waiting.refresh_from_db()
    assert waiting.status == RegistrationStatus.CONFIRMED
    assert letters() == [("network/registration_promoted", waiting.email)]


def test_fewer_seats_throw_nobody_out(published, plan, by):
    guests = [RegistrationFactory(invitation__meeting=published) for _ in range(2)]

    change(published, replace(plan, seats=1, seats_per_office=1), by)

    assert published.registrations.confirmed().count() == len(guests)


def hybrid(published, plan, by):
    """Make the meeting hybrid and forget the letters about that."""
    plan = replace(plan, mode=MeetingMode.HYBRID, online_seats=5)
    meeting = change(published, plan, by)
    OutgoingMail.objects.all().delete()
    return meeting, plan


def test_another_room_is_told_to_those_who_come_to_it(published, plan, by):
    meeting, plan = hybrid(published, plan, by)
    on_site = RegistrationFactory(invitation__meeting=meeting)
    RegistrationFactory(invitation__meeting=meeting, mode=AttendanceMode.ONLINE)

    changed = change(meeting, replace(plan, venue="Stadtschloss"), by)

    assert letters() == [("network/meeting_changed", on_site.email)]
    assert changed.calendar_sequence == meeting.calendar_sequence + 1


def test_another_online_room_is_told_to_those_with_a_seat_in_it(published, plan, by):
    meeting, plan = hybrid(published, plan, by)
    RegistrationFactory(invitation__meeting=meeting)
    online = RegistrationFactory(invitation__meeting=meeting, mode=AttendanceMode.ONLINE)
    RegistrationFactory(
        invitation__meeting=meeting,
        mode=AttendanceMode.ONLINE,
        status=RegistrationStatus.WAITING,
        queued_at=clock.now(),
    )
    full = replace(plan, online_seats=1, online_url="https://konferenz.example.org/raum-7")

    changed = change(meeting, full, by)

    online.refresh_from_db()
    assert letters() == [("network/meeting_changed", online.email)]
    assert (changed.calendar_sequence, online.calendar_sequence) == (meeting.calendar_sequence, 1)
    assert "https://konferenz.example.org/raum-7" in OutgoingMail.objects.get().text_body


def test_a_meeting_that_moves_online_takes_everybody_along(published, plan, by):
    guest = RegistrationFactory(invitation__meeting=published)

    change(published, replace(plan, mode=MeetingMode.ONLINE), by)

    guest.refresh_from_db()
    assert guest.mode == AttendanceMode.ONLINE
    assert "Wo: online" in OutgoingMail.objects.get().text_body


def test_offices_hear_of_a_new_time_unless_they_declined(published, plan, by):
    contact, other = ContactFactory(), ContactFactory()
    InvitationFactory(meeting=published, organisation=contact.organisation)
    InvitationFactory(meeting=published, organisation=other.organisation, answer=Answer.DECLINED)

    change(published, replace(plan, ends_at=plan.ends_at + timedelta(hours=1)), by)

    assert letters() == [("network/invitation_changed", contact.email)]


def test_a_later_deadline_opens_what_ran_out(published, plan, by):
    Meeting.objects.update(status=MeetingStatus.CLOSED, reply_until=clock.now() - timedelta(days=1))
    published.refresh_from_db()

    assert change(published, plan, by).status == MeetingStatus.PUBLISHED


def test_a_registration_closed_by_hand_stays_closed(published, plan, by):
    Meeting.objects.update(status=MeetingStatus.CLOSED)
    published.refresh_from_db()
    later = replace(plan, reply_until=plan.reply_until + timedelta(days=1))

    assert change(published, later, by).status == MeetingStatus.CLOSED


def test_items_of_the_agenda_stay_the_same_rows(programme, plan, by):
    meeting = meetings.draft(programme=programme, plan=plan, by=by)
    welcome, talk = meeting.agenda.all()
    minutes = MinutesItemFactory(meeting=meeting, agenda_item=talk)
    text = "10:00 Ankommen\n10:20 Begrüßung\n10:30 Terminvergabe | Stadt Kassel\n12:00 Pause"

    change(meeting, replace(plan, agenda=agenda.read(text)), by)

    rows = list(meeting.agenda.values_list("position", "title", "speaker"))
    assert rows == [
        (1, "Ankommen", ""),
        (2, "Begrüßung", ""),
        (3, "Terminvergabe", "Stadt Kassel"),
        (4, "Pause", ""),
    ]
    assert meeting.agenda.get(position=2) == welcome
    minutes.refresh_from_db()
    assert minutes.agenda_item == meeting.agenda.get(position=3) == talk


def test_the_logbook_keeps_each_version_of_the_agenda(programme, plan, by):
    meeting = meetings.draft(programme=programme, plan=plan, by=by)
    new = agenda.read("10:00 Begrüßung")

    for _ in range(2):
        meeting.refresh_from_db()
        change(meeting, replace(plan, agenda=new), by)

    first, second = AuditEntry.objects.filter(verb="meeting.changed").order_by("pk")
    before = "10:00 Begrüßung\n10:15 Terminvergabe | Stadt Gießen"
    assert first.changes == {"agenda": [before, "10:00 Begrüßung"]}
    assert second.changes == {}


def test_an_item_that_is_taken_out_leaves_its_minutes(programme, plan, by):
    meeting = meetings.draft(programme=programme, plan=plan, by=by)
    minutes = MinutesItemFactory(meeting=meeting, agenda_item=meeting.agenda.get(position=2))

    change(meeting, replace(plan, agenda=agenda.read("10:00 Begrüßung")), by)

    minutes.refresh_from_db()
    assert minutes.agenda_item is None
    assert [item.title for item in meeting.agenda.all()] == ["Begrüßung"]
