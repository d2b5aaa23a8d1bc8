"""The waiting list: freed seats move people up, in order, and tell each of them once."""

from django.db import transaction

from network import emails
from network.enums import RegistrationStatus
from network.models import Meeting, Registration
from network.queries.registrations import first_in_line
from network.rules import deadlines
from programme import audit, clock


@transaction.atomic
def move_up(*, meeting: Meeting) -> list[Registration]:
    """Move the first in line up into free seats, n for n, and return them.

    Called whenever seats may have become free: after cancelling, and by the ministry after it
    raised the seats of a meeting or of an office. Nobody moves up in a cancelled meeting or once
    the day of the meeting has begun (target R4).
    """
    meeting = Meeting.objects.locked(meeting.pk)
    moment = clock.now()
    if not meeting.is_on:
        return []
    if not deadlines.may_promote(starts_at=meeting.starts_at, moment=moment):
        return []
    chosen = first_in_line(meeting)
    for registration in chosen:
        registration.status = RegistrationStatus.CONFIRMED
        registration.promoted_at = moment
        registration.save(update_fields=["status", "promoted_at"])
        emails.registration_promoted(registration)
    if chosen:
        audit.record(
            by=None,
            verb="registration.promoted",
            subject=meeting,
            sentence=f"Von der Warteliste für „{meeting}“ nachgerückt: {len(chosen)}.",
            changes={"promoted": [None, [registration.pk for registration in chosen]]},
        )
    return chosen
