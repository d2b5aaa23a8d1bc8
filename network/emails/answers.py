"""Letters about answers: who gave one for the office, and requests after the deadline."""

from django.urls import reverse

from network.emails.addresses import invitation_url, meeting_url
from network.models import AnswerEntry, LateRequest, Registration
from programme import outbox, tokens
from programme.models import OutgoingMail


def answer_by_other(
    entry: AnswerEntry, *, to: str, made: list[Registration], ended: list[Registration]
) -> OutgoingMail:
    """Tell the main contact who used the office's link, with a link that takes the answer back."""
    invitation = entry.invitation
    meeting = invitation.meeting
    token = tokens.token("undo", entry.undo_seed)
    return outbox.queue(
        letter="network/answer_by_other",
        to=to,
        context={
            "programme": meeting.programme,
            "meeting": meeting,
            "meeting_url": meeting_url(meeting),
            "invitation": invitation,
            "organisation": invitation.organisation,
            "invitation_url": invitation_url(invitation),
            "entry": entry,
            "made": made,
            "ended": ended,
            "undo_url": outbox.absolute_url(reverse("network:undo_answer", args=[token])),
        },
        reply_to=meeting.programme.contact_email,
    )


def late_request(request: LateRequest) -> OutgoingMail:
    """Put a request after the deadline into the mailbox of the programme team."""
    programme = request.invitation.meeting.programme
    return _about_request(
        "late_request",
        request,
        to=programme.contact_email,
        reply_to=request.email,
        requests_url=outbox.absolute_url(reverse("network:late_requests")),
    )


def late_request_accepted(request: LateRequest) -> OutgoingMail:
    """Tell who asked that it still works."""
    return _answer_to(request, "late_request_accepted")


def late_request_rejected(request: LateRequest, *, sentence: str) -> OutgoingMail:
    """Tell who asked that it does not work any more, and why."""
    return _answer_to(request, "late_request_rejected", sentence=sentence)


def _answer_to(request: LateRequest, letter: str, **context: object) -> OutgoingMail:
    contact = request.invitation.meeting.programme.contact_email
    return _about_request(letter, request, to=request.email, reply_to=contact, **context)


def _about_request(
    letter: str, request: LateRequest, *, to: str, reply_to: str, **context: object
) -> OutgoingMail:
    meeting = request.invitation.meeting
    return outbox.queue(
        letter=f"network/{letter}",
        to=to,
        context={
            "programme": meeting.programme,
            "meeting": meeting,
            "meeting_url": meeting_url(meeting),
            "organisation": request.invitation.organisation,
            "request": request,
            **context,
        },
        reply_to=reply_to,
    )
