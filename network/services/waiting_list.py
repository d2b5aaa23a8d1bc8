"""The waiting lists: freed seats move people up, in order, and tell each of them once."""

from django.db import transaction

from network import emails
from network.enums import AttendanceMode, CopyNews, RegistrationStatus, WorkshopPlace
from network.exports.calendar import one_line
from network.models import Meeting, Registration
from network.queries.registrations import (
    first_in_line,
    first_in_workshops,
    free_by_mode,
    free_in_workshops,
)
from network.rules import deadlines, seats
from network.services import copies
from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import User


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


@transaction.atomic
def move_up_by_hand(*, registration: Registration, reason: str, by: User) -> Registration:
    """Give one person who waits a free seat out of turn, or a free place in the workshop.

    For what the order cannot know: a speaker, a seat given back on the day itself, one of a party
    who comes alone after all. The limits of meeting and workshop hold, so without a free seat this
    is refused (RuleBroken), as for people who do not wait. The logbook keeps the reason.
    """
    meeting = Meeting.objects.locked(registration.meeting_id)
    row = Registration.objects.select_related("invitation__organisation", "workshop").get(
        pk=registration.pk
    )
    row.meeting = row.invitation.meeting = meeting
    _refuse_over(meeting)
    if row.status == RegistrationStatus.WAITING:
        _seat(row)
        emails.registration_promoted(row)
        copies.send(news=[(row, CopyNews.PROMOTED)])
    elif row.has_seat and row.workshop_place == WorkshopPlace.WAITING:
        _place(row)
        emails.registration_workshop_promoted(row)
        copies.send(news=[(row, CopyNews.PLACED)])
    else:
        raise RuleBroken("Diese Person steht auf keiner Warteliste mehr. Bitte laden Sie neu.")
    audit.record(
        by=by,
        verb="registration.promoted",
        subject=row,
        sentence=f"{row.invitation.organisation}, „{meeting}“: eine Person von Hand nachgerückt. "
        f"Grund: {one_line(reason)}",
    )
    return row


def _refuse_over(meeting: Meeting) -> None:
    over = deadlines.is_over(
        starts_at=meeting.starts_at, ends_at=meeting.ends_at, moment=clock.now()
    )
    if over or not meeting.is_on:
        raise RuleBroken("Bei diesem Treffen rückt niemand mehr nach.")


def _seat(row: Registration) -> None:
    mode = seats.mode_of(meeting_mode=row.meeting.mode, wanted=row.mode)
    if free_by_mode(row.meeting)[mode] == 0:
        raise RuleBroken(
            f"Es ist kein Platz {AttendanceMode(mode).label} frei. Bitte erhöhen Sie zuerst die "
            "Plätze des Treffens; dann rückt von selbst nach, wer am längsten wartet."
        )
    row.status = RegistrationStatus.CONFIRMED
    row.promoted_at = clock.now()
    if row.workshop_id and free_in_workshops(row.meeting)[row.workshop_id] != 0:
        row.workshop_place = WorkshopPlace.CONFIRMED
    row.save(update_fields=["status", "promoted_at", "workshop_place"])


def _place(row: Registration) -> None:
    if row.workshop_id and free_in_workshops(row.meeting)[row.workshop_id] == 0:
        raise RuleBroken(
            f"Im Workshop „{row.workshop}“ ist kein Platz frei. Bitte erhöhen Sie zuerst dessen "
            "Plätze."
        )
    row.workshop_place = WorkshopPlace.CONFIRMED
    row.save(update_fields=["workshop_place"])


def _tell(seated: list[Registration], placed: list[Registration]) -> None:
    """Send one mail each; who got a seat reads about the workshop in the same mail."""
    places = {registration.pk: registration.workshop_place for registration in placed}
    for registration in seated:
        registration.workshop_place = places.pop(registration.pk, registration.workshop_place)
        emails.registration_promoted(registration)
    for registration in placed:
        if registration.pk in places:
            emails.registration_workshop_promoted(registration)
    news = [(row, CopyNews.PROMOTED) for row in seated]
    news += [(row, CopyNews.PLACED) for row in placed if row.pk in places]
    copies.send(news=news)


def _log(meeting: Meeting, verb: str, where: str, moved: list[Registration]) -> None:
    if moved:
        audit.record(
            by=None,
            verb=verb,
            subject=meeting,
            sentence=f"{where} nachgerückt: {len(moved)}.",
            changes={"promoted": [None, [registration.pk for registration in moved]]},
        )
