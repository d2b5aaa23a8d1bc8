"""Several limits under many hands at once: ways, workshops, offices, cuts, storms (R2, R4-R6, R9).

Every caller is a thread with its own connection; all start at the same moment, on both databases.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from network.enums import AttendanceMode, RegistrationStatus, WorkshopPlace
from network.models import Invitation, Meeting, Registration
from network.queries import registrations as queries
from network.services import registrations, waiting_list
from network.services.registrations import Person
from programme import clock
from programme.errors import RuleBroken
from programme.models import OutgoingMail
from tests.factories.network import (
    InvitationFactory,
    MeetingFactory,
    RegistrationFactory,
    WorkshopFactory,
)
from tests.factories.programme import ProgrammeFactory, UserFactory
from tests.network.crowds import at_once

pytestmark = pytest.mark.django_db(transaction=True)
SITE, ONLINE = AttendanceMode.ON_SITE, AttendanceMode.ONLINE


@pytest.fixture
def programme(db):
    return ProgrammeFactory(is_current=True)


def joins(invitation: Invitation, *people: Person, **more: Any) -> Callable[[], str]:
    """Return a call that registers and says what became of it."""

    def run() -> str:
        try:
            made = registrations.register(
                invitation=invitation, people=people, accept_waiting=True, **more
            )
        except RuleBroken as broken:
            return broken.field
        return "seat" if made[0].has_seat else "queue"

    return run


def leaves(row: Registration) -> Callable[[], object]:
    return lambda: registrations.cancel(registration=row)


def guest(name: object, **more: Any) -> Person:
    return Person(f"Person {name}", f"p{name}@example.org", **more)


def promoted_mails() -> Counter[str]:
    rows = OutgoingMail.objects.filter(letter="network/registration_promoted")
    return Counter(rows.values_list("recipient", flat=True))


def test_meeting_workshop_and_office_are_kept_at_once_and_no_place_stays_empty(programme):
    meeting = MeetingFactory(programme=programme, seats=12)
    workshop = WorkshopFactory(meeting=meeting, seats=4)
    offices = InvitationFactory.create_batch(10, meeting=meeting)

    results = at_once(
        [
            joins(office, guest(f"{number}-{hand}", workshop=workshop.pk))
            for number, office in enumerate(offices)
            for hand in range(3)
        ]
    )

    everybody = Registration.objects.filter(meeting=meeting)
    per_office = Counter(everybody.active().values_list("invitation", flat=True))
    placed = everybody.filter(workshop_place=WorkshopPlace.CONFIRMED)
    assert Counter(results) == {"seat": 12, "queue": 8, "name_1": 10}
    assert set(per_office.values()) == {2}
    assert everybody.confirmed().count() == 12
    assert placed.count() == placed.confirmed().count() == 4


def test_two_ways_of_attending_fill_up_side_by_side(programme):
    meeting = MeetingFactory(programme=programme, mode="hybrid", seats=5, online_seats=3)
    offices = InvitationFactory.create_batch(20, meeting=meeting)

    at_once(
        [
            joins(office, guest(number, mode=ONLINE if number % 2 else SITE))
            for number, office in enumerate(offices)
        ]
    )

    assert queries.confirmed_by_mode(meeting) == {SITE: 5, ONLINE: 3}
    assert Registration.objects.waiting().count() == 12


def test_switching_at_once_never_takes_a_seat_twice(programme):
    meeting = MeetingFactory(programme=programme, mode="hybrid", seats=8, online_seats=2)
    rows = RegistrationFactory.create_batch(8, invitation__meeting=meeting)

    def switch(row: Registration) -> Callable[[], str]:
        def run() -> str:
            person = Person(row.full_name, row.email, mode=ONLINE)
            try:
                registrations.change(registration=row, person=person)
            except RuleBroken:
                return "refused"
            return "done"

        return run

    assert Counter(at_once([switch(row) for row in rows])) == {"done": 2, "refused": 6}
    assert queries.confirmed_by_mode(meeting) == {SITE: 6, ONLINE: 2}


def test_parties_are_seated_as_a_whole_or_not_at_all(programme):
    meeting = MeetingFactory(programme=programme, seats=7)
    offices = InvitationFactory.create_batch(10, meeting=meeting)

    at_once(
        [
            joins(office, guest(f"{number}a"), guest(f"{number}b", row=2), together=True)
            for number, office in enumerate(offices)
        ]
    )

    parties: dict[object, set[str]] = {}
    for row in Registration.objects.all():
        parties.setdefault(row.party, set()).add(row.status)
    assert all(len(states) == 1 for states in parties.values())
    assert Registration.objects.confirmed().count() == 6


def test_a_storm_of_leaving_and_joining_fills_every_seat_and_keeps_the_order(programme):
    meeting = MeetingFactory(programme=programme, seats=20)
    seated = RegistrationFactory.create_batch(20, invitation__meeting=meeting)
    offices = InvitationFactory.create_batch(10, meeting=meeting)
    queue = [
        row
        for number, office in enumerate(offices)
        for row in registrations.register(
            invitation=office, people=[guest(f"q{number}")], accept_waiting=True
        )
    ]
    newcomers = InvitationFactory.create_batch(15, meeting=meeting)
    joining = [joins(office, guest(f"n{number}")) for number, office in enumerate(newcomers)]
    leaving = [leaves(row) for row in seated[:15]]

    at_once([call for pair in zip(leaving, joining, strict=True) for call in pair])

    rows = Registration.objects.filter(meeting=meeting)
    moved = rows.filter(promoted_at__isnull=False)
    waits = rows.waiting().first()
    assert rows.confirmed().count() == 20
    assert moved.filter(pk__in=[row.pk for row in queue]).count() == len(queue)
    assert all((row.queued_at, row.pk) < (waits.queued_at, waits.pk) for row in moved)
    assert promoted_mails() == {row.email: 1 for row in moved}


def test_fewer_seats_in_the_middle_of_a_storm_throw_nobody_out(programme):
    meeting = MeetingFactory(programme=programme, seats=20)
    offices = InvitationFactory.create_batch(29, meeting=meeting)
    lowered: list[int] = []

    @transaction.atomic
    def lower() -> None:
        row = Meeting.objects.locked(meeting.pk)
        lowered.append(Registration.objects.filter(meeting=row).confirmed().count())
        row.seats = 5
        row.save(update_fields=["seats"])
        waiting_list.move_up(meeting=row)

    calls = [joins(office, guest(number)) for number, office in enumerate(offices)]
    at_once([*calls[:10], lower, *calls[10:]])

    meeting.refresh_from_db()
    confirmed = Registration.objects.confirmed().count()
    assert confirmed == max(lowered[0], 5)
    assert queries.free_by_mode(meeting) == {SITE: 0}
    assert Registration.objects.waiting().count() == 29 - confirmed


def test_more_places_in_a_workshop_move_exactly_as_many_up(programme):
    meeting = MeetingFactory(programme=programme)
    workshop = WorkshopFactory(meeting=meeting, seats=2)
    offices = InvitationFactory.create_batch(12, meeting=meeting)
    for number, office in enumerate(offices[:8]):
        registrations.register(
            invitation=office, people=[guest(f"w{number}", workshop=workshop.pk)]
        )

    @transaction.atomic
    def widen() -> None:
        row = Meeting.objects.locked(meeting.pk)
        workshop.seats = 5
        workshop.save(update_fields=["seats"])
        waiting_list.move_up(meeting=row)

    late = [
        joins(office, guest(f"l{number}", workshop=workshop.pk))
        for number, office in enumerate(offices[8:])
    ]
    at_once([widen, *late])

    placed = Registration.objects.filter(workshop_place=WorkshopPlace.CONFIRMED)
    told = OutgoingMail.objects.filter(letter="network/registration_workshop_promoted")
    order = list(Registration.objects.order_by("registered_at", "pk").values_list("pk", flat=True))
    assert list(placed.order_by("registered_at", "pk").values_list("pk", flat=True)) == order[:5]
    assert told.count() == 3


def test_moving_up_by_hand_and_by_itself_at_once_never_gives_a_seat_twice(programme):
    meeting, office = MeetingFactory(programme=programme, seats=1), UserFactory()
    seated = RegistrationFactory(invitation__meeting=meeting)
    first, last = (
        RegistrationFactory(
            invitation__meeting=meeting, status=RegistrationStatus.WAITING, queued_at=clock.now()
        )
        for _ in range(2)
    )

    def by_hand() -> str:
        try:
            waiting_list.move_up_by_hand(registration=last, reason="Vortrag", by=office)
        except RuleBroken:
            return "refused"
        return "done"

    at_once([leaves(seated), by_hand, by_hand])

    assert Registration.objects.confirmed().get() == first
    assert promoted_mails() == {first.email: 1}
