"""One person's registration, the seats that are free, and the queues people stand in."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from network.enums import (
    ON,
    AttendanceMode,
    MeetingMode,
    RegistrationStatus,
    WorkshopPlace,
)
from network.models import Meeting, Registration, Workshop
from network.rules import deadlines, seats
from programme import tokens


def by_token(*, token: str, moment: datetime) -> Registration | None:
    """Return the registration a link speaks for, also a cancelled one.

    None if the link is unknown, or the meeting is cancelled or over.
    """
    registration = (
        Registration.objects.filter(token_digest=tokens.digest(token), meeting__status__in=ON)
        .select_related("meeting__programme", "invitation__organisation", "workshop")
        .first()
    )
    if registration is None:
        return None
    meeting = registration.meeting
    over = deadlines.is_over(starts_at=meeting.starts_at, ends_at=meeting.ends_at, moment=moment)
    return None if over else registration


def queue_position(registration: Registration) -> int:
    """Return the place in the queue for the own way of attending, counted from 1; else 0."""
    if registration.status != RegistrationStatus.WAITING:
        return 0
    queue = Registration.objects.filter(meeting_id=registration.meeting_id).waiting()
    if registration.meeting.mode == MeetingMode.HYBRID:
        queue = queue.filter(mode=registration.mode)
    return _position(queue, registration, "queued_at")


def workshop_position(registration: Registration) -> int:
    """Return the place in the queue of the own workshop, counted from 1; 0 without a wait."""
    if not registration.is_active or registration.workshop_place != WorkshopPlace.WAITING:
        return 0
    queue = Registration.objects.active().filter(
        workshop=registration.workshop, workshop_place=WorkshopPlace.WAITING
    )
    return _position(queue, registration, "workshop_queued_at")


def seats_by_mode(meeting: Meeting) -> dict[str, int | None]:
    """Return the seats of each way of attending the meeting offers, None if not limited."""
    if meeting.mode == MeetingMode.HYBRID:
        return {
            AttendanceMode.ON_SITE: meeting.seats,
            AttendanceMode.ONLINE: meeting.online_seats,
        }
    return {seats.mode_of(meeting_mode=meeting.mode, wanted=""): meeting.seats}


def confirmed_by_mode(meeting: Meeting) -> dict[str, int]:
    """Return how many people have a seat, by way of attending.

    On a meeting that is not hybrid everybody counts the same, also who registered for another
    way before the meeting was changed.
    """
    rows = Registration.objects.filter(meeting=meeting).confirmed().order_by()
    found: dict[str, int] = dict(rows.values_list("mode").annotate(Count("pk")))
    counts = dict.fromkeys(seats_by_mode(meeting), 0)
    for mode, count in found.items():
        counts[seats.mode_of(meeting_mode=meeting.mode, wanted=mode)] += count
    return counts


def free_by_mode(meeting: Meeting) -> dict[str, int | None]:
    """Return the free seats of each way of attending the meeting offers, None if not limited."""
    confirmed = confirmed_by_mode(meeting)
    return {
        mode: seats.free_seats(seats=limit, confirmed=confirmed[mode])
        for mode, limit in seats_by_mode(meeting).items()
    }


def free_seats(meeting: Meeting) -> int | None:
    """Return the free seats of a meeting in all its ways, None if one of them is not limited."""
    free = free_by_mode(meeting).values()
    return None if None in free else sum(count or 0 for count in free)


def workshops(meeting: Meeting) -> list[tuple[Workshop, int | None]]:
    """Return the workshops in order, each with its free places, None if not limited."""
    taken = Count(
        "registrations",
        filter=Q(
            registrations__status=RegistrationStatus.CONFIRMED,
            registrations__workshop_place=WorkshopPlace.CONFIRMED,
        ),
    )
    rows = Workshop.objects.filter(meeting=meeting).annotate(taken=taken).order_by("position")
    return [(row, seats.free_seats(seats=row.seats, confirmed=row.taken)) for row in rows]


def free_in_workshops(meeting: Meeting) -> dict[int, int | None]:
    """Return the free places of each workshop by its key, None if they are not limited."""
    return {row.pk: free for row, free in workshops(meeting)}


def somebody_waits(meeting: Meeting) -> bool:
    """Say whether anybody waits for a seat, or with a seat for a place in a workshop."""
    in_workshop = Q(status=RegistrationStatus.CONFIRMED, workshop_place=WorkshopPlace.WAITING)
    waiting = Q(status=RegistrationStatus.WAITING) | in_workshop
    return Registration.objects.filter(waiting, meeting=meeting).exists()


def first_in_line(meeting: Meeting) -> list[Registration]:
    """Return who moves up now, in queue order; asked behind the lock of the meeting."""
    rows = Registration.objects.filter(meeting=meeting)
    queue = list(
        rows.waiting().select_related("meeting__programme", "invitation__organisation", "workshop")
    )
    if not queue:
        return []
    counts = rows.confirmed().order_by().values_list("invitation_id").annotate(Count("pk"))
    chosen = seats.next_in_line(
        free=free_by_mode(meeting),
        queue=[_place(row, meeting) for row in queue],
        confirmed=dict(counts),
        limits={
            row.invitation_id: seats.office_limit(
                seats_per_office=meeting.seats_per_office, override=row.invitation.seats_override
            )
            for row in queue
        },
    )
    by_key = {row.pk: row for row in queue}
    return [by_key[pk] for pk in chosen]


def first_in_workshops(meeting: Meeting) -> list[Registration]:
    """Return who gets a place in a workshop now, in queue order; only who is registered."""
    queue = list(
        Registration.objects.filter(meeting=meeting, workshop_place=WorkshopPlace.WAITING)
        .confirmed()
        .order_by("workshop_queued_at", "pk")
        .select_related("meeting__programme", "invitation__organisation", "workshop")
    )
    if not queue:
        return []
    chosen = seats.next_in_workshops(
        free=free_in_workshops(meeting),
        queue=[(row.pk, row.workshop_id) for row in queue if row.workshop_id],
    )
    by_key = {row.pk: row for row in queue}
    return [by_key[pk] for pk in chosen]


def taken_addresses(*, meeting: Meeting, addresses: Iterable[str]) -> set[str]:
    """Return which of the addresses are registered or waiting, in lower case."""
    rows = Registration.objects.filter(meeting=meeting).active().annotate(address=Lower("email"))
    wanted = [address.lower() for address in addresses]
    return set(rows.filter(address__in=wanted).values_list("address", flat=True))


def _place(row: Registration, meeting: Meeting) -> seats.Waiting:
    mode = seats.mode_of(meeting_mode=meeting.mode, wanted=row.mode)
    return seats.Waiting(row.pk, row.invitation_id, mode, row.party)


def _position(queue: QuerySet[Registration], registration: Registration, column: str) -> int:
    """Count who stands before this one; who came in the same moment stands by key."""
    queued_at = getattr(registration, column)
    before = Q(**{f"{column}__lt": queued_at}) | Q(**{column: queued_at, "pk__lt": registration.pk})
    return queue.filter(before).count() + 1
