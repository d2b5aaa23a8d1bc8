"""Letters to offices: invitation, what was answered in their name, that it is cancelled."""

from network.emails.addresses import invitation_url, meeting_url
from network.exports import calendar
from network.models import Contact, Invitation, Registration
from network.rules.seats import office_limit
from programme import outbox
from programme.models import OutgoingMail


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
            "meeting_url": meeting_url(meeting),
            "invitation": invitation,
            "organisation": invitation.organisation,
            "invitation_url": invitation_url(invitation),
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
            "meeting_url": meeting_url(meeting),
            "invitation_url": invitation_url(invitation),
            "organisation": invitation.organisation,
            "contact": contact,
            "seats": office_limit(
                seats_per_office=meeting.seats_per_office, override=invitation.seats_override
            ),
        },
        attachments=(file,),
        reply_to=meeting.programme.contact_email,
    )
