"""Amounts as typed, rounded and written; parts that always sum to the whole."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.errors import RuleBroken
from programme.rules.money import (
    as_typed,
    at_most,
    by_ratio,
    parse_amount,
    read_back,
    round_half_up,
    rounded,
    written,
)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1.234,56", "1234.56"),
        ("1234.56", "1234.56"),
        ("1 234,56 €", "1234.56"),
        ("1\u202f234,56\u00a0EUR", "1234.56"),
        ("€ 12,5", "12.50"),
        ("1234", "1234.00"),
        ("1 234", "1234.00"),
        ("1.234.567", "1234567.00"),
        ("0,01 Euro", "0.01"),
        ("999.999.999,99", "999999999.99"),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed, amount):
    assert str(parse_amount(typed)) == amount


@pytest.mark.parametrize("typed", ["1.234", "1,234", "12.345 €"])
def test_an_amount_with_two_readings_is_asked_back(typed):
    with pytest.raises(RuleBroken, match="nicht eindeutig"):
        parse_amount(typed)


@pytest.mark.parametrize("typed", ["0", "0,00", "-5", "−5,00", "– 3"])
def test_an_amount_not_above_zero_is_refused(typed):
    with pytest.raises(RuleBroken, match="größer als 0,00"):
        parse_amount(typed)


def test_zero_is_an_amount_where_a_line_or_a_source_may_pay_nothing():
    assert [str(parse_amount(typed, may_be_zero=True)) for typed in ("0", "0,00 €", "0,01")] == [
        "0.00",
        "0.00",
        "0.01",
    ]
    with pytest.raises(RuleBroken, match="nicht kleiner als 0,00"):
        parse_amount("-0,01", may_be_zero=True)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "abc",
        "1,234.56",
        "1.23,00",
        "12 34",
        "0.500",
        "1234.567",
        "1e5",
        "٣",
        "12,",
        ",5",
        "=1+1",
    ],
)
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(RuleBroken, match="höchstens zwei Nachkommastellen"):
        parse_amount(typed)


@pytest.mark.parametrize("typed", ["9" * 12, "9" * 5000])
def test_an_amount_beyond_all_measure_is_refused(typed):
    with pytest.raises(RuleBroken, match="Stellen"):
        parse_amount(typed)


@pytest.mark.parametrize(
    ("exact", "cents"),
    [
        (Fraction(1, 2), 1),
        (Fraction(3, 2), 2),
        (Fraction(149, 100), 1),
        (Fraction(0), 0),
        (Fraction(5, 2), 3),
    ],
)
def test_halves_are_rounded_up(exact, cents):
    assert round_half_up(exact) == cents


def test_decimals_are_rounded_half_up():
    assert [rounded(Decimal(text)) for text in ("0.005", "0.015", "2.5")] == [
        Decimal("0.01"),
        Decimal("0.02"),
        Decimal("2.50"),
    ]


def test_a_limit_is_cut_to_the_cent_so_that_nothing_above_it_passes():
    assert [at_most(Decimal(text)) for text in ("12.036", "12.03", "0.009")] == [
        Decimal("12.03"),
        Decimal("12.03"),
        Decimal("0.00"),
    ]


@given(
    cents=st.integers(0, 10**12),
    weights=st.lists(st.integers(0, 10**9), min_size=1, max_size=5).filter(any),
)
def test_parts_sum_to_the_whole_and_stay_within_a_cent_of_their_exact_value(cents, weights):
    parts = by_ratio(cents, weights)

    assert sum(parts) == cents
    assert all(
        abs(part - Fraction(cents * weight, sum(weights))) < 1
        for part, weight in zip(parts, weights, strict=True)
    )


@pytest.mark.parametrize(
    ("amount", "read", "put_in"),
    [("-1234.565", "−1.234,57 EUR", "-1.234,57"), ("0.005", "0,01 EUR", "0,01")],
)
def test_an_amount_is_written_for_readers_and_for_inputs_and_read_back(amount, read, put_in):
    assert (written(Decimal(amount)), as_typed(Decimal(amount))) == (read, put_in)
    assert read_back(read) == rounded(Decimal(amount))
