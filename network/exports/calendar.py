"""Calendar files (RFC 5545, RFC 5546): requests and cancellations by mail, public entries.

A guest's entry can only be changed or removed later if the first mail was a REQUEST and UID and
ORGANIZER stay the same. SEQUENCE rises when time or place change, never for a typo.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.urls import reverse
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress

from network.enums import AttendanceMode, MeetingMode, MeetingStatus
from network.models import Invitation, Meeting, Registration
from network.rules.deadlines import HESSEN
from programme import clock
from programme.outbox import absolute_url

FILE_NAME = "einladung.ics"

Attachment = tuple[str, bytes, str]


def invitation_ics(*, invitation: Invitation, recipient: str) -> bytes:
    """Return the REQUEST that goes with the invitation of an office; nobody is registered yet."""
    return _calendar("REQUEST", [_office_event(invitation, recipient, "TENTATIVE")])


def invitation_cancelled_ics(*, invitation: Invitation, recipient: str) -> bytes:
    """Return the CANCEL for the same entry; raise the meeting's calendar_sequence before."""
    return _calendar("CANCEL", [_office_event(invitation, recipient, "CANCELLED")])


def registration_ics(registration: Registration) -> bytes:
    """Return the REQUEST of one registered person; sent again when time or place change."""
    return _calendar("REQUEST", [_person_event(registration, "CONFIRMED")])


def registration_cancelled_ics(registration: Registration) -> bytes:
    """Return the CANCEL of one person's entry; its sequence has been raised before."""
    return _calendar("CANCEL", [_person_event(registration, "CANCELLED")])


def meeting_ics(meeting: Meeting) -> bytes:
    """Return a public meeting as a file to add to a calendar."""
    return meetings_ics([meeting])


def meetings_ics(meetings: Iterable[Meeting]) -> bytes:
    """Return public meetings as a calendar to subscribe to; undated ones cannot stand in it.

    Same meetings, same bytes: the time stamp is the day the meeting was created.
    """
    return _calendar("PUBLISH", [_public_event(each) for each in meetings if each.starts_at])


def request_attachment(content: bytes) -> Attachment:
    """Return a REQUEST as the outbox wants it; the mail part must name the method as well."""
    return FILE_NAME, content, "text/calendar; method=REQUEST; charset=utf-8"


def cancel_attachment(content: bytes) -> Attachment:
    """Return a CANCEL as the outbox wants it."""
    return FILE_NAME, content, "text/calendar; method=CANCEL; charset=utf-8"


def one_line(text: str) -> str:
    """Return the text without line breaks and control characters, which end a property (M7)."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _calendar(method: str, events: Iterable[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Serviceportal//Landesnetzwerk//DE")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_time_zone())
    for event in events:
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _time_zone() -> Timezone:
    """Return the rule of summer time since 1996; short, and valid for every year to come."""
    zone = Timezone()
    zone.add("tzid", HESSEN.key)
    summer, winter = timedelta(hours=2), timedelta(hours=1)
    for part, name, begins, month, before, after in (
        (TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), 3, winter, summer),  # noqa: DTZ001
        (TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), 10, summer, winter),  # noqa: DTZ001
    ):
        part.add("dtstart", begins)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", name)
        zone.add_component(part)
    return zone


def _event(meeting: Meeting, *, uid: str, status: str, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", f"{uid}@{urlsplit(absolute_url('/')).hostname}")
    event.add("dtstamp", stamp)
    event.add("summary", one_line(meeting.title))
    event.add("status", status)
    if meeting.starts_at:
        event.add("dtstart", meeting.starts_at.astimezone(HESSEN))
    if meeting.ends_at:
        event.add("dtend", meeting.ends_at.astimezone(HESSEN))
    url = absolute_url(reverse("network:meeting", args=[meeting.slug]))
    notice = meeting.programme.funding_notice
    event.add("description", "\n".join(filter(None, [meeting.topic, url, notice])))
    event.add("url", url)
    event.add("organizer", _address(meeting.programme.contact_email, meeting.programme.owner_name))
    return event


def _person_event(registration: Registration, status: str) -> Event:
    meeting = registration.meeting
    uid = f"anmeldung-{registration.pk}"
    event = _event(meeting, uid=uid, status=status, stamp=clock.now())
    online = registration.mode == AttendanceMode.ONLINE
    event.add("location", "online" if online else _place(meeting))
    event.add("sequence", meeting.calendar_sequence + registration.calendar_sequence)
    event.add("attendee", _attendee(registration.email, registration.full_name, "ACCEPTED"))
    return event


def _office_event(invitation: Invitation, recipient: str, status: str) -> Event:
    meeting = invitation.meeting
    uid = f"einladung-{invitation.pk}"
    event = _event(meeting, uid=uid, status=status, stamp=clock.now())
    event.add("location", _place(meeting))
    event.add("sequence", meeting.calendar_sequence)
    name = invitation.organisation.short_name
    event.add("attendee", _attendee(recipient, name, "NEEDS-ACTION"))
    return event


def _public_event(meeting: Meeting) -> Event:
    cancelled = meeting.status == MeetingStatus.CANCELLED
    status = "CANCELLED" if cancelled else "CONFIRMED"
    event = _event(meeting, uid=f"treffen-{meeting.pk}", status=status, stamp=meeting.created_at)
    event.add("location", _place(meeting))
    event.add("sequence", meeting.calendar_sequence)
    return event


def _place(meeting: Meeting) -> str:
    if meeting.mode == MeetingMode.ONLINE:
        return "online"
    town = f"{meeting.postcode} {meeting.city}".strip()
    return one_line(", ".join(filter(None, [meeting.venue, meeting.street, town])))


def _address(email: str, name: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params["cn"] = one_line(name)
    return address


def _attendee(email: str, name: str, answer: str) -> vCalAddress:
    address = _address(email, name)
    address.params["role"] = "REQ-PARTICIPANT"
    address.params["partstat"] = answer
    address.params["rsvp"] = "FALSE"
    return address
