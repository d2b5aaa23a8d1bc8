"""One person's registration, and the queue it may stand in."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count
from django.db.models.functions import Lower

from network.enums import ON, RegistrationStatus
from network.models import Meeting, Registration
from network.rules import deadlines, seats
from programme import tokens


def by_token(*, token: str, moment: datetime) -> Registration | None:
    """Return the registration a link speaks for, also a cancelled one.

    None if the link is unknown, or the meeting is cancelled or over.
    """
    registration = (
        Registration.objects.filter(token_digest=tokens.digest(token), meeting__status__in=ON)
        .select_related("meeting__programme", "invitation__organisation")
        .first()
    )
    if registration is None:
        return None
    meeting = registration.meeting
    over = deadlines.is_over(starts_at=meeting.starts_at, ends_at=meeting.ends_at, moment=moment)
    return None if over else registration


def queue_position(registration: Registration) -> int:
    """Return the place in the queue of a waiting person, counted from 1; 0 for everybody else."""
    if registration.status != RegistrationStatus.WAITING:
        return 0
    queue = Registration.objects.filter(meeting_id=registration.meeting_id).waiting()
    return list(queue.values_list("pk", flat=True)).index(registration.pk) + 1


def free_seats(meeting: Meeting) -> int | None:
    """Return the free seats of a meeting, None if they are not limited."""
    confirmed = Registration.objects.filter(meeting=meeting).confirmed().count()
    return seats.free_seats(seats=meeting.seats, confirmed=confirmed)


def first_in_line(meeting: Meeting) -> list[Registration]:
    """Return who moves up now, in queue order; asked behind the lock of the meeting."""
    rows = Registration.objects.filter(meeting=meeting)
    queue = list(rows.waiting().select_related("meeting__programme", "invitation__organisation"))
    if not queue:
        return []
    counts = rows.confirmed().order_by().values_list("invitation_id").annotate(Count("pk"))
    confirmed = dict(counts)
    chosen = seats.next_in_line(
        free=seats.free_seats(seats=meeting.seats, confirmed=sum(confirmed.values())),
        queue=[seats.Waiting(row.pk, row.invitation_id) for row in queue],
        confirmed=confirmed,
        limits={
            row.invitation_id: seats.office_limit(
                seats_per_office=meeting.seats_per_office, override=row.invitation.seats_override
            )
            for row in queue
        },
    )
    return [row for row in queue if row.pk in set(chosen)]


def taken_addresses(*, meeting: Meeting, addresses: Iterable[str]) -> set[str]:
    """Return which of the addresses are registered or waiting, in lower case."""
    rows = Registration.objects.filter(meeting=meeting).active().annotate(address=Lower("email"))
    wanted = [address.lower() for address in addresses]
    return set(rows.filter(address__in=wanted).values_list("address", flat=True))
