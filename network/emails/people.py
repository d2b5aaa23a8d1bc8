"""Letters to people who are registered, wait or no longer come."""

from collections.abc import Sequence

from network.emails.addresses import meeting_url, registration_url
from network.enums import CopyNews
from network.exports import calendar
from network.models import Contact, Invitation, Registration
from programme import outbox
from programme.models import OutgoingMail


def _to_person(
    letter: str,
    registration: Registration,
    attachments: tuple[calendar.Attachment, ...] = (),
    **context: object,
) -> OutgoingMail:
    meeting = registration.meeting
    return outbox.queue(
        letter=f"network/{letter}",
        to=registration.email,
        context={
            "programme": meeting.programme,
            "meeting": meeting,
            "meeting_url": meeting_url(meeting),
            "registration": registration,
            "organisation": registration.invitation.organisation,
            "registration_url": registration_url(registration),
            **context,
        },
        attachments=attachments,
        reply_to=meeting.programme.contact_email,
    )


def _entry(registration: Registration) -> tuple[calendar.Attachment, ...]:
    return (calendar.request_attachment(calendar.registration_ics(registration)),)


def _removal(registration: Registration) -> tuple[calendar.Attachment, ...]:
    return (calendar.cancel_attachment(calendar.registration_cancelled_ics(registration)),)


def registration_confirmed(registration: Registration) -> OutgoingMail:
    """Tell a person that the seat is theirs; with calendar entry."""
    return _to_person("registration_confirmed", registration, _entry(registration))


def registration_copy(
    invitation: Invitation, contact: Contact, news: Sequence[tuple[Registration, CopyNews]]
) -> OutgoingMail:
    """Show a contact what people of the office were told.

    Without their links, calendar entries and needs: those are for the people alone.
    """
    meeting = invitation.meeting
    return outbox.queue(
        letter="network/registration_copy",
        to=contact.email,
        context={
            "programme": meeting.programme,
            "meeting": meeting,
            "meeting_url": meeting_url(meeting),
            "organisation": invitation.organisation,
            "contact": contact,
            "lines": [(row, what.label) for row, what in news],
        },
        reply_to=meeting.programme.contact_email,
    )


def registration_waiting(registration: Registration, *, position: int) -> OutgoingMail:
    """Tell a person their place in the queue; no calendar entry, for there is no seat."""
    return _to_person("registration_waiting", registration, position=position)


def registration_promoted(registration: Registration) -> OutgoingMail:
    """Tell a person who waited that a seat became free; with calendar entry."""
    return _to_person("registration_promoted", registration, _entry(registration))


def registration_workshop_promoted(registration: Registration) -> OutgoingMail:
    """Tell a person that a place in their workshop became free; the calendar entry stays."""
    return _to_person("registration_workshop_promoted", registration)


def registration_cancelled(registration: Registration, *, had_seat: bool) -> OutgoingMail:
    """Tell a person that they are no longer registered; takes the calendar entry away."""
    files = _removal(registration) if had_seat else ()
    return _to_person("registration_cancelled", registration, files, had_seat=had_seat)


def registration_replaced(
    registration: Registration, *, successor: Registration, had_seat: bool
) -> OutgoingMail:
    """Tell a person who goes in their place; takes the calendar entry away."""
    files = _removal(registration) if had_seat else ()
    return _to_person(
        "registration_replaced", registration, files, successor=successor, had_seat=had_seat
    )


def meeting_changed(registration: Registration) -> OutgoingMail:
    """Tell a person the new time, place or online room; a seat brings the new calendar entry."""
    files = _entry(registration) if registration.has_seat else ()
    return _to_person("meeting_changed", registration, files)


def workshop_changed(registration: Registration) -> OutgoingMail:
    """Tell a person that the workshop they chose has another title, time or room."""
    files = _entry(registration) if registration.has_seat else ()
    return _to_person("workshop_changed", registration, files, workshop=registration.workshop)


def meeting_cancelled(registration: Registration) -> OutgoingMail:
    """Tell a person that the meeting does not take place; takes the calendar entry away."""
    files = _removal(registration) if registration.has_seat else ()
    return _to_person("meeting_cancelled", registration, files)
