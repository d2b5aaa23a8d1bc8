"""Note what an office was sent about a meeting, so that its delivery can be followed."""

from django.db import transaction

from network.enums import LetterKind
from network.models import Invitation, InvitationLetter
from programme.models import OutgoingMail, User


@transaction.atomic
def log(
    *,
    invitation: Invitation,
    kind: LetterKind,
    mail: OutgoingMail | None,
    recipient: str = "",
    by: User | None = None,
) -> InvitationLetter:
    """Note one letter to one contact; `mail` is None for a letter on paper.

    The outbox tells by the Message-ID what became of it. `by` is None when the portal sent it by
    itself, as it does with reminders.
    """
    return InvitationLetter.objects.create(
        invitation=invitation,
        kind=kind,
        recipient=mail.recipient if mail else recipient,
        message_id=mail.message_id if mail else "",
        by=by,
    )
