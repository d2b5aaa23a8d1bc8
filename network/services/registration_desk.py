"""What registering, replacing and cancelling share: one meeting behind its lock.

Whoever opens the desk holds the row of the meeting until the transaction ends. Locks are always
taken in the same order – meeting, invitation, registration –, so nobody waits in a circle.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from network import emails
from network.enums import (
    Answer,
    AnswerChannel,
    AttendanceMode,
    RegistrationStatus,
    WorkshopPlace,
)
from network.exports.calendar import one_line
from network.models import Invitation, Meeting, Registration, Workshop
from network.queries import invitations as invitation_queries
from network.queries import registrations as registration_queries
from network.rules import seats
from network.services import needs, waiting_list
from network.services.answer_entries import Origin
from programme import audit, clock, tokens
from programme.errors import RuleBroken
from programme.models import User

NO_WORKSHOP = 0


@dataclass(frozen=True)
class Person:
    """One person of a form; `row` is the row it was typed in, so that an error finds it.

    `mode` empty and `workshop` None mean that nothing was said: who is registered already keeps
    what there is. The key 0 (NO_WORKSHOP) says that no workshop is wanted. `diet` holds values of
    the enum Diet. `is_copied` says that the contact of the office reads along.
    """

    full_name: str
    email: str
    function: str = ""
    mode: str = ""
    row: int = 1
    workshop: int | None = None
    diet: tuple[str, ...] = ()
    diet_note: str = ""
    access: str = ""
    is_copied: bool = False

    @property
    def has_needs(self) -> bool:
        """Say whether anything was said about food or access."""
        return bool(self.diet or self.diet_note or self.access)


class Desk:
    """One meeting behind its lock, and in whose name somebody acts."""

    def __init__(self, *, meeting_id: int, by: User | None, origin: Origin | None) -> None:
        self.meeting = Meeting.objects.locked(meeting_id)
        self.moment: datetime = clock.now()
        self.by = by
        self.origin = origin or Origin(by=by)

    @property
    def is_team(self) -> bool:
        """Say whether the programme team acts, which may do things after the deadlines.

        A letter on paper came by the team as well, and may have been on its way for days.
        """
        return self.origin.channel in {AnswerChannel.TEAM, AnswerChannel.PAPER}

    def invitation(self, pk: int) -> Invitation:
        """Return the invitation as it stands behind the lock."""
        fresh = Invitation.objects.select_related("organisation").get(pk=pk)
        fresh.meeting = self.meeting
        return fresh

    def registration(self, pk: int) -> Registration:
        """Return the registration as it stands behind the lock."""
        fresh = Registration.objects.select_related("invitation__organisation", "workshop").get(
            pk=pk
        )
        fresh.meeting = fresh.invitation.meeting = self.meeting
        return fresh

    def mode(self, wanted: str) -> str:
        """Return the way of attending somebody gets at this meeting."""
        return seats.mode_of(meeting_mode=self.meeting.mode, wanted=wanted)

    def workshop(self, person: Person) -> Workshop | None:
        """Return the workshop a person wants; one of another meeting is refused."""
        if not person.workshop:
            return None
        found = Workshop.objects.filter(meeting=self.meeting, pk=person.workshop).first()
        if found is None:
            raise RuleBroken(
                "Diesen Workshop gibt es nicht mehr. Bitte wählen Sie einen anderen.",
                field=f"workshop_{person.row}",
            )
        return found

    def refuse_nameless(self, people: Sequence[Person], *, field: str = "") -> None:
        """Refuse names of invisible signs only, of which nothing is left for the guest list."""
        for person in people:
            if not one_line(person.full_name):
                raise RuleBroken(
                    "Bitte geben Sie Vor- und Nachnamen an.", field=field or f"name_{person.row}"
                )

    def refuse_too_many(self, invitation: Invitation, people: Sequence[Person]) -> None:
        """Refuse nobody at all, and more people than the office may send."""
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

    def refuse_known_addresses(self, people: Sequence[Person]) -> None:
        """Refuse addresses that are registered already, or stand in two rows."""
        taken = registration_queries.taken_addresses(
            meeting=self.meeting, addresses=[person.email.strip() for person in people]
        )
        for person in people:
            address = person.email.strip().lower()
            if address in taken:
                raise RuleBroken(
                    "Diese E-Mail-Adresse ist für das Treffen schon angemeldet. "
                    "Bitte geben Sie eine andere an.",
                    field=f"email_{person.row}",
                )
            if address:
                taken.add(address)

    def create(
        self, invitation: Invitation, person: Person, *, has_seat: bool, party: UUID | None = None
    ) -> Registration:
        """Register one person, with a seat or at the end of the queue."""
        seed, digest = tokens.issue("registration")
        row = Registration(
            meeting=self.meeting,
            invitation=invitation,
            full_name=one_line(person.full_name),
            email=person.email.strip().lower(),
            function=one_line(person.function),
            mode=self.mode(person.mode),
            party=party,
            is_copied=person.is_copied,
            status=RegistrationStatus.CONFIRMED if has_seat else RegistrationStatus.WAITING,
            queued_at=None if has_seat else self.moment,
            registered_at=self.moment,
            token_seed=seed,
            token_digest=digest,
        )
        self.place_in_workshop(row, self.workshop(person))
        row.save()
        self.note_needs(row, person)
        return row

    def note_needs(self, row: Registration, person: Person) -> None:
        """Keep what was said about food and access; saying nothing changes nothing."""
        if person.has_needs:
            needs.note(
                registration=row,
                diet=person.diet,
                diet_note=person.diet_note,
                access=person.access,
            )

    def place_in_workshop(self, row: Registration, workshop: Workshop | None) -> None:
        """Give a place in the workshop, or one in its queue; None takes both away."""
        row.workshop = workshop
        row.workshop_place, row.workshop_queued_at = "", None
        if workshop is None:
            return
        free = registration_queries.free_in_workshops(self.meeting)[workshop.pk]
        if row.has_seat and free != 0:
            row.workshop_place = WorkshopPlace.CONFIRMED
        else:
            row.workshop_place, row.workshop_queued_at = WorkshopPlace.WAITING, self.moment

    def switch(self, row: Registration, person: Person, *, suffix: str = "") -> bool:
        """Switch to another way of attending or workshop; say whether the way is another one.

        Nobody loses a seat by accident: who has one is refused (RuleBroken at the field with this
        suffix) if there is none free where they want to go. Who waits goes to the end of the
        other queue.
        """
        if person.workshop is not None and (person.workshop or None) != row.workshop_id:
            self._switch_workshop(row, person, suffix)
        mode = self.mode(person.mode or row.mode)
        if mode == row.mode:
            return False
        if self.mode(row.mode) != mode:
            self._refuse_full(row, mode, suffix)
            row.queued_at = row.queued_at and self.moment
        row.mode = mode
        return True

    def _switch_workshop(self, row: Registration, person: Person, suffix: str) -> None:
        had_place = row.workshop_place == WorkshopPlace.CONFIRMED
        before = row.workshop
        self.place_in_workshop(row, self.workshop(person))
        if had_place and row.workshop_place == WorkshopPlace.WAITING:
            raise RuleBroken(
                f"Im Workshop „{row.workshop}“ ist kein Platz mehr frei. Ihr Platz im Workshop "
                f"„{before}“ bleibt Ihnen.",
                field=f"workshop{suffix}",
            )

    def _refuse_full(self, row: Registration, mode: str, suffix: str) -> None:
        if row.has_seat and registration_queries.free_by_mode(self.meeting)[mode] == 0:
            wanted, kept = AttendanceMode(mode).label, AttendanceMode(row.mode).label
            raise RuleBroken(
                f"Für die Teilnahme {wanted} ist kein Platz mehr frei. Ihr Platz {kept} bleibt "
                "Ihnen.",
                field=f"mode{suffix}",
            )

    def mark_cancelled(self, row: Registration) -> None:
        """Turn a registration into history; its seat, places and calendar entry are free."""
        row.status = RegistrationStatus.CANCELLED
        row.workshop_place, row.workshop_queued_at = "", None
        row.cancelled_at = self.moment
        row.calendar_sequence += 1
        row.save()

    def end(self, row: Registration) -> None:
        """Cancel a registration and tell the person; only walk-ins may lack an address."""
        had_seat = row.has_seat
        self.mark_cancelled(row)
        if row.email:
            emails.registration_cancelled(row, had_seat=had_seat)
        self.log(row, "registration.cancelled", "eine Person abgemeldet")

    def bring_back(self, row: Registration) -> None:
        """Turn a cancelled registration back: with a seat if one is free, else at the end of the
        queue; the same goes for the place in a workshop. The person gets a mail."""
        had_seat = row.queued_at is None or row.promoted_at is not None
        free = registration_queries.free_by_mode(self.meeting)[self.mode(row.mode)]
        row.status = RegistrationStatus.WAITING
        if had_seat and free != 0:
            row.status = RegistrationStatus.CONFIRMED
        elif row.queued_at is None or had_seat:
            row.queued_at, row.promoted_at = self.moment, None
        self.place_in_workshop(row, row.workshop)
        row.cancelled_at = None
        row.calendar_sequence += 1
        row.save()
        self.welcome(row)

    def welcome(self, row: Registration) -> None:
        """Send the confirmation, or the place in the queue."""
        if row.has_seat:
            emails.registration_confirmed(row)
        else:
            position = registration_queries.queue_position(row)
            emails.registration_waiting(row, position=position)

    def move_up(self) -> None:
        """Let others move up into what became free; mostly nobody waits."""
        if registration_queries.somebody_waits(self.meeting):
            waiting_list.move_up(meeting=self.meeting)

    def answer(self, invitation: Invitation, given: Answer) -> None:
        """Note what the office said."""
        invitation.answer = given
        invitation.answered_at = None if given == Answer.OPEN else self.moment
        invitation.decline_reason = invitation.represented_by = ""
        invitation.save(update_fields=["answer", "answered_at", "decline_reason", "represented_by"])

    def log(self, row: Registration, verb: str, what: str) -> None:
        """Write the logbook, without names, because it is kept longer than the registrations."""
        sentence = f"{row.invitation.organisation}, „{row.meeting}“: {what}."
        audit.record(by=self.by, verb=verb, subject=row, sentence=sentence)
