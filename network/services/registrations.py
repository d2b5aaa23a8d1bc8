"""Registering people; the desk behind it and the later changes have files of their own.

Every verb first locks the row of the meeting; seats are counted only behind that lock, so two
forms can never take the same seat (targets R1-R6). Sentences for the logbook hold no names,
because the logbook is kept longer than the registrations.
"""

from collections.abc import Sequence
from uuid import uuid4

from django.db import transaction

from network.enums import Answer, AttendanceMode
from network.exports.calendar import one_line
from network.models import Invitation, Registration
from network.queries import registrations as registration_queries
from network.rules import deadlines, seats
from network.services import answer_entries, cleared_entries
from network.services.answer_entries import Origin
from network.services.registration_changes import cancel, cancel_all, change, replace
from network.services.registration_desk import NO_WORKSHOP, Desk, Person
from programme import audit
from programme.errors import RuleBroken
from programme.models import User

__all__ = [
    "NO_WORKSHOP",
    "Person",
    "SeatsTaken",
    "cancel",
    "cancel_all",
    "change",
    "register",
    "replace",
]


NO_SEAT = "Es ist kein Platz mehr frei"


class SeatsTaken(RuleBroken):
    """Not everybody gets a seat; the page offers places on the waiting list instead."""

    def __init__(self, *, free: int, together: bool = False, none_left: str = NO_SEAT) -> None:
        self.free = free
        left = {0: none_left, 1: "Es ist nur noch ein Platz frei"}
        who = "auf die Warteliste, wer keinen Platz bekommt; wird einer frei, rückt die nächste"
        then = f"{who} Person nach."
        if together and free:
            then = "alle gemeinsam auf die Warteliste; reichen die Plätze, rücken alle nach."
        super().__init__(
            f"{left.get(free, f'Es sind nur noch {free} Plätze frei')}. Ihre Angaben sind noch da, "
            f"angemeldet ist noch niemand. Mit dem Knopf unter dem Formular setzen Sie {then}"
        )


@transaction.atomic
def register(
    *,
    invitation: Invitation,
    people: Sequence[Person],
    accept_waiting: bool = False,
    together: bool = False,
    by: User | None = None,
    origin: Origin | None = None,
) -> list[Registration]:
    """Register people of an office, all or none, each confirmed or waiting; everybody gets a mail.

    With `together` they get seats together or wait together. Sending the same people again
    returns their registrations and changes nothing (target R3). Refuses (RuleBroken) when nobody
    was named, after the deadline (but not the programme team), above the limit of the office, too
    often by link, and for addresses that are registered already, with the field of the row. If
    seats are short, raises SeatsTaken unless `accept_waiting` says that waiting is fine. A full
    workshop refuses nobody: it has a queue of its own.
    """
    desk = Desk(meeting_id=invitation.meeting_id, by=by, origin=origin)
    invitation = desk.invitation(invitation.pk)
    deadlines.refuse_closed(invitation=invitation, moment=desk.moment, by_team=desk.is_team)
    desk.refuse_nameless(people)
    if known := _sent_before(invitation, people):
        return known
    answer_entries.refuse_flood(invitation=invitation, origin=desk.origin)
    desk.refuse_too_many(invitation, people)
    desk.refuse_known_addresses(people)
    desk.move_up()
    free = registration_queries.free_by_mode(desk.meeting)
    modes = [desk.mode(person.mode) for person in people]
    given = seats.allot(free=free, modes=modes, together=together)
    if not all(given) and not accept_waiting:
        raise SeatsTaken(
            free=seats.allot(free=free, modes=modes).count(True),
            together=together,
            none_left=_none_left(free, modes),
        )
    return _add(desk, invitation, list(zip(people, given, strict=True)), together=together)


def _none_left(free: seats.Free, modes: Sequence[str]) -> str:
    """Say that all seats are taken, and where a hybrid meeting still has some."""
    wanted, other = modes[0], [mode for mode in free if mode not in modes and free[mode] != 0]
    if not other:
        return NO_SEAT
    label = {mode: AttendanceMode(mode).label for mode in (wanted, *other)}
    place = label[wanted]
    return f"{place[:1].upper()}{place[1:]} ist kein Platz mehr frei, {label[other[0]]} schon"


def _add(
    desk: Desk, invitation: Invitation, people: list[tuple[Person, bool]], *, together: bool
) -> list[Registration]:
    """Register the people, each with a seat or without, tell everybody and note the answer."""
    before = answer_entries.snapshot(invitation=invitation)
    party = uuid4() if together and len(people) > 1 else None
    made = [
        desk.create(invitation, person, has_seat=has_seat, party=party)
        for person, has_seat in people
    ]
    for registration in made:
        desk.welcome(registration)
    desk.answer(invitation, Answer.COMING)
    answer_entries.record(
        invitation=invitation,
        before=before,
        answer=Answer.COMING,
        origin=desk.origin,
        made=[registration.pk for registration in made],
    )
    if invitation.calendar_answer:
        cleared_entries.clear(invitation=invitation)
    _log(desk, invitation, made)
    return made


def _sent_before(invitation: Invitation, people: Sequence[Person]) -> list[Registration]:
    """Return the registrations if exactly these people are registered already, else nothing."""
    rows = invitation.registrations.active()
    found = {(email, name): pk for pk, email, name in rows.values_list("pk", "email", "full_name")}
    keys = [(person.email.strip().lower(), one_line(person.full_name)) for person in people]
    if not all(key in found for key in keys):
        return []
    made = rows.select_related("meeting", "workshop").in_bulk([found[key] for key in keys])
    return [made[found[key]] for key in keys]


def _log(desk: Desk, invitation: Invitation, made: list[Registration]) -> None:
    confirmed = sum(registration.has_seat for registration in made)
    audit.record(
        by=desk.by,
        verb="registration.added",
        subject=invitation,
        sentence=f"{invitation.organisation} hat für „{desk.meeting}“ angemeldet: {len(made)}.",
        changes={"confirmed": [0, confirmed], "waiting": [0, len(made) - confirmed]},
    )
