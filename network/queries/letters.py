"""What offices were sent about a meeting, and what became of each letter."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from network.enums import LetterKind
from network.models import Invitation, InvitationLetter, Meeting
from programme.enums import MailStatus
from programme.models import OutgoingMail

# What the send log says and the tone of its badge, by the status of the mail.
DELIVERY = {
    MailStatus.WAITING: ("wartet auf Versand", "info"),
    MailStatus.SENDING: ("wird versendet", "info"),
    MailStatus.SENT: ("versendet", "success"),
    MailStatus.KEPT: ("nur im Postausgang", "info"),
    MailStatus.DELAYED: ("verzögert", "warning"),
    MailStatus.FAILED: ("nicht zugestellt", "danger"),
    MailStatus.BOUNCED: ("zurückgekommen", "danger"),
}
PAPER = ("auf Papier", "info")
FORGOTTEN = ("versendet, E-Mail gelöscht", "info")  # the outbox keeps mails for 90 days
LOST = (MailStatus.FAILED, MailStatus.BOUNCED)


def with_delivery(rows: QuerySet[InvitationLetter]) -> QuerySet[Any]:
    """Add what the outbox knows of each letter: `mail_status`, `mail_error`, `mail_pk`."""
    mail = OutgoingMail.objects.filter(message_id=OuterRef("message_id"))
    return rows.annotate(
        mail_status=Subquery(mail.values("status")[:1]),
        mail_error=Subquery(mail.values("last_error")[:1]),
        mail_pk=Subquery(mail.values("pk")[:1]),
    )


def send_log(*, meeting: Meeting, state: str = "", search: str = "") -> QuerySet[Any]:
    """Return the letters of a meeting, the latest first; one query a page.

    `state` is a status of mails, "lost" (came back or was given up) or "paper"; `search` finds
    organisations and addresses.
    """
    rows = with_delivery(InvitationLetter.objects.filter(invitation__meeting=meeting))
    if state == "lost":
        rows = rows.filter(mail_status__in=LOST)
    elif state == "paper":
        rows = rows.filter(kind=LetterKind.PAPER)
    elif state in DELIVERY:
        rows = rows.filter(mail_status=state)
    if search:
        rows = rows.filter(
            Q(recipient__icontains=search)
            | Q(invitation__organisation__short_name__icontains=search)
            | Q(invitation__organisation__name__icontains=search)
        )
    return rows.select_related("invitation__organisation", "by").order_by("-sent_at", "-pk")


def of_office(*, invitation: Invitation) -> QuerySet[Any]:
    """Return the letters of one office at one meeting, the latest first."""
    return with_delivery(invitation.letters.all()).select_related("by").order_by("-sent_at", "-pk")


def lost(*, meeting: Meeting) -> int:
    """Count letters that came back or were given up; a later one to the office settles it.

    A copy about somebody's registration is no such letter.
    """
    later = InvitationLetter.objects.filter(
        invitation=OuterRef("invitation"), sent_at__gt=OuterRef("sent_at")
    ).exclude(kind=LetterKind.COPY)
    rows = with_delivery(InvitationLetter.objects.filter(invitation__meeting=meeting))
    return rows.filter(~Exists(later), mail_status__in=LOST).count()


def delivery(letter: InvitationLetter) -> tuple[str, str]:
    """Return words and tone for what became of a letter that `with_delivery` read."""
    if not letter.message_id:
        return PAPER
    status = getattr(letter, "mail_status", None)
    return DELIVERY.get(status, FORGOTTEN) if status else FORGOTTEN
