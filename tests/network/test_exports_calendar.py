"""Calendar files: read back as a calendar program reads them, life cycle, nasty names."""

from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes

import pytest
import time_machine
import vobject
from icalendar import Calendar

from network import emails
from network.enums import MeetingStatus
from network.exports import calendar
from network.models import Meeting
from network.services import registrations
from programme.models import MailAttachment
from programme.outbox import delivery
from tests.factories.network import (
    InvitationFactory,
    MeetingFactory,
    RegistrationFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


def read(content: bytes) -> tuple[Calendar, dict[str, str]]:
    """Return the calendar and its first event as plain strings."""
    found = Calendar.from_ical(content)
    event = found.walk("VEVENT")[0]
    return found, {key: event[key].to_ical().decode() for key in event}


def meeting() -> Meeting:
    return MeetingFactory(
        title="Fachaustausch; Termine, „Öffnung“",
        slug="fachaustausch",
        starts_at=datetime(2028, 2, 29, 8, 30, tzinfo=UTC),
        ends_at=datetime(2028, 2, 29, 15, 0, tzinfo=UTC),
        street="Luisenplatz 2",
        postcode="64283",
    )


@time_machine.travel(NOW, tick=False)
def test_a_registration_is_a_request_with_everything_a_calendar_needs():
    row = RegistrationFactory(
        invitation__meeting=meeting(), full_name="Öznur Groß", email="oeznur@example.org"
    )

    found, event = read(calendar.registration_ics(row))

    assert (found["METHOD"], found["VERSION"]) == ("REQUEST", "2.0")
    assert event == {
        "UID": f"anmeldung-{row.pk}@portal.example.org",
        "DTSTAMP": "20260504T100000Z",
        "SUMMARY": "Fachaustausch\\; Termine\\, „Öffnung“",
        "STATUS": "CONFIRMED",
        "DTSTART": "20280229T093000",
        "DTEND": "20280229T160000",
        "DESCRIPTION": "https://portal.example.org/netzwerk/treffen/fachaustausch/\\n"
        "Dieses Projekt wird aus Mitteln des AMIF kofinanziert.",
        "URL": "https://portal.example.org/netzwerk/treffen/fachaustausch/",
        "ORGANIZER": "mailto:kontakt@example.org",
        "LOCATION": "Regierungspräsidium Darmstadt\\, Luisenplatz 2\\, 64283 Darmstadt",
        "SEQUENCE": "0",
        "ATTENDEE": "mailto:oeznur@example.org",
    }
    attendee = found.walk("VEVENT")[0]["ATTENDEE"].params
    assert dict(attendee) == {
        "CN": "Öznur Groß",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "ACCEPTED",
        "RSVP": "TRUE",
    }


@pytest.mark.parametrize(
    ("moment", "local", "offset_hours"),
    [
        (datetime(2026, 1, 15, 9, 0, tzinfo=UTC), "20260115T100000", 1),
        (datetime(2026, 7, 15, 9, 0, tzinfo=UTC), "20260715T110000", 2),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "20261025T023000", 2),
    ],
)
def test_times_are_those_of_hessen_with_their_time_zone(moment, local, offset_hours):
    row = MeetingFactory(starts_at=moment, ends_at=moment + timedelta(hours=3))

    content = calendar.meeting_ics(row)

    found, event = read(content)
    assert event["DTSTART"] == local
    assert b"DTSTART;TZID=Europe/Berlin:" in content
    zone = found.walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    wall = datetime.strptime(local, "%Y%m%dT%H%M%S")
    assert zone.utcoffset(wall) == timedelta(hours=offset_hours)


def test_cancelling_takes_the_same_entry_away_with_a_higher_sequence():
    row = RegistrationFactory()
    before = read(calendar.registration_ics(row))[1]

    registrations.cancel(registration=row)

    sent = MailAttachment.objects.get()
    found, event = read(bytes(sent.content))
    assert (found["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert (event["UID"], event["ORGANIZER"]) == (before["UID"], before["ORGANIZER"])
    assert int(event["SEQUENCE"]) > int(before["SEQUENCE"])


def test_a_moved_meeting_raises_the_sequence_of_every_entry():
    row = RegistrationFactory(calendar_sequence=1)
    row.meeting.calendar_sequence = 2

    assert read(calendar.registration_ics(row))[1]["SEQUENCE"] == "3"


def test_an_office_gets_a_tentative_entry_that_can_be_cancelled_later():
    row = InvitationFactory(organisation__short_name="Fulda")

    request, invited = read(calendar.invitation_ics(invitation=row, recipient="abh@example.org"))
    row.meeting.calendar_sequence += 1
    cancel, gone = read(
        calendar.invitation_cancelled_ics(invitation=row, recipient="abh@example.org")
    )

    assert (request["METHOD"], invited["STATUS"]) == ("REQUEST", "TENTATIVE")
    assert (cancel["METHOD"], gone["STATUS"], gone["SEQUENCE"]) == ("CANCEL", "CANCELLED", "1")
    assert invited["UID"] == gone["UID"]
    assert request.walk("VEVENT")[0]["ATTENDEE"].params["CN"] == "Fulda"


@pytest.mark.parametrize(
    "name",
    [
        "Eve\r\nATTENDEE:mailto:opfer@example.org",
        'Eve "die Große": Weiß; Söhne, Ltd',
        "Eve\nEND:VEVENT\nBEGIN:VEVENT",
        "\u202eevE\u2028X",
        "^n^'",
    ],
)
def test_nasty_names_add_no_line_to_the_calendar(name):
    row = RegistrationFactory(full_name=name)

    found, _ = read(calendar.registration_ics(row))

    event = found.walk("VEVENT")[0]
    assert len(found.walk("VEVENT")) == 1
    assert str(event["ATTENDEE"]) == f"mailto:{row.email}"
    assert "\n" not in event["ATTENDEE"].params["CN"]


def test_the_public_calendar_leaves_undated_meetings_out_and_marks_cancelled_ones():
    dated = MeetingFactory(status=MeetingStatus.CANCELLED)
    undated = MeetingFactory(starts_at=None, ends_at=None, date_label="Juni 2017")

    content = calendar.meetings_ics([dated, undated])

    found, event = read(content)
    assert found["METHOD"] == "PUBLISH"
    assert len(found.walk("VEVENT")) == 1
    assert event["STATUS"] == "CANCELLED"
    assert "ATTENDEE" not in event
    assert content == calendar.meetings_ics([dated, undated])


def test_an_online_person_finds_online_as_the_place():
    row = RegistrationFactory(invitation__meeting__mode="hybrid", mode="online")
    assert read(calendar.registration_ics(row))[1]["LOCATION"] == "online"


def test_the_mail_part_names_the_method_and_carries_the_file_unchanged():
    row = RegistrationFactory(full_name="Öznur Groß")
    mail = emails.registration_confirmed(row)
    stored = bytes(mail.attachments.get().content)

    sent = message_from_bytes(delivery._message(mail, None).message().as_bytes())

    part = next(each for each in sent.walk() if each.get_content_type() == "text/calendar")
    assert part["Content-Type"] == 'text/calendar; method="REQUEST"; charset="utf-8"'
    assert part.get_filename() == "einladung.ics"
    assert part.get_payload(decode=True) == stored
    assert stored.startswith(b"BEGIN:VCALENDAR\r\n")


def test_an_online_meeting_takes_place_online():
    assert read(calendar.meeting_ics(MeetingFactory(mode="online")))[1]["LOCATION"] == "online"


def second_opinion(content: bytes) -> dict[str, str]:
    """Read the one event with vobject, which shares no code with icalendar."""
    event = vobject.readOne(content.decode(), validate=True).vevent
    return {line.name: str(line.value) for line in event.lines()}


@pytest.mark.parametrize("is_cancelled", [False, True])
def test_an_independent_reader_understands_every_mail_entry(is_cancelled):
    person = RegistrationFactory(invitation__meeting=meeting(), full_name="Öznur Groß; X, Y")
    office = person.invitation
    if is_cancelled:
        files = [
            calendar.registration_cancelled_ics(person),
            calendar.invitation_cancelled_ics(invitation=office, recipient="abh@example.org"),
        ]
    else:
        files = [
            calendar.registration_ics(person),
            calendar.invitation_ics(invitation=office, recipient="abh@example.org"),
        ]

    for content in files:
        assert second_opinion(content) == {
            **second_opinion(content),
            "SUMMARY": "Fachaustausch; Termine, „Öffnung“",
            "DTSTART": "2028-02-29 09:30:00+01:00",
            "DTEND": "2028-02-29 16:00:00+01:00",
            "LOCATION": "Regierungspräsidium Darmstadt, Luisenplatz 2, 64283 Darmstadt",
            "ORGANIZER": "mailto:kontakt@example.org",
        }
        assert b"VALARM" not in content
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))
        assert b"\n" not in content.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    ("mode", "status", "knows"),
    [("online", "confirmed", True), ("on_site", "confirmed", False), ("online", "waiting", False)],
)
def test_only_people_with_a_seat_online_get_the_link(mode, status, knows):
    link = "https://video.example.org/raum?a=1,2;b"
    row = RegistrationFactory(
        invitation__meeting__mode="hybrid",
        invitation__meeting__online_url=link,
        mode=mode,
        status=status,
    )

    request, cancel = calendar.registration_ics(row), calendar.registration_cancelled_ics(row)

    event = Calendar.from_ical(request).walk("VEVENT")[0]
    assert (str(event.get("conference", "")) == link) is knows
    assert (str(event["location"]) == link) is knows
    assert ("video.example.org" in str(event["description"])) is knows
    assert b"video.example.org" not in cancel
    everybody = calendar.meeting_ics(row.meeting)
    office = calendar.invitation_ics(invitation=row.invitation, recipient="abh@example.org")
    assert b"video.example.org" not in everybody + office


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("confirmed", "Workshop: Termine; online (10:30 bis 12:00 Uhr, Raum 2)"),
        ("waiting", "Workshop: Termine; online (auf der Warteliste)"),
    ],
)
def test_the_entry_names_the_workshop(place, line):
    workshop = WorkshopFactory(
        title="Termine; online", begins=time(10, 30), ends=time(12), room="Raum 2"
    )
    row = RegistrationFactory(workshop=workshop, workshop_place=place)

    event = Calendar.from_ical(calendar.registration_ics(row)).walk("VEVENT")[0]

    assert str(event["description"]).splitlines()[0] == line


def test_a_withdrawn_invitation_is_taken_out_of_the_calendar():
    row = InvitationFactory(meeting__calendar_sequence=2)
    before = read(calendar.invitation_ics(invitation=row, recipient="abh@example.org"))[1]
    row.calendar_sequence += 1

    gone = read(calendar.invitation_cancelled_ics(invitation=row, recipient="abh@example.org"))[1]

    assert (before["SEQUENCE"], gone["SEQUENCE"]) == ("2", "3")


def test_a_reservation_stays_one_when_the_entry_is_sent_again():
    row = RegistrationFactory(calendar_answer="tentative")

    event = Calendar.from_ical(calendar.registration_ics(row)).walk("VEVENT")[0]

    assert event["ATTENDEE"].params["PARTSTAT"] == "TENTATIVE"


def test_a_walk_in_without_address_has_an_entry_without_attendee():
    assert b"ATTENDEE" not in calendar.registration_ics(RegistrationFactory(email=""))
