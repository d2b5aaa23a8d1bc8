"""Seats and deadlines: pure judgement."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.enums import AttendanceMode
from network.rules import deadlines, seats
from network.rules.seats import Waiting

SITE, ONLINE = str(AttendanceMode.ON_SITE), str(AttendanceMode.ONLINE)
START = datetime(2028, 2, 29, 8, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_the_figure_of_the_office_goes_before_the_one_of_the_meeting():
    assert seats.office_limit(seats_per_office=2, override=None) == 2
    assert seats.office_limit(seats_per_office=2, override=0) == 0


def test_free_seats_are_never_negative_and_may_be_unlimited():
    assert seats.free_seats(seats=10, confirmed=12) == 0
    assert seats.free_seats(seats=None, confirmed=12) is None


@pytest.mark.parametrize(
    ("free", "together", "expected"),
    [
        (None, False, (True, True, True)),
        (5, False, (True, True, True)),
        (1, False, (True, False, False)),
        (0, False, (False, False, False)),
        (3, True, (True, True, True)),
        (2, True, (False, False, False)),
    ],
)
def test_seats_go_in_the_order_of_the_form_and_together_to_all_or_none(free, together, expected):
    given = seats.allot(free={SITE: free}, modes=[SITE] * 3, together=together)

    assert given == expected


def test_each_way_of_attending_has_its_own_seats():
    given = seats.allot(free={SITE: 1, ONLINE: 1}, modes=[SITE, SITE, ONLINE, ONLINE])

    assert given == (True, False, True, False)


@pytest.mark.parametrize(
    ("meeting_mode", "wanted", "expected"),
    [
        ("hybrid", "", SITE),
        ("hybrid", ONLINE, ONLINE),
        ("online", SITE, ONLINE),
        ("on_site", ONLINE, SITE),
    ],
)
def test_only_a_hybrid_meeting_leaves_the_choice(meeting_mode, wanted, expected):
    assert seats.mode_of(meeting_mode=meeting_mode, wanted=wanted) == expected


def test_the_surplus_after_a_cut_is_seen():
    assert seats.surplus(seats=10, confirmed=12) == 2
    assert seats.surplus(seats=10, confirmed=9) == 0
    assert seats.surplus(seats=None, confirmed=9) == 0


def test_an_office_at_its_limit_is_passed_over():
    queue = [Waiting(1, 10), Waiting(2, 20), Waiting(3, 10)]

    chosen = seats.next_in_line(
        free={SITE: 2}, queue=queue, confirmed={10: 2}, limits={10: 2, 20: 2}
    )

    assert chosen == [2]


def test_a_party_moves_as_a_whole_or_is_passed_over_and_keeps_its_place():
    party = uuid4()
    queue = [Waiting(1, 10, party=party), Waiting(2, 20), Waiting(3, 10, party=party)]

    def moved(free: int) -> list[int]:
        limits = {10: 2, 20: 2}
        return seats.next_in_line(free={SITE: free}, queue=queue, confirmed={}, limits=limits)

    assert moved(1) == [2]
    assert moved(2) == [1, 3]
    assert moved(3) == [1, 3, 2]


def test_a_party_of_two_ways_needs_a_seat_in_each():
    party = uuid4()
    queue = [Waiting(1, 10, SITE, party), Waiting(2, 10, ONLINE, party), Waiting(3, 20, SITE)]

    chosen = seats.next_in_line(
        free={SITE: 1, ONLINE: 0}, queue=queue, confirmed={}, limits={10: 2, 20: 2}
    )

    assert chosen == [3]


PLACES = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from([SITE, ONLINE]), st.booleans()), max_size=24
)


@given(
    free=st.fixed_dictionaries(
        {SITE: st.integers(0, 12) | st.none(), ONLINE: st.integers(0, 6) | st.none()}
    ),
    places=PLACES,
    confirmed=st.dictionaries(st.integers(0, 4), st.integers(0, 3)),
    limit=st.integers(0, 4),
)
def test_moving_up_keeps_every_limit_and_the_order_and_leaves_no_seat_empty(
    free, places, confirmed, limit
):
    parties = {office: uuid4() for office in range(5)}
    queue = [
        Waiting(number, office, mode, parties[office] if together else None)
        for number, (office, mode, together) in enumerate(places)
    ]
    limits = dict.fromkeys(range(5), limit)

    chosen = seats.next_in_line(free=free, queue=queue, confirmed=confirmed, limits=limits)

    moved = [queue[number] for number in chosen]
    stays = [place for place in queue if place.registration not in chosen]
    left = {
        mode: None if count is None else count - sum(place.mode == mode for place in moved)
        for mode, count in free.items()
    }
    used = Counter(confirmed) + Counter(place.invitation for place in moved)
    assert len(set(chosen)) == len(chosen)
    assert all(count is None or count >= 0 for count in left.values())
    assert all(used[place.invitation] <= limit for place in moved)
    assert not {place.party for place in moved if place.party} & {place.party for place in stays}
    for group in groups(stays):
        needs = Counter(place.mode for place in group)
        has_seats = all(left[mode] is None or left[mode] >= count for mode, count in needs.items())
        assert not has_seats or used[group[0].invitation] + len(group) > limit
    singles = [place.registration for place in moved if place.party is None]
    assert singles == sorted(singles)
    for place in stays:
        if place.party is None and used[place.invitation] < limit:
            later = [each for each in moved if each.party is None and each.mode == place.mode]
            assert all(each.registration < place.registration for each in later)


def groups(places: list[Waiting]) -> list[list[Waiting]]:
    """People of one party together, everybody else alone."""
    found: dict[object, list[Waiting]] = {}
    for place in places:
        found.setdefault(place.party or place.registration, []).append(place)
    return list(found.values())


@given(free=st.integers(0, 30), count=st.integers(0, 30))
def test_n_freed_seats_move_n_people(free, count):
    queue = [Waiting(number, number) for number in range(count)]
    limits = dict.fromkeys(range(count), 1)

    chosen = seats.next_in_line(free={SITE: free}, queue=queue, confirmed={}, limits=limits)

    assert chosen == list(range(min(free, count)))


@given(
    free=st.dictionaries(st.integers(0, 2), st.integers(0, 5) | st.none(), max_size=3),
    queue=st.lists(st.integers(0, 2), max_size=20),
)
def test_each_workshop_moves_its_own_queue_in_order(free, queue):
    chosen = seats.next_in_workshops(free=free, queue=list(enumerate(queue)))

    for workshop in range(3):
        waiting = [number for number, wanted in enumerate(queue) if wanted == workshop]
        moved = [number for number in chosen if queue[number] == workshop]
        assert moved == waiting[: free.get(workshop, 0)]


@pytest.mark.parametrize(
    ("reply_until", "moment", "expected"),
    [
        (START - timedelta(days=1), START - timedelta(days=1), True),
        (START - timedelta(days=1), START - timedelta(days=1) + SECOND, False),
        (None, START - SECOND, True),
        (None, START, False),
        (START + timedelta(days=1), START, False),
    ],
)
def test_answers_end_at_the_deadline_or_the_start(reply_until, moment, expected):
    answer = deadlines.may_answer(reply_until=reply_until, starts_at=START, moment=moment)
    assert answer is expected


def test_changes_end_with_the_start_and_moving_up_with_the_day_before():
    midnight = datetime(2028, 2, 28, 23, 0, tzinfo=UTC)  # 29 February in Hessen

    assert deadlines.may_change(starts_at=START, moment=START - SECOND)
    assert not deadlines.may_change(starts_at=START, moment=START)
    until = START - timedelta(days=2)
    assert deadlines.may_change(starts_at=START, moment=until, change_until=until)
    assert not deadlines.may_change(starts_at=START, moment=until + SECOND, change_until=until)
    assert deadlines.may_promote(starts_at=START, moment=midnight - SECOND)
    assert not deadlines.may_promote(starts_at=START, moment=midnight)


def test_an_undated_meeting_is_over_and_closed():
    assert deadlines.is_over(starts_at=None, ends_at=None, moment=START)
    assert not deadlines.may_answer(reply_until=None, starts_at=None, moment=START)
    assert not deadlines.may_change(starts_at=None, moment=START)
    assert not deadlines.may_promote(starts_at=None, moment=START)


def test_a_meeting_is_over_at_its_end():
    end = START + timedelta(hours=6)
    assert not deadlines.is_over(starts_at=START, ends_at=end, moment=end - SECOND)
    assert deadlines.is_over(starts_at=START, ends_at=end, moment=end)
    assert deadlines.is_over(starts_at=START, ends_at=None, moment=START)
