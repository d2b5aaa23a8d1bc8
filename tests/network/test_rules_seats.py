"""Seats and deadlines: pure judgement."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.rules import deadlines, seats
from network.rules.seats import Allotment, Waiting

START = datetime(2028, 2, 29, 8, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_the_figure_of_the_office_goes_before_the_one_of_the_meeting():
    assert seats.office_limit(seats_per_office=2, override=None) == 2
    assert seats.office_limit(seats_per_office=2, override=0) == 0


def test_free_seats_are_never_negative_and_may_be_unlimited():
    assert seats.free_seats(seats=10, confirmed=12) == 0
    assert seats.free_seats(seats=None, confirmed=12) is None


@pytest.mark.parametrize(
    ("free", "people", "expected"),
    [
        (None, 3, Allotment(3, 0)),
        (5, 3, Allotment(3, 0)),
        (1, 3, Allotment(1, 2)),
        (0, 3, Allotment(0, 3)),
    ],
)
def test_seats_go_in_the_order_of_the_form(free, people, expected):
    assert seats.allot(free=free, people=people) == expected


def test_an_office_at_its_limit_is_passed_over():
    queue = [Waiting(1, 10), Waiting(2, 20), Waiting(3, 10)]

    chosen = seats.next_in_line(free=2, queue=queue, confirmed={10: 2}, limits={10: 2, 20: 2})

    assert chosen == [2]


@given(
    free=st.integers(0, 12) | st.none(),
    offices=st.lists(st.integers(0, 4), max_size=20),
    confirmed=st.dictionaries(st.integers(0, 4), st.integers(0, 3)),
    limit=st.integers(0, 3),
)
def test_moving_up_keeps_both_limits_and_the_order(free, offices, confirmed, limit):
    queue = [Waiting(number, office) for number, office in enumerate(offices)]
    limits = dict.fromkeys(range(5), limit)

    chosen = seats.next_in_line(free=free, queue=queue, confirmed=confirmed, limits=limits)

    assert chosen == sorted(chosen)
    assert free is None or len(chosen) <= free
    for office in set(offices):
        moved = sum(offices[number] == office for number in chosen)
        before = confirmed.get(office, 0)
        assert moved == 0 or before + moved <= limit
        left = offices.count(office) - moved
        full = free is not None and len(chosen) == free
        assert full or left == 0 or before + moved >= limit


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
