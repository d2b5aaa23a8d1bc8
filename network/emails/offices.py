"""Letters to offices: invitation, what was answered in their name, changed or cancelled."""

from collections.abc import Mapping

from django.urls import reverse

from network.emails.addresses import invitation_url, meeting_url
from network.exports import calendar
from network.exports.office_feed import feed_url, sample_feed_url
from network.models import Contact, Invitation, Registration
from network.rules.deadlines import is_closed_early, takes_answers
from network.rules.seats import office_limit
from programme import clock, outbox
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


def invitation_preview(invitation: Invitation, contact: Contact) -> outbox.Written:
    """Write the invitation as the contact will get it; the link is only made with the sending."""
    return outbox.compose(
        letter="network/invitation",
        context=office_context(invitation, contact, link=_sample_link()),
    )


def invitation_test(invitation: Invitation, contact: Contact, *, to: str) -> OutgoingMail:
    """Send the invitation to a person of the team, marked as a test; its link leads nowhere and
    it brings no calendar entry."""
    return outbox.queue(
        letter="network/invitation_test",
        to=to,
        context=office_context(invitation, contact, link=_sample_link()),
        reply_to=invitation.meeting.programme.contact_email,
    )


def reminder(invitation: Invitation, contact: Contact) -> OutgoingMail:
    """Remind an office that has not answered; the same link, no second calendar entry."""
    return _to_office("reminder", invitation, contact)


def names_asked(invitation: Invitation, contact: Contact) -> OutgoingMail:
    """Ask an office that accepted in its calendar who comes; sent once (feature B2)."""
    return _to_office("names_asked", invitation, contact)


def invitation_withdrawn(invitation: Invitation, contact: Contact) -> OutgoingMail:
    """Tell an office that its invitation no longer counts; takes the calendar entry away."""
    content = calendar.invitation_cancelled_ics(invitation=invitation, recipient=contact.email)
    file = calendar.cancel_attachment(content)
    return _to_office("invitation_withdrawn", invitation, contact, file)


def invitation_changed(
    invitation: Invitation, contact: Contact, *, has_entry: bool = True
) -> OutgoingMail:
    """Tell an invited office the new time or place; changes the calendar entry if it has one."""
    files = []
    if has_entry:
        content = calendar.invitation_ics(invitation=invitation, recipient=contact.email)
        files.append(calendar.request_attachment(content))
    context = {"has_entry": has_entry}
    return _to_office("invitation_changed", invitation, contact, *files, context=context)


def invitation_cancelled(invitation: Invitation, contact: Contact) -> OutgoingMail:
    """Tell an invited office that the meeting does not take place; takes the entry away."""
    content = calendar.invitation_cancelled_ics(invitation=invitation, recipient=contact.email)
    file = calendar.cancel_attachment(content)
    return _to_office("invitation_cancelled", invitation, contact, file)


def invitation_entry_cleared(
    invitation: Invitation, contact: Contact, registrations: list[Registration]
) -> OutgoingMail:
    """Tell a contact who accepted in its calendar who is registered; takes that entry away.

    Who comes has an entry of their own, so that nobody keeps two (feature B2).
    """
    content = calendar.invitation_cleared_ics(invitation=invitation, recipient=contact.email)
    file = calendar.cancel_attachment(content)
    context = {"registrations": registrations}
    return _to_office("invitation_entry_cleared", invitation, contact, file, context=context)


def office_context(
    invitation: Invitation, contact: Contact, *, link: str = ""
) -> dict[str, object]:
    """Return what the letters to an office say; `link` stands for the office's own link."""
    meeting = invitation.meeting
    seats = office_limit(
        seats_per_office=meeting.seats_per_office, override=invitation.seats_override
    )
    answer_link = link or invitation_url(invitation)
    return {
        "programme": meeting.programme,
        "meeting": meeting,
        "meeting_url": meeting_url(meeting),
        "invitation_url": answer_link,
        "decline_url": f"{answer_link}absagen/",
        "feed_url": sample_feed_url() if link else feed_url(invitation.organisation),
        "organisation": invitation.organisation,
        "contact": contact,
        "seats": seats,
        "may_answer": takes_answers(meeting, moment=clock.now()),
        "is_closed_early": is_closed_early(meeting, moment=clock.now()),
    }


def _sample_link() -> str:
    """Return what looks like a link and is none: an unknown link tells nothing (target A7)."""
    return outbox.absolute_url(reverse("network:invitation", args=["nur-ein-muster"]))


def _to_office(
    letter: str,
    invitation: Invitation,
    contact: Contact,
    *files: calendar.Attachment,
    context: Mapping[str, object] | None = None,
) -> OutgoingMail:
    return outbox.queue(
        letter=f"network/{letter}",
        to=contact.email,
        context=office_context(invitation, contact) | dict(context or {}),
        attachments=files,
        reply_to=invitation.meeting.programme.contact_email,
    )
