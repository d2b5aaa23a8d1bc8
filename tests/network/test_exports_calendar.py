"""Calendar files: read back as a calendar program reads them, life cycle, nasty names."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import pytest
import time_machine
from icalendar import Calendar

from network import emails
from network.enums import MeetingStatus
from network.exports import calendar
from network.models import Meeting
from network.services import registrations
from programme.models import MailAttachment
from programme.outbox import delivery
from tests.factories.network import InvitationFactory, MeetingFactory, RegistrationFactory

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
        "RSVP": "FALSE",
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
