"""Scarce seats under many hands at once, on both databases (targets R1-R6, R9).

Every caller is a thread with its own connection; all start at the same moment. With the lock of
the meeting taken away these tests fail (target R8).
"""

from collections import Counter
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.db.backends.sqlite3.base import DatabaseWrapper

from network.enums import RegistrationStatus
from network.models import Registration
from network.services import registrations
from network.services.registrations import Person, SeatsTaken
from programme.errors import RuleBroken
from programme.models import OutgoingMail
from tests.factories.network import InvitationFactory, MeetingFactory, RegistrationFactory
from tests.factories.programme import ProgrammeFactory
from tests.network.crowds import at_once, link, post, switch_lock_off

pytestmark = pytest.mark.django_db(transaction=True)


def confirmed(meeting) -> int:
    return Registration.objects.filter(meeting=meeting).confirmed().count()


@pytest.fixture
def meeting():
    """A meeting with ten seats."""
    return MeetingFactory(seats=10, programme=ProgrammeFactory(is_current=True))


def test_thirty_posts_for_ten_seats_give_exactly_ten(meeting):
    offices = InvitationFactory.create_batch(30, meeting=meeting)

    answers = at_once([post(link(each), f"p{number}") for number, each in enumerate(offices)])

    assert Counter(status for status, _ in answers) == {302: 10, 422: 20}
    assert confirmed(meeting) == 10
    assert OutgoingMail.objects.filter(letter="network/registration_confirmed").count() == 10


def test_who_accepts_waiting_is_never_lost(meeting):
    offices = InvitationFactory.create_batch(24, meeting=meeting)

    answers = at_once(
        [post(link(each), f"p{number}", accept_waiting="1") for number, each in enumerate(offices)]
    )

    states = Counter(Registration.objects.values_list("status", flat=True))
    assert {status for status, _ in answers} == {302}
    assert states == {RegistrationStatus.CONFIRMED: 10, RegistrationStatus.WAITING: 14}


def test_one_link_in_twenty_hands_gives_no_more_than_the_seats_of_the_office(meeting):
    invitation = InvitationFactory(meeting=meeting)

    answers = at_once([post(link(invitation), f"p{number}") for number in range(20)])

    assert Counter(status for status, _ in answers) == {302: 2, 422: 18}
    assert confirmed(meeting) == 2


def test_the_same_form_five_times_at_once_gives_one_registration_and_one_page(meeting):
    invitation, key = InvitationFactory(meeting=meeting), str(uuid4())

    answers = at_once([post(link(invitation), "oeznur", key=key)] * 5)

    assert answers == [(302, link(invitation))] * 5
    assert Registration.objects.count() == 1
    assert OutgoingMail.objects.count() == 1


def test_the_same_person_from_five_tabs_is_registered_once(meeting):
    invitation = InvitationFactory(meeting=meeting)

    answers = at_once([post(link(invitation), "oeznur") for _ in range(5)])

    assert answers == [(302, link(invitation))] * 5
    assert Registration.objects.count() == 1
    assert OutgoingMail.objects.count() == 1


def test_cancelling_and_registering_at_once_keeps_order_and_fills_every_seat(meeting):
    seated = RegistrationFactory.create_batch(10, invitation__meeting=meeting)
    queue = []
    for number in range(8):
        office = InvitationFactory(meeting=meeting)
        person = Person(f"W {number}", f"w{number}@example.org")
        queue += registrations.register(invitation=office, people=[person], accept_waiting=True)
    newcomers = InvitationFactory.create_batch(6, meeting=meeting)
    OutgoingMail.objects.all().delete()

    def leave(row: Registration) -> Callable[[], object]:
        return lambda: registrations.cancel(registration=row)

    at_once(
        [
            *[leave(row) for row in seated[:6]],
            *[leave(row) for row in seated[:6]],
            *[
                post(link(each), f"n{number}", accept_waiting="1")
                for number, each in enumerate(newcomers)
            ],
        ]
    )

    moved = Registration.objects.filter(promoted_at__isnull=False).order_by("queued_at", "pk")
    assert list(moved) == queue[:6]
    assert confirmed(meeting) == 10
    assert Registration.objects.waiting().count() == 8
    told = OutgoingMail.objects.filter(letter="network/registration_promoted")
    assert sorted(told.values_list("recipient", flat=True)) == sorted(
        row.email for row in queue[:6]
    )


def test_replacing_the_same_seat_from_two_hands_gives_one_successor(meeting):
    row = RegistrationFactory(invitation__meeting=meeting)

    def take(name: str) -> Callable[[], str]:
        def run() -> str:
            try:
                person = Person(name, f"{name}@example.org")
                registrations.replace(registration=row, person=person)
            except RuleBroken:
                return "refused"
            return "done"

        return run

    assert sorted(map(str, at_once([take("a"), take("b"), take("c")]))) == [
        "done",
        "refused",
        "refused",
    ]
    assert confirmed(meeting) == 1


def test_two_people_of_one_form_get_both_seats_or_none(meeting):
    meeting.seats = 3
    meeting.save()
    offices = InvitationFactory.create_batch(4, meeting=meeting)

    def both(number: int) -> Callable[[], int]:
        people = [Person(f"{number}{i}", f"p{number}{i}@example.org", row=i) for i in (1, 2)]

        def run() -> int:
            try:
                return len(registrations.register(invitation=offices[number], people=people))
            except SeatsTaken:
                return 0

        return run

    assert sorted(at_once([both(number) for number in range(4)])) == [0, 0, 0, 2]
    assert confirmed(meeting) == 2


def test_the_first_test_fails_without_the_lock_of_the_meeting(meeting, monkeypatch):
    """The race is a real one on both databases (target R8)."""
    offices = [InvitationFactory.create_batch(30, meeting=meeting) for _ in range(5)]
    switch_lock_off(monkeypatch.setattr)
    found = []
    for attempt, guests in enumerate(offices):
        Registration.objects.all().delete()
        at_once([post(link(each), f"p{attempt}-{number}") for number, each in enumerate(guests)])
        found.append(confirmed(meeting))

    assert min(found) > 10, found


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has transaction modes")
def test_a_deferred_transaction_gives_no_seat_twice_but_turns_people_away(meeting, monkeypatch):
    """Why R8 on SQLite needs more than Django's own mode, and R9 needs ours."""
    offices = InvitationFactory.create_batch(30, meeting=meeting)
    monkeypatch.setattr(
        DatabaseWrapper,
        "_start_transaction_under_autocommit",
        lambda wrapper: wrapper.cursor().execute("BEGIN DEFERRED"),
    )

    def register(number: int) -> Callable[[], str]:
        person = Person(f"p{number}", f"p{number}@example.org")

        def run() -> str:
            try:
                registrations.register(invitation=offices[number], people=[person])
            except SeatsTaken:
                return "full"
            except OperationalError as error:
                return str(error)
            return "done"

        return run

    answers = Counter(at_once([register(number) for number in range(30)]))

    assert answers["done"] == confirmed(meeting) <= 10
    assert answers["database is locked"] > 0
