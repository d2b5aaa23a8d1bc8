"""The waiting lists: freed seats move people up, in order, and tell each of them once."""

from django.db import transaction

from network import emails
from network.enums import RegistrationStatus, WorkshopPlace
from network.models import Meeting, Registration
from network.queries.registrations import first_in_line, first_in_workshops
from network.rules import deadlines
from programme import audit, clock


@transaction.atomic
def move_up(*, meeting: Meeting) -> list[Registration]:
    """Move the first in line up into free seats, n for n, and return them.

    First into the seats of the meeting, for each way of attending its own queue; then into the
    places of the workshops. Called whenever seats may have become free: after cancelling, and by
    the ministry after it raised the seats of a meeting, a workshop or an office. Nobody moves up
    in a cancelled meeting or once the day of the meeting has begun (target R4). Everybody who
    moved gets one mail, also who got a seat and a place in a workshop at once.
    """
    meeting = Meeting.objects.locked(meeting.pk)
    moment = clock.now()
    if not meeting.is_on:
        return []
    if not deadlines.may_promote(starts_at=meeting.starts_at, moment=moment):
        return []
    seated = first_in_line(meeting)
    for registration in seated:
        registration.status = RegistrationStatus.CONFIRMED
        registration.promoted_at = moment
        registration.save(update_fields=["status", "promoted_at"])
    placed = first_in_workshops(meeting)
    for registration in placed:
        registration.workshop_place = WorkshopPlace.CONFIRMED
        registration.save(update_fields=["workshop_place"])
    _tell(seated, placed)
    _log(meeting, "registration.promoted", f"Von der Warteliste für „{meeting}“", seated)
    _log(meeting, "registration.placed", f"In Workshops von „{meeting}“", placed)
    return seated


def _tell(seated: list[Registration], placed: list[Registration]) -> None:
    """Send one mail each; who got a seat reads about the workshop in the same mail."""
    places = {registration.pk: registration.workshop_place for registration in placed}
    for registration in seated:
        registration.workshop_place = places.pop(registration.pk, registration.workshop_place)
        emails.registration_promoted(registration)
    for registration in placed:
        if registration.pk in places:
            emails.registration_workshop_promoted(registration)


def _log(meeting: Meeting, verb: str, where: str, moved: list[Registration]) -> None:
    if moved:
        audit.record(
            by=None,
            verb=verb,
            subject=meeting,
            sentence=f"{where} nachgerückt: {len(moved)}.",
            changes={"promoted": [None, [registration.pk for registration in moved]]},
        )
