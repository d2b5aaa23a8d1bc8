"""Calendar files (RFC 5545, RFC 5546): requests and cancellations by mail, public entries.

A guest's entry can only be changed or removed later if the first mail was a REQUEST and UID and
ORGANIZER stay the same. SEQUENCE rises when time, place or state change, never for a typo. Every
attendee is asked to reply: the answers come back through network.services.replies (feature B2).
"""

from collections.abc import Iterable
from datetime import time
from typing import TYPE_CHECKING

from network.enums import AttendanceMode, CalendarAnswer, MeetingStatus, WorkshopPlace
from network.exports.entries import address, calendar_file, entry, one_line, place
from network.models import Invitation, Meeting, Registration
from network.rules.entries import (
    invitation_sequence,
    invitation_uid,
    registration_sequence,
    registration_uid,
)
from programme import clock

if TYPE_CHECKING:
    from icalendar import Event, vCalAddress

__all__ = [
    "Attachment",
    "cancel_attachment",
    "invitation_cancelled_ics",
    "invitation_cleared_ics",
    "invitation_ics",
    "meeting_ics",
    "meetings_ics",
    "one_line",
    "registration_cancelled_ics",
    "registration_ics",
    "request_attachment",
    "workshop_line",
]

FILE_NAME = "einladung.ics"

Attachment = tuple[str, bytes, str]


def invitation_ics(*, invitation: Invitation, recipient: str) -> bytes:
    """Return the REQUEST that goes with the invitation of an office; nobody is registered yet."""
    return calendar_file("REQUEST", [_office_event(invitation, recipient, "TENTATIVE")])


def invitation_cancelled_ics(*, invitation: Invitation, recipient: str) -> bytes:
    """Return the CANCEL for the same entry; its sequence has been raised before."""
    return calendar_file("CANCEL", [_office_event(invitation, recipient, "CANCELLED")])


def invitation_cleared_ics(*, invitation: Invitation, recipient: str) -> bytes:
    """Return the CANCEL that takes the entry from one contact who accepted in the calendar.

    Its sequence is one higher than that of the invitation, which stays: the other contacts keep
    their entries, and what they answer to them still counts.
    """
    event = _office_event(invitation, recipient, "CANCELLED")
    event["sequence"] = invitation_sequence(invitation) + 1
    return calendar_file("CANCEL", [event])


def registration_ics(registration: Registration) -> bytes:
    """Return the REQUEST of one registered person; sent again when time or place change."""
    return calendar_file("REQUEST", [_person_event(registration, "CONFIRMED")])


def registration_cancelled_ics(registration: Registration) -> bytes:
    """Return the CANCEL of one person's entry; its sequence has been raised before."""
    return calendar_file("CANCEL", [_person_event(registration, "CANCELLED")])


def meeting_ics(meeting: Meeting) -> bytes:
    """Return a public meeting as a file to add to a calendar."""
    return meetings_ics([meeting])


def meetings_ics(meetings: Iterable[Meeting]) -> bytes:
    """Return public meetings as a calendar to subscribe to; undated ones cannot stand in it.

    Same meetings, same bytes: the time stamp is the day the meeting was created.
    """
    return calendar_file("PUBLISH", [_public_event(each) for each in meetings if each.starts_at])


def request_attachment(content: bytes) -> Attachment:
    """Return a REQUEST as the outbox wants it; the mail part must name the method as well."""
    return FILE_NAME, content, "text/calendar; method=REQUEST; charset=utf-8"


def cancel_attachment(content: bytes) -> Attachment:
    """Return a CANCEL as the outbox wants it."""
    return FILE_NAME, content, "text/calendar; method=CANCEL; charset=utf-8"


def workshop_line(registration: Registration) -> str:
    """Return the workshop of a person with time and room, or "" without one."""
    workshop = registration.workshop
    if workshop is None:
        return ""
    if registration.workshop_place == WorkshopPlace.WAITING:
        return f"Workshop: {workshop.title} (auf der Warteliste)"
    hours = " bis ".join(_clock(each) for each in (workshop.begins, workshop.ends) if each)
    details = ", ".join(filter(None, [f"{hours} Uhr" if hours else "", workshop.room]))
    return f"Workshop: {workshop.title}" + (f" ({details})" if details else "")


def _clock(moment: time) -> str:
    return f"{moment:%H:%M}"


def _person_event(registration: Registration, status: str) -> "Event":
    meeting = registration.meeting
    online = registration.mode == AttendanceMode.ONLINE
    # The link is for people with a seat online, and for nobody else who gets to see an entry.
    link = ""
    if online and registration.has_seat and status == "CONFIRMED":
        link = meeting.online_url
    lines = [workshop_line(registration), f"Teilnahme online: {link}" if link else ""]
    uid = registration_uid(registration)
    event = entry(meeting, uid=uid, status=status, stamp=clock.now(), lines=lines)
    event.add("location", (link or "online") if online else place(meeting))
    if link:
        label = {"value": "URI", "feature": "VIDEO", "label": "Teilnahme online"}
        event.add("conference", link, label)
    event.add("sequence", registration_sequence(registration))
    if registration.email:
        tentative = registration.calendar_answer == CalendarAnswer.TENTATIVE
        answer = "TENTATIVE" if tentative else "ACCEPTED"
        event.add("attendee", _attendee(registration.email, registration.full_name, answer))
    return event


def _office_event(invitation: Invitation, recipient: str, status: str) -> "Event":
    meeting = invitation.meeting
    event = entry(meeting, uid=invitation_uid(invitation), status=status, stamp=clock.now())
    event.add("location", place(meeting))
    event.add("sequence", invitation_sequence(invitation))
    name = invitation.organisation.short_name
    event.add("attendee", _attendee(recipient, name, "NEEDS-ACTION"))
    return event


def _public_event(meeting: Meeting) -> "Event":
    cancelled = meeting.status == MeetingStatus.CANCELLED
    status = "CANCELLED" if cancelled else "CONFIRMED"
    event = entry(meeting, uid=f"treffen-{meeting.pk}", status=status, stamp=meeting.created_at)
    event.add("location", place(meeting))
    event.add("sequence", meeting.calendar_sequence)
    return event


def _attendee(email: str, name: str, answer: str) -> "vCalAddress":
    attendee = address(email, name)
    attendee.params["role"] = "REQ-PARTICIPANT"
    attendee.params["partstat"] = answer
    attendee.params["rsvp"] = "TRUE"
    return attendee
