"""Made-up deliveries: the letters of a meeting that is over, one lost and sent again; one lost."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from network.emails.offices import office_context
from network.enums import LetterKind
from network.models import Contact, Invitation, InvitationLetter
from network.services import letters
from network.services.demo_next import SLUG as NEXT
from network.services.demo_past import LATEST
from programme import outbox
from programme.enums import MailStatus
from programme.models import OutgoingMail, User
from programme.services import mails

SENT_AGAIN = "odenwaldkreis"  # written to under an old address first
LOST = "landkreis-giessen"  # nobody has noticed yet that the invitation came back
NEXT_TRY = timedelta(days=2)
UNKNOWN = "550 5.1.1 Unter dieser Adresse gibt es kein Postfach."


@transaction.atomic
def load(*, by: User) -> None:
    """Write the send log of the meeting that took place last and lose one letter of the next.

    Does nothing where letters are noted already. The older meetings have none: the portal forgets
    letters four weeks after a meeting.
    """
    invited = Invitation.objects.filter(meeting__slug=LATEST.slug).order_by("pk")
    rows = list(invited.select_related("meeting__programme", "organisation"))
    if InvitationLetter.objects.filter(invitation__in=rows).exists():
        return
    chosen = [invitation.organisation_id for invitation in rows]
    contacts = Contact.objects.filter(organisation__in=chosen).addressed().order_by("-pk")
    by_office = {contact.organisation_id: contact for contact in contacts}
    for invitation in rows:
        _invited(invitation, by_office, by)
    _lose_one_of_the_next()


def _invited(invitation: Invitation, contacts: Mapping[int, Contact], by: User) -> None:
    """Note the letter of an office; the one under an old address comes back and goes out again."""
    contact = contacts[invitation.organisation_id]
    is_lost = invitation.organisation.slug == SENT_AGAIN
    address = contact.email.replace("abh-", "auslaenderamt-") if is_lost else contact.email
    mail = _send(invitation, contact, address, invitation.invited_at, by)
    if is_lost:
        mails.note_bounce(message_id=mail.message_id, reason=UNKNOWN)
        _send(invitation, contact, contact.email, invitation.invited_at + NEXT_TRY, by)


def _send(
    invitation: Invitation, contact: Contact, address: str, moment: datetime, by: User
) -> OutgoingMail:
    mail = outbox.queue(
        letter="network/invitation",
        to=address,
        context=office_context(invitation, contact) | {"may_answer": True},
        reply_to=invitation.meeting.programme.contact_email,
    )
    _mark_sent(mail, moment)
    letter = letters.log(invitation=invitation, kind=LetterKind.INVITATION, mail=mail, by=by)
    InvitationLetter.objects.filter(pk=letter.pk).update(sent_at=moment)
    return mail


def _lose_one_of_the_next() -> None:
    lost = InvitationLetter.objects.filter(
        invitation__meeting__slug=NEXT, invitation__organisation__slug=LOST
    ).first()
    if lost is None:
        return
    mail = OutgoingMail.objects.get(message_id=lost.message_id)
    _mark_sent(mail, mail.created_at)
    mails.note_bounce(message_id=mail.message_id, reason=UNKNOWN)


def _mark_sent(mail: OutgoingMail, moment: datetime) -> None:
    OutgoingMail.objects.filter(pk=mail.pk).update(
        status=MailStatus.SENT, attempts=1, created_at=moment, sent_at=moment, give_up_at=moment
    )
