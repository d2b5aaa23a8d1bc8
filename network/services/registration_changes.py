"""Cancelling, replacing and changing people who are registered or wait."""

from django.db import transaction

from network import emails
from network.enums import Answer, CopyNews
from network.exports.calendar import one_line
from network.models import Invitation, Registration
from network.queries import invitations as invitation_queries
from network.rules import deadlines
from network.services import answer_entries, copies
from network.services.answer_entries import Origin
from network.services.registration_desk import Desk, Person
from programme.errors import RuleBroken
from programme.models import AuditEntry, User


@transaction.atomic
def cancel(
    *, registration: Registration, by: User | None = None, origin: Origin | None = None
) -> Registration:
    """Cancel a registration or leave the waiting list; the first in line moves up.

    Doing it again changes nothing. With its last person gone, the answer of the office is open
    again. Refused after the deadline for changes and once the meeting has begun.
    """
    desk = Desk(meeting_id=registration.meeting_id, by=by, origin=origin)
    registration = desk.registration(registration.pk)
    if not registration.is_active:
        return registration
    deadlines.refuse_unchangeable(meeting=desk.meeting, moment=desk.moment, by_team=desk.is_team)
    _refuse_arrived(registration)
    invitation = registration.invitation
    before = answer_entries.snapshot(invitation=invitation)
    desk.end(registration)
    desk.move_up()
    if not invitation.registrations.active().exists():
        desk.answer(invitation, Answer.OPEN)
    answer_entries.record(
        invitation=invitation,
        before=before,
        answer=invitation.answer,
        origin=desk.origin,
        ended=[registration.pk],
    )
    return registration


@transaction.atomic
def cancel_all(
    *, invitation: Invitation, by: User | None = None, origin: Origin | None = None
) -> list[Registration]:
    """Cancel everybody of an office, then let others move up; returns who was cancelled.

    Part of an answer of the office: whoever calls it notes the answer, or sends the copies.
    """
    desk = Desk(meeting_id=invitation.meeting_id, by=by, origin=origin)
    invitation = desk.invitation(invitation.pk)
    rows = invitation_queries.people(invitation=invitation)
    if rows:
        deadlines.refuse_unchangeable(
            meeting=desk.meeting, moment=desk.moment, by_team=desk.is_team
        )
    for registration in rows:
        registration.meeting = desk.meeting
        registration.invitation = invitation
        _refuse_arrived(registration)
        desk.end(registration)
    desk.move_up()
    return rows


@transaction.atomic
def replace(
    *,
    registration: Registration,
    person: Person,
    by: User | None = None,
    origin: Origin | None = None,
) -> Registration:
    """Let somebody else of the office take over a seat or a place in the queue.

    The place in a workshop goes along. The old registration stays as history, cancelled; both
    people get a mail. Refused after the deadline for changes, once the meeting has begun, after
    cancelling, for an address that is registered already, and for a way of attending or a workshop
    without a free seat.
    """
    desk = Desk(meeting_id=registration.meeting_id, by=by, origin=origin)
    deadlines.refuse_unchangeable(meeting=desk.meeting, moment=desk.moment, by_team=desk.is_team)
    desk.move_up()
    registration = desk.registration(registration.pk)
    _refuse_cancelled(registration)
    _refuse_arrived(registration)
    desk.refuse_nameless([person])
    answer_entries.refuse_flood(invitation=registration.invitation, origin=desk.origin)
    desk.refuse_known_addresses([person])
    before = answer_entries.snapshot(invitation=registration.invitation)
    had_seat = registration.has_seat
    successor = _take_over(desk, registration, person)
    emails.registration_replaced(registration, successor=successor, had_seat=had_seat)
    desk.welcome(successor)
    desk.move_up()
    answer_entries.record(
        invitation=registration.invitation,
        before=before,
        answer=registration.invitation.answer,
        origin=desk.origin,
        made=[successor.pk],
        ended=[registration.pk],
    )
    desk.log(registration, "registration.replaced", "eine Person ersetzt")
    return successor


@transaction.atomic
def change(
    *,
    registration: Registration,
    person: Person,
    by: User | None = None,
    origin: Origin | None = None,
) -> Registration:
    """Correct name or function, switch the way of attending or the workshop.

    Another way brings a new calendar entry. The address stays: somebody else replaces, so that
    the history is true. Refused after the deadline for changes, once the meeting has begun, after
    cancelling, and where no seat is free (who has one keeps it).
    """
    desk = Desk(meeting_id=registration.meeting_id, by=by, origin=origin)
    deadlines.refuse_unchangeable(meeting=desk.meeting, moment=desk.moment, by_team=desk.is_team)
    desk.move_up()
    registration = desk.registration(registration.pk)
    _refuse_cancelled(registration)
    desk.refuse_nameless([person], field="full_name")
    moves = desk.switch(registration, person)
    if moves:
        _refuse_restless(desk, registration)
    registration.full_name = one_line(person.full_name)
    registration.function = one_line(person.function)
    registration.calendar_sequence += moves
    registration.save()
    desk.note_needs(registration, person)
    if moves and registration.has_seat:
        emails.registration_confirmed(registration)
        copies.send(news=[(registration, CopyNews.CHANGED)])
    desk.log(registration, "registration.changed", "Angaben einer Person geändert")
    desk.move_up()
    return desk.registration(registration.pk)


def _take_over(desk: Desk, registration: Registration, person: Person) -> Registration:
    """Cancel the old registration and give what it had to the successor."""
    kept = {
        column: getattr(registration, column)
        for column in (
            "mode",
            "workshop",
            "workshop_place",
            "workshop_queued_at",
            "party",
            "is_copied",
            "queued_at",
            "promoted_at",
        )
    }
    has_seat = registration.has_seat
    desk.mark_cancelled(registration)
    newcomer = Person(person.full_name, person.email, person.function)
    successor = desk.create(registration.invitation, newcomer, has_seat=has_seat)
    successor.replaces = registration
    for column, value in kept.items():
        setattr(successor, column, value)
    successor.save()
    desk.switch(successor, person, suffix=f"_{person.row}")
    successor.save()
    desk.note_needs(successor, person)
    return successor


def _refuse_cancelled(registration: Registration) -> None:
    if not registration.is_active:
        raise RuleBroken("Diese Anmeldung wurde schon abgemeldet. Es hat sich nichts geändert.")


def _refuse_restless(desk: Desk, registration: Registration) -> None:
    """Refuse to switch to and fro by link: each time is a letter to the person (threat T3)."""
    if not desk.origin.is_unknown:
        return
    changes = AuditEntry.objects.filter(
        verb="registration.changed",
        subject_type=registration._meta.label_lower,
        subject_id=str(registration.pk),
        at__gte=desk.moment - answer_entries.DAY,
    )
    if changes.count() >= answer_entries.MOST_A_DAY:
        raise RuleBroken(answer_entries.TOO_OFTEN)


def _refuse_arrived(registration: Registration) -> None:
    if registration.arrived_at:
        raise RuleBroken(
            "Diese Person ist am Einlass schon als angekommen eingetragen. Bitte nehmen Sie das "
            "zuerst am Einlass zurück."
        )
