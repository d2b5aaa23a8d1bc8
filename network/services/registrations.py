"""Registering, replacing, changing and cancelling people.

Every verb first locks the row of the meeting; seats are counted only behind that lock, so two
forms can never take the same seat (targets R1-R6). Sentences for the logbook hold no names,
because the logbook is kept longer than the registrations.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from network import emails
from network.enums import Answer, AttendanceMode, MeetingMode, RegistrationStatus
from network.exports.calendar import one_line
from network.models import Invitation, Meeting, Registration
from network.queries import invitations as invitation_queries
from network.queries import registrations as registration_queries
from network.rules import deadlines, seats
from network.services.waiting_list import move_up
from programme import audit, clock, tokens
from programme.errors import RuleBroken
from programme.models import User


@dataclass(frozen=True)
class Person:
    """One person of a form; `row` is the row it was typed in, so that an error finds it."""

    full_name: str
    email: str
    function: str = ""
    mode: str = ""
    row: int = 1


class SeatsTaken(RuleBroken):
    """Not everybody gets a seat; the page offers places on the waiting list instead."""

    def __init__(self, *, free: int) -> None:
        self.free = free
        left = {0: "Es ist kein Platz mehr frei", 1: "Es ist nur noch ein Platz frei"}
        super().__init__(
            f"{left.get(free, f'Es sind nur noch {free} Plätze frei')}. Ihre Angaben sind noch da, "
            "angemeldet ist noch niemand. Mit dem Knopf unter dem Formular setzen Sie auf die "
            "Warteliste, wer keinen Platz bekommt; wird einer frei, rückt die nächste Person nach."
        )


@transaction.atomic
def register(
    *,
    invitation: Invitation,
    people: Sequence[Person],
    accept_waiting: bool = False,
    by: User | None = None,
) -> list[Registration]:
    """Register people of an office, all or none, each confirmed or waiting; everybody gets a mail.

    Refuses (RuleBroken) when nobody was named, after the deadline, above the limit of the office
    and for addresses that are registered already, with the field of the row. If seats are short,
    raises SeatsTaken unless `accept_waiting` says that waiting is fine.
    """
    meeting = Meeting.objects.locked(invitation.meeting_id)
    invitation = _fresh(invitation, meeting)
    deadlines.refuse_closed(invitation=invitation, moment=clock.now())
    _refuse_nameless(people)
    _refuse_too_many(invitation, people)
    _refuse_known_addresses(meeting, people)
    move_up(meeting=meeting)
    free = registration_queries.free_seats(meeting)
    share = seats.allot(free=free, people=len(people))
    if share.waiting and not accept_waiting:
        raise SeatsTaken(free=share.confirmed)
    made = [
        _create(invitation, person, has_seat=index < share.confirmed)
        for index, person in enumerate(people)
    ]
    for registration in made:
        _welcome(registration)
    _set_answer(invitation, Answer.COMING)
    _tell_contact(invitation, made)
    audit.record(
        by=by,
        verb="registration.added",
        subject=invitation,
        sentence=f"{invitation.organisation} hat für „{meeting}“ angemeldet: {len(made)}.",
        changes={"confirmed": [0, share.confirmed], "waiting": [0, share.waiting]},
    )
    return made


@transaction.atomic
def cancel(*, registration: Registration, by: User | None = None) -> Registration:
    """Cancel a registration or leave the waiting list; the first in line moves up.

    Doing it again changes nothing. With its last person gone, the answer of the office is open
    again. Refused once the meeting has begun.
    """
    meeting = Meeting.objects.locked(registration.meeting_id)
    registration = _fresh_registration(registration, meeting)
    if not registration.is_active:
        return registration
    deadlines.refuse_begun(meeting=meeting, moment=clock.now())
    _end(registration, by)
    move_up(meeting=meeting)
    invitation = registration.invitation
    if not invitation.registrations.active().exists():
        _set_answer(invitation, Answer.OPEN)
    return registration


@transaction.atomic
def cancel_all(*, invitation: Invitation, by: User | None = None) -> int:
    """Cancel everybody of an office, then let others move up; returns how many were cancelled."""
    meeting = Meeting.objects.locked(invitation.meeting_id)
    deadlines.refuse_begun(meeting=meeting, moment=clock.now())
    rows = invitation_queries.people(invitation=invitation)
    for registration in rows:
        registration.meeting = meeting
        registration.invitation = invitation
        _end(registration, by)
    move_up(meeting=meeting)
    return len(rows)


@transaction.atomic
def replace(*, registration: Registration, person: Person, by: User | None = None) -> Registration:
    """Let somebody else of the office take over a seat or a place in the queue.

    The old registration stays as history, cancelled; both people get a mail. Refused once the
    meeting has begun, after cancelling, and for an address that is registered already.
    """
    meeting = Meeting.objects.locked(registration.meeting_id)
    registration = _fresh_registration(registration, meeting)
    deadlines.refuse_begun(meeting=meeting, moment=clock.now())
    _refuse_cancelled(registration)
    _refuse_nameless([person])
    _refuse_known_addresses(meeting, [person])
    had_seat = registration.has_seat
    _mark_cancelled(registration)
    successor = _create(registration.invitation, person, has_seat=had_seat)
    successor.replaces = registration
    successor.queued_at = registration.queued_at
    successor.promoted_at = registration.promoted_at
    successor.save(update_fields=["replaces", "queued_at", "promoted_at"])
    emails.registration_replaced(registration, successor=successor, had_seat=had_seat)
    _welcome(successor)
    _log(registration, by, "registration.replaced", "eine Person ersetzt")
    return successor


@transaction.atomic
def change(*, registration: Registration, person: Person, by: User | None = None) -> Registration:
    """Correct name, function or way of attending; another way brings a new calendar entry.

    The address stays: somebody else replaces, so that the history is true. Refused after
    cancelling and once the meeting has begun.
    """
    meeting = Meeting.objects.locked(registration.meeting_id)
    registration = _fresh_registration(registration, meeting)
    deadlines.refuse_begun(meeting=meeting, moment=clock.now())
    _refuse_cancelled(registration)
    _refuse_nameless([person], field="full_name")
    mode = _mode(meeting, person.mode or registration.mode)
    moves = mode != registration.mode
    registration.full_name = one_line(person.full_name)
    registration.function = one_line(person.function)
    registration.mode = mode
    registration.calendar_sequence += moves
    registration.save(update_fields=["full_name", "function", "mode", "calendar_sequence"])
    if moves and registration.has_seat:
        emails.registration_confirmed(registration)
    _log(registration, by, "registration.changed", "Angaben einer Person geändert")
    return registration


def _fresh(invitation: Invitation, meeting: Meeting) -> Invitation:
    fresh = Invitation.objects.select_related("organisation").get(pk=invitation.pk)
    fresh.meeting = meeting
    return fresh


def _fresh_registration(registration: Registration, meeting: Meeting) -> Registration:
    rows = Registration.objects.select_related("invitation__organisation")
    fresh = rows.get(pk=registration.pk)
    fresh.meeting = fresh.invitation.meeting = meeting
    return fresh


def _refuse_cancelled(registration: Registration) -> None:
    if not registration.is_active:
        raise RuleBroken("Diese Anmeldung wurde schon abgemeldet. Es hat sich nichts geändert.")


def _refuse_nameless(people: Sequence[Person], *, field: str = "") -> None:
    """Refuse names of invisible signs only, of which nothing is left for the list of guests."""
    for person in people:
        if not one_line(person.full_name):
            raise RuleBroken(
                "Bitte geben Sie Vor- und Nachnamen an.", field=field or f"name_{person.row}"
            )


def _refuse_too_many(invitation: Invitation, people: Sequence[Person]) -> None:
    if not people:
        raise RuleBroken("Bitte tragen Sie mindestens eine Person ein.", field="name_1")
    count = invitation_queries.seat_count(
        invitation=invitation, registered=invitation.registrations.active().count()
    )
    if len(people) > count.free:
        limit = "ein Platz" if count.limit == 1 else f"{count.limit} Plätze"
        raise RuleBroken(
            f"Für Ihre Organisation gibt es {limit}, davon genutzt: {count.used}. "
            "Bitte nehmen Sie eine Person aus dem Formular oder melden Sie zuerst jemanden ab.",
            field=f"name_{people[count.free].row}",
        )


def _refuse_known_addresses(meeting: Meeting, people: Sequence[Person]) -> None:
    taken = registration_queries.taken_addresses(
        meeting=meeting, addresses=[person.email for person in people]
    )
    for person in people:
        address = person.email.lower()
        if address in taken:
            raise RuleBroken(
                "Diese E-Mail-Adresse ist für das Treffen schon angemeldet. "
                "Bitte geben Sie eine andere an.",
                field=f"email_{person.row}",
            )
        taken.add(address)


def _mode(meeting: Meeting, wanted: str) -> str:
    if meeting.mode == MeetingMode.HYBRID:
        return wanted or AttendanceMode.ON_SITE
    return AttendanceMode.ONLINE if meeting.mode == MeetingMode.ONLINE else AttendanceMode.ON_SITE


def _create(invitation: Invitation, person: Person, *, has_seat: bool) -> Registration:
    seed, digest = tokens.issue("registration")
    return Registration.objects.create(
        meeting=invitation.meeting,
        invitation=invitation,
        full_name=one_line(person.full_name),
        email=person.email.strip().lower(),
        function=one_line(person.function),
        mode=_mode(invitation.meeting, person.mode),
        status=RegistrationStatus.CONFIRMED if has_seat else RegistrationStatus.WAITING,
        queued_at=None if has_seat else clock.now(),
        token_seed=seed,
        token_digest=digest,
    )


def _welcome(registration: Registration) -> None:
    if registration.has_seat:
        emails.registration_confirmed(registration)
    else:
        position = registration_queries.queue_position(registration)
        emails.registration_waiting(registration, position=position)


def _tell_contact(invitation: Invitation, made: list[Registration]) -> None:
    contact = invitation_queries.answer_contact(organisation=invitation.organisation)
    if contact:
        emails.answer_received(invitation, to=contact.email, registrations=made)


def _set_answer(invitation: Invitation, given: Answer) -> None:
    invitation.answer = given
    invitation.answered_at = None if given == Answer.OPEN else clock.now()
    invitation.decline_reason = invitation.represented_by = ""
    invitation.save(update_fields=["answer", "answered_at", "decline_reason", "represented_by"])


def _mark_cancelled(registration: Registration) -> None:
    registration.status = RegistrationStatus.CANCELLED
    registration.cancelled_at = clock.now()
    registration.calendar_sequence += 1
    registration.save(update_fields=["status", "cancelled_at", "calendar_sequence"])


def _end(registration: Registration, by: User | None) -> None:
    had_seat = registration.has_seat
    _mark_cancelled(registration)
    emails.registration_cancelled(registration, had_seat=had_seat)
    _log(registration, by, "registration.cancelled", "eine Person abgemeldet")


def _log(registration: Registration, by: User | None, verb: str, what: str) -> None:
    sentence = f"{registration.invitation.organisation}, „{registration.meeting}“: {what}."
    audit.record(by=by, verb=verb, subject=registration, sentence=sentence)
