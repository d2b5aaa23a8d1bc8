"""Numbers under five stay hidden, and nothing that is shown gives them away."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sites.rules.small_numbers import Figure, Safe, difference, safe, safe_total


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
