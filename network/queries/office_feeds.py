"""What the private calendar of an office shows."""

from django.db.models import Prefetch

from network.enums import MeetingStatus
from network.models import Invitation, Organisation, Registration
from programme import tokens


def organisation(*, token: str) -> Organisation | None:
    """Return the organisation whose calendar the link opens, or None if there is none (A7)."""
    return Organisation.objects.filter(feed_digest=tokens.digest(token)).first()


def invitations(organisation: Organisation) -> list[Invitation]:
    """Return the invitations of an office to dated meetings with its own people; two queries."""
    people = Registration.objects.active().select_related("workshop")
    rows = organisation.invitations.filter(withdrawn_at=None, meeting__starts_at__isnull=False)
    return list(
        rows.exclude(meeting__status=MeetingStatus.DRAFT)
        .select_related("meeting__programme")
        .prefetch_related(Prefetch("registrations", people.order_by("registered_at", "pk")))
        .order_by("meeting__starts_at", "pk")
    )
