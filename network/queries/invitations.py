"""Invitations as the invited see them: by link, and as a list of the own office."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from network.enums import ON, ContactKind, MeetingStatus, RegistrationStatus
from network.models import Contact, Invitation, Organisation, Registration
from network.rules import deadlines, seats
from programme import tokens

MAIL_ORDER: dict[str, int] = {ContactKind.MAIN: 0, ContactKind.MAILBOX: 1, ContactKind.DEPUTY: 2}


@dataclass(frozen=True)
class SeatCount:
    """The seats of one office, and how many of them are used."""

    limit: int
    used: int

    @property
    def free(self) -> int:
        """Return how many more people the office may send."""
        return max(self.limit - self.used, 0)


def with_office() -> QuerySet[Invitation]:
    """Return all invitations, ready for a letter to the office."""
    return Invitation.objects.select_related("organisation", "meeting__programme")


def open_invitation(*, token: str, moment: datetime) -> Invitation | None:
    """Return the invitation a link speaks for.

    None if the link is unknown or withdrawn, or the meeting is not public, cancelled or over:
    all of these look the same from outside (target A7).
    """
    return _usable(Invitation.objects.filter(token_digest=tokens.digest(token)), moment)


def own_invitation(*, pk: int, user_id: int, day: date, moment: datetime) -> Invitation | None:
    """Return the invitation if it went to an office the person belongs to on that day."""
    return _usable(_of_user(user_id, day).filter(pk=pk), moment)


def own_invitations(*, user_id: int, day: date) -> QuerySet[Invitation]:
    """Return the invitations of the person's offices with seats used, the latest meeting first."""
    active = Count("registrations", filter=~Q(registrations__status=RegistrationStatus.CANCELLED))
    return (
        _of_user(user_id, day)
        .filter(withdrawn_at__isnull=True)
        .exclude(meeting__status=MeetingStatus.DRAFT)
        .select_related("meeting", "organisation")
        .annotate(people=active)
        .order_by("-meeting__starts_at", "organisation__short_name", "pk")
    )


def people(*, invitation: Invitation) -> list[Registration]:
    """Return the active registrations of an invitation, in the order they were made."""
    rows = invitation.registrations.active().order_by("registered_at", "pk")
    found = list(rows.select_related("workshop"))
    for registration in found:
        registration.meeting, registration.invitation = invitation.meeting, invitation
    return found


def seat_count(*, invitation: Invitation, registered: int) -> SeatCount:
    """Return the seats of the office; `registered` people are active."""
    meeting = invitation.meeting
    return SeatCount(
        limit=seats.office_limit(
            seats_per_office=meeting.seats_per_office, override=invitation.seats_override
        ),
        used=registered,
    )


def answer_contact(*, organisation: Organisation) -> Contact | None:
    """Return who is told about answers: the main contact, else the mailbox, else the deputy."""
    return answer_contact_of(organisation.contacts.filter(is_active=True))


def answer_contact_of(contacts: Iterable[Contact]) -> Contact | None:
    """Return who of these active contacts of one organisation is told about answers."""
    return min(contacts, key=lambda each: (MAIL_ORDER.get(each.kind, 3), each.pk), default=None)


def _of_user(user_id: int, day: date) -> QuerySet[Invitation]:
    current = Q(organisation__memberships__ends_on__isnull=True) | Q(
        organisation__memberships__ends_on__gte=day
    )
    return Invitation.objects.filter(
        current,
        organisation__memberships__user_id=user_id,
        organisation__memberships__starts_on__lte=day,
    ).distinct()


def _usable(rows: QuerySet[Invitation], moment: datetime) -> Invitation | None:
    invitation = (
        rows.filter(withdrawn_at__isnull=True, meeting__status__in=ON)
        .select_related("meeting__programme", "organisation")
        .first()
    )
    if invitation is None:
        return None
    meeting = invitation.meeting
    over = deadlines.is_over(starts_at=meeting.starts_at, ends_at=meeting.ends_at, moment=moment)
    return None if over else invitation
