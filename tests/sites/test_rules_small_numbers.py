"""Numbers under five stay hidden, and nothing that is shown gives them away."""

from decimal import Decimal
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sites.rules.small_numbers import (
    Figure,
    Safe,
    difference,
    leaves_small_rest,
    safe,
    safe_total,
    shows_breakdown,
)


def count(value, n=None):
    return Figure("number", counts_cases=True, value=Decimal(value), n=n)


def share(part, whole):
    value = (Decimal(part) * 100 / whole).quantize(Decimal("0.01"))
    return Figure("percent", True, value, numerator=part, denominator=whole, n=whole)


@pytest.mark.parametrize("value", [0, 1, 3, 4])
def test_a_count_under_five_is_hidden(value):
    assert safe(count(value)).value is None


def test_five_cases_are_shown():
    assert safe(count(5, n=5)) == Safe(Decimal(5), 5)


def test_what_few_answered_is_hidden_with_their_number():
    figure = Figure("scale", counts_cases=False, value=Decimal("3.5"), n=4)

    assert safe(figure) == Safe(None, None)


def test_minutes_under_five_are_no_small_number_of_people():
    figure = Figure("number", counts_cases=False, value=Decimal(3), n=120)

    assert safe(figure) == Safe(Decimal(3), 120)


def test_an_n_close_to_a_count_is_hidden_for_the_rest_would_be_small():
    assert safe(count(20, n=23)) == Safe(Decimal(20), None)


@given(part=st.integers(0, 400), rest=st.integers(0, 400))
def test_share_times_n_never_gives_a_small_number(part, rest):
    whole = part + rest
    if not whole:
        return

    shown = safe(share(part, whole))

    if shown.value is not None and shown.n is not None:
        computed = round(shown.value * shown.n / 100)
        assert computed >= 5
        assert shown.n - computed >= 5


@given(st.lists(st.integers(0, 40), min_size=2, max_size=6))
def test_a_total_never_narrows_down_a_hidden_count(values):
    cells = [safe(count(value)).value for value in values]

    total = safe_total(cells)

    hidden = [value for value, cell in zip(values, cells, strict=True) if cell is None]
    if hidden:
        assert total is None
        # Without a total every hidden cell may still be anything from nought to four.
        guesses = list(product(range(5), repeat=min(len(hidden), 2)))
        assert len(guesses) >= 5
    else:
        assert total == sum(values)


@given(before=st.integers(0, 40), after=st.integers(0, 40))
def test_a_change_is_hidden_as_soon_as_one_of_the_two_is(before, after):
    change = difference(safe(count(before)).value, safe(count(after)).value)

    assert (change is None) == (min(before, after) < 5)


def mean(value, n):
    return Figure("number", counts_cases=False, value=Decimal(value), n=n)


def test_a_breakdown_without_small_groups_and_without_a_small_rest_is_shown():
    assert shows_breakdown(count(50), [count(20), count(25)])
    assert shows_breakdown(count(50), [count(20), count(30)])
    assert shows_breakdown(share(96, 412), [share(40, 200), share(56, 212)])
    assert shows_breakdown(mean(45, 120), [mean(30, 60), mean(60, 60)])


@pytest.mark.parametrize(
    ("total", "groups"),
    [
        (count(50), [count(47), count(3)]),
        (count(50), [count(50), count(0)]),
        (count(50), [count(20), count(27)]),
        (count(50), [count(30), count(30)]),
        (count(4), [count(4)]),
        (count(50, n=80), [count(20, n=40), count(30)]),
        (count(50, n=80), [count(20, n=23), count(30, n=57)]),
        (share(96, 412), [share(3, 200), share(93, 212)]),
        (share(96, 412), [share(40, 43), share(56, 369)]),
        (share(96, 412), [share(96, 400)]),
        (mean(45, 120), [mean(30, 60), mean(60, 57)]),
        (mean(45, 120), [mean(30, None), mean(60, None)]),
        (count(50), []),
    ],
)
def test_one_small_group_or_rest_hides_the_whole_breakdown(total, groups):
    assert not shows_breakdown(total, groups)


def _differences(whole, parts):
    """Everything a reader can compute: any choice of groups, and what is left of the whole."""
    for size in range(1, len(parts) + 1):
        for chosen in combinations(parts, size):
            yield sum(chosen)
            yield whole - sum(chosen)


counts = st.lists(st.integers(0, 30), min_size=1, max_size=5)


@given(groups=counts, rest=st.integers(0, 12), later=counts, later_rest=st.integers(0, 12))
def test_no_sum_and_no_rest_of_a_shown_breakdown_is_small(groups, rest, later, later_rest):
    shown = []
    for parts, left in ((groups, rest), (later, later_rest)):
        whole = sum(parts) + left
        if shows_breakdown(count(whole), [count(part) for part in parts]):
            # Nothing at all left over tells of no group: those that exist all stand there.
            assert all(n >= 5 or n == left == 0 for n in _differences(whole, parts))
            shown.append(parts)
        else:
            shown.append(None)

    # Before and after are shown or hidden on their own; what is hidden is in no change.
    small = [parts for parts in (groups, later) if min(parts) < 5]
    assert all(parts not in shown for parts in small)


pairs = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30)).filter(lambda pair: sum(pair) > 0),
    min_size=1,
    max_size=4,
)


@given(groups=pairs, rest=st.tuples(st.integers(0, 12), st.integers(0, 12)))
def test_neither_part_nor_base_nor_remainder_of_a_share_is_small(groups, rest):
    parts = [(part, part + other) for part, other in groups]
    whole = (sum(p for p, _ in parts) + rest[0], sum(b for _, b in parts) + sum(rest))

    if shows_breakdown(share(*whole), [share(*pair) for pair in parts]):
        columns = (
            (whole[0], [p for p, _ in parts]),
            (whole[1], [b for _, b in parts]),
            (whole[1] - whole[0], [b - p for p, b in parts]),
        )
        for total, numbers in columns:
            complete = total == sum(numbers)
            assert all(
                n >= 5 or (n == 0 and complete and sum(rest) == 0)
                for n in _differences(total, numbers)
            )


@pytest.mark.parametrize(
    ("total", "readings", "tells"),
    [
        (count(50), [count(27), count(20)], True),
        (count(50), [count(30), count(20)], False),
        (count(50), [count(25), count(20)], False),
        (count(50), [count(48), count(52)], False),
        (count(50, n=80), [count(20, n=40), count(20, n=37)], True),
        (count(20, n=23), [count(6, n=14), count(14, n=9)], True),
        (share(96, 412), [share(50, 200), share(46, 209)], True),
        (share(96, 412), [share(50, 200), share(36, 200)], True),
        (share(96, 412), [share(50, 200), share(46, 212)], False),
        (mean(45, 120), [mean(44, 60), mean(46, 57)], True),
        (mean(45, 120), [mean(44, None), mean(46, None)], False),
    ],
)
def test_readings_tell_when_a_small_rest_of_the_value_is_left(total, readings, tells):
    assert leaves_small_rest(total, readings) is tells


@given(weeks=st.lists(st.integers(5, 40), min_size=1, max_size=4), left_out=st.integers(0, 12))
def test_a_week_nobody_wrote_down_cannot_be_worked_out_if_it_was_small(weeks, left_out):
    total = count(sum(weeks) + left_out)

    tells = leaves_small_rest(total, [count(week) for week in weeks])

    assert tells is (0 < left_out < 5)
