"""Letters of the first floor: recipient, template, context; the service decides whether."""

from django.urls import reverse

from network.exports import calendar
from network.models import Contact, Invitation, Meeting, Registration
from network.rules.seats import office_limit
from programme import outbox, tokens
from programme.models import OutgoingMail


def _invitation_url(invitation: Invitation) -> str:
    """Return the office's own link as it stands in mails."""
    token = tokens.token("invitation", invitation.token_seed)
    return outbox.absolute_url(reverse("network:invitation", args=[token]))


def _registration_url(registration: Registration) -> str:
    """Return a person's own link as it stands in mails."""
    token = tokens.token("registration", registration.token_seed)
    return outbox.absolute_url(reverse("network:registration", args=[token]))


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
            "meeting_url": _meeting_url(meeting),
            "registration": registration,
            "organisation": registration.invitation.organisation,
            "registration_url": _registration_url(registration),
            **context,
        },
        attachments=attachments,
        reply_to=meeting.programme.contact_email,
    )


def _meeting_url(meeting: Meeting) -> str:
    return outbox.absolute_url(reverse("network:meeting", args=[meeting.slug]))


def _entry(registration: Registration) -> tuple[calendar.Attachment, ...]:
    return (calendar.request_attachment(calendar.registration_ics(registration)),)


def _removal(registration: Registration) -> tuple[calendar.Attachment, ...]:
    return (calendar.cancel_attachment(calendar.registration_cancelled_ics(registration)),)


def registration_confirmed(registration: Registration) -> OutgoingMail:
    """Tell a person that the seat is theirs; with calendar entry."""
    return _to_person("registration_confirmed", registration, _entry(registration))


def registration_waiting(registration: Registration, *, position: int) -> OutgoingMail:
    """Tell a person their place in the queue; no calendar entry, for there is no seat."""
    return _to_person("registration_waiting", registration, position=position)


def registration_promoted(registration: Registration) -> OutgoingMail:
    """Tell a person who waited that a seat became free; with calendar entry."""
    return _to_person("registration_promoted", registration, _entry(registration))


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
    """Tell a person the new time or place; a seat brings the new calendar entry."""
    files = _entry(registration) if registration.has_seat else ()
    return _to_person("meeting_changed", registration, files)


def meeting_cancelled(registration: Registration) -> OutgoingMail:
    """Tell a person that the meeting does not take place; takes the calendar entry away."""
    files = _removal(registration) if registration.has_seat else ()
    return _to_person("meeting_cancelled", registration, files)


def answer_received(
    invitation: Invitation, *, to: str, registrations: list[Registration]
) -> OutgoingMail:
    """Show the main contact of an office what was answered in its name."""
    meeting = invitation.meeting
    return outbox.queue(
        letter="network/answer_received",
        to=to,
        context={
            "programme": meeting.programme,
            "meeting": meeting,
            "meeting_url": _meeting_url(meeting),
            "invitation": invitation,
            "organisation": invitation.organisation,
            "invitation_url": _invitation_url(invitation),
            "registrations": registrations,
        },
        reply_to=meeting.programme.contact_email,
    )


def invitation(invitation: Invitation, contact: Contact) -> OutgoingMail:
    """Invite an office: its own link, the calendar entry, until when to answer."""
    content = calendar.invitation_ics(invitation=invitation, recipient=contact.email)
    return _to_office("invitation", invitation, contact, calendar.request_attachment(content))


def invitation_cancelled(invitation: Invitation, contact: Contact) -> OutgoingMail:
    """Tell an invited office that the meeting does not take place; takes the entry away."""
    content = calendar.invitation_cancelled_ics(invitation=invitation, recipient=contact.email)
    file = calendar.cancel_attachment(content)
    return _to_office("invitation_cancelled", invitation, contact, file)


def _to_office(
    letter: str, invitation: Invitation, contact: Contact, file: calendar.Attachment
) -> OutgoingMail:
    meeting = invitation.meeting
    return outbox.queue(
        letter=f"network/{letter}",
        to=contact.email,
        context={
            "programme": meeting.programme,
            "meeting": meeting,
            "meeting_url": _meeting_url(meeting),
            "invitation_url": _invitation_url(invitation),
            "organisation": invitation.organisation,
            "contact": contact,
            "seats": office_limit(
                seats_per_office=meeting.seats_per_office, override=invitation.seats_override
            ),
        },
        attachments=(file,),
        reply_to=meeting.programme.contact_email,
    )
