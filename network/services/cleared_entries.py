"""Nobody keeps two entries: an accepted invitation leaves the calendar once names are in (B2)."""

from django.db import transaction

from network import emails
from network.enums import Answer, LetterKind
from network.models import Invitation
from network.queries import invitations as invitation_queries
from network.queries import replies as queries
from network.rules.deadlines import is_over
from network.services import letters
from programme import clock

ABOVE_CLEARED = 2  # the entry that was taken away had a sequence one higher than the invitation


@transaction.atomic
def clear(*, invitation: Invitation) -> int:
    """Take the invitation out of the calendar of each contact who accepted there, once.

    Only when people are registered, each of whom has an entry of their own; the letter says who.
    The other contacts keep the entry, for it is how they may answer. Returns how many letters
    went. Called behind the lock of the meeting. Refuses nothing.
    """
    row = invitation_queries.with_office().get(pk=invitation.pk)
    meeting, moment = row.meeting, clock.now()
    over = is_over(starts_at=meeting.starts_at, ends_at=meeting.ends_at, moment=moment)
    if row.answer != Answer.COMING or over or not meeting.is_on:
        return 0
    accepted = queries.accepted_entries(invitation=row)
    contacts = queries.contacts(row)
    addresses = sorted({each.attendee for each in accepted} & set(contacts))
    people = invitation_queries.people(invitation=row) if addresses else []
    for address in addresses:
        mail = emails.invitation_entry_cleared(row, contacts[address], people)
        letters.log(invitation=row, kind=LetterKind.CLEARED, mail=mail)
    accepted.update(entry_cleared_at=moment)
    return len(addresses)


@transaction.atomic
def forget(*, invitation: Invitation) -> None:
    """Let an invitation that is sent anew come back into every calendar.

    Where an entry was taken away, the sequence of the invitation rises above that. Refuses nothing.
    """
    rows = queries.cleared_entries(invitation=invitation)
    if rows.update(entry_cleared_at=None):
        invitation.calendar_sequence += ABOVE_CLEARED
        invitation.save(update_fields=["calendar_sequence"])
