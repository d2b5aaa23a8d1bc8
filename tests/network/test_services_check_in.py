"""Check-in: each step once, taken back, corrected; wrong clocks and strange phones."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from network.enums import CheckInKind, MeetingStatus, RegistrationStatus
from network.models import CheckIn
from network.services import check_in
from network.services.check_in import Wanted
from programme.errors import RuleBroken
from programme.models import AuditEntry
from tests.factories.network import (
    CertificateFactory,
    InvitationFactory,
    RegistrationFactory,
)
from tests.network.moments import DOOR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
ARRIVED, UNDONE = CheckInKind.ARRIVED, CheckInKind.UNDONE


@pytest.fixture
def person():
    return RegistrationFactory.create()


def arrive(person, by, **more):
    return check_in.step(
        **{"key": uuid4(), "registration": person, "kind": ARRIVED, "by": by} | more
    )


def test_the_same_key_counts_once(person, by):
    key = uuid4()
    outcomes = [arrive(person, by, key=key) for _ in range(3)]

    person.refresh_from_db()
    assert CheckIn.objects.count() == 1
    assert person.arrived_at == DOOR
    assert {outcome.sentence for outcome in outcomes} == {"da seit 09:58 Uhr"}


def test_who_is_already_there_stays_since_the_first_time(person, by, on_the_day):
    arrive(person, by)
    on_the_day.shift(timedelta(minutes=20))

    outcome = arrive(person, by)

    assert outcome.sentence == "schon da seit 09:58 Uhr"
    assert outcome.arrived_at == DOOR


def test_taking_back_and_coming_again(person, by, on_the_day):
    arrive(person, by)
    on_the_day.shift(60)
    undone = arrive(person, by, kind=UNDONE)
    on_the_day.shift(60)
    again = arrive(person, by)

    assert (undone.sentence, again.sentence) == ("nicht da", "da seit 10:00 Uhr")


def test_a_key_of_another_person_is_refused(person, by):
    key = uuid4()
    arrive(person, by, key=key)

    with pytest.raises(RuleBroken, match="andere"):
        arrive(RegistrationFactory.create(invitation=person.invitation), by, key=key)


@pytest.mark.parametrize(
    "told",
    [
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(2100, 2, 28, 22, 59, tzinfo=UTC),
        datetime(2100, 3, 1, 9, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, tzinfo=UTC),
        datetime.min.replace(tzinfo=UTC),
    ],
)
def test_a_phone_with_a_wrong_clock_gets_our_time(person, by, told):
    assert arrive(person, by, happened_at=told).arrived_at == DOOR


def test_a_step_kept_by_a_phone_keeps_its_time(person, by):
    told = DOOR - timedelta(minutes=30)

    assert arrive(person, by, happened_at=told).arrived_at == told


def test_a_phone_that_syncs_on_the_next_day_still_counts(person, by, on_the_day):
    on_the_day.shift(timedelta(days=1))

    outcome = arrive(person, by, happened_at=DOOR)
    unknown = arrive(RegistrationFactory.create(invitation=person.invitation), by)

    assert outcome.arrived_at == DOOR
    assert unknown.arrived_at == datetime(2100, 3, 1, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"starts_at": DOOR + timedelta(days=1), "ends_at": None}, "öffnet am Tag"),
        ({"status": MeetingStatus.CANCELLED}, "abgesagt"),
        ({"status": MeetingStatus.DRAFT}, "noch nicht veröffentlicht"),
    ],
)
def test_the_door_is_closed(person, by, change, words):
    for name, value in change.items():
        setattr(person.meeting, name, value)
    person.meeting.save()

    with pytest.raises(RuleBroken, match=words):
        arrive(person, by)


def test_who_cancelled_is_entered_anew(by):
    person = RegistrationFactory.create(status=RegistrationStatus.CANCELLED)

    with pytest.raises(RuleBroken, match="abgesagt"):
        arrive(person, by)


def test_a_certificate_is_not_taken_back_at_the_door(person, by):
    arrive(person, by)
    CertificateFactory.create(registration=person)

    with pytest.raises(RuleBroken, match="Bescheinigung"):
        arrive(person, by, kind=UNDONE)


def test_steps_of_a_phone_are_done_in_the_order_they_happened(person, by):
    other = RegistrationFactory.create()
    steps = [
        Wanted(uuid4(), person.pk, UNDONE, DOOR - timedelta(minutes=5)),
        Wanted(uuid4(), person.pk, ARRIVED, DOOR - timedelta(minutes=9)),
        Wanted(uuid4(), other.pk, ARRIVED, DOOR),
        Wanted(uuid4(), 2**62, ARRIVED, DOOR),
    ]

    first = check_in.sync(meeting=person.meeting, steps=steps, by=by)
    second = check_in.sync(meeting=person.meeting, steps=steps, by=by)

    person.refresh_from_db()
    other.refresh_from_db()
    assert (person.arrived_at, other.arrived_at, CheckIn.objects.count()) == (None, None, 2)
    assert [bool(outcome.refused) for outcome in first] == [False, False, True, True]
    assert [outcome.refused for outcome in second] == [outcome.refused for outcome in first]


def test_a_step_that_arrives_late_does_not_undo_what_happened_after_it(person, by):
    arrive(person, by, happened_at=DOOR - timedelta(minutes=1))
    late = [
        Wanted(uuid4(), person.pk, ARRIVED, DOOR - timedelta(minutes=9)),
        Wanted(uuid4(), person.pk, UNDONE, DOOR - timedelta(minutes=8)),
    ]

    check_in.sync(meeting=person.meeting, steps=late, by=by)

    person.refresh_from_db()
    assert person.arrived_at == DOOR - timedelta(minutes=1)


def test_a_correction_needs_the_end_of_the_meeting_and_a_reason(person, by, on_the_day):
    with pytest.raises(RuleBroken, match="nach dem Treffen"):
        check_in.correct(registration=person, kind=ARRIVED, note="Liste", by=by)
    on_the_day.shift(timedelta(days=3))
    with pytest.raises(RuleBroken) as broken:
        check_in.correct(registration=person, kind=ARRIVED, note=" ", by=by)
    assert broken.value.field == "note"

    there = check_in.correct(registration=person, kind=ARRIVED, note="steht auf der Liste", by=by)
    again = check_in.correct(registration=person, kind=ARRIVED, note="noch einmal", by=by)
    gone = check_in.correct(registration=person, kind=UNDONE, note="Verwechslung", by=by)

    assert (there.arrived_at, gone.arrived_at) == (person.meeting.starts_at, None)
    assert again.already_since == person.meeting.starts_at
    assert [entry.sentence.split(": ")[1] for entry in AuditEntry.objects.order_by("pk")] == [
        "steht auf der Liste",
        "Verwechslung",
    ]


def test_a_correction_withdraws_the_certificate(person, by, on_the_day):
    arrive(person, by)
    CertificateFactory.create(registration=person)
    on_the_day.shift(timedelta(days=3))

    check_in.correct(registration=person, kind=UNDONE, note="Verwechslung", by=by)

    person.refresh_from_db()
    assert not hasattr(person, "certificate")


@pytest.mark.django_db(transaction=True)
def test_many_phones_with_the_same_and_other_keys_at_once(person, by):
    shared, gate = uuid4(), Barrier(8)

    def tap(number):
        try:
            gate.wait()
            return arrive(person, by, key=shared if number % 2 else uuid4())
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as phones:
        outcomes = list(phones.map(tap, range(8)))

    person.refresh_from_db()
    assert CheckIn.objects.count() == 5
    assert {outcome.arrived_at for outcome in outcomes} == {DOOR}
    assert person.arrived_at == DOOR


@pytest.mark.django_db(transaction=True)
def test_two_phones_that_sync_the_same_people_in_other_orders(by):
    invitation = InvitationFactory.create()
    people = [RegistrationFactory.create(invitation=invitation).pk for _ in range(12)]
    gate = Barrier(4)

    def sync(number):
        order = people if number % 2 else people[::-1]
        steps = [
            Wanted(uuid4(), pk, ARRIVED, DOOR - timedelta(seconds=place))
            for place, pk in enumerate(order)
        ]
        try:
            gate.wait()
            return check_in.sync(meeting=invitation.meeting, steps=steps, by=by)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as phones:
        outcomes = [outcome for found in phones.map(sync, range(4)) for outcome in found]

    assert not any(outcome.refused for outcome in outcomes)
    assert CheckIn.objects.count() == 48
