"""Letters about answers: who gave one for the office, and how to take it back."""

from django.urls import reverse

from network.emails.addresses import invitation_url, meeting_url
from network.models import AnswerEntry, Registration
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
