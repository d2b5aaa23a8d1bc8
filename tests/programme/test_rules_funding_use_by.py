"""F15: drawn money is used in time, first in first out."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.rules.funding import use_by
from programme.rules.funding.use_by import DayAmount, LateUse, Use, late_uses, uses
from programme.rules.money import from_cents
from tests.programme.rule_cases import breaks, keeps, warned

D = Decimal
NEW_YEAR, FEBRUARY = date(2016, 1, 1), date(2016, 2, 1)


def money(*pairs):
    return [DayAmount(day, D(amount)) for day, amount in pairs]


CASES = (
    keeps("nothing was drawn", use_by.used_in_time, [], [], days=60, today=FEBRUARY),
    keeps(
        "paid on the last day, which is after the leap day",
        use_by.used_in_time,
        money((NEW_YEAR, "100")),
        money((date(2016, 3, 1), "100")),
        days=60,
        today=date(2017, 1, 1),
    ),
    keeps(
        "paid before the money came",
        use_by.used_in_time,
        money((FEBRUARY, "100")),
        money((NEW_YEAR, "60"), (FEBRUARY, "40")),
        days=60,
        today=date(2017, 1, 1),
    ),
    keeps(
        "not paid, but there is time left",
        use_by.used_in_time,
        money((NEW_YEAR, "100")),
        [],
        days=60,
        today=date(2016, 3, 1),
    ),
    breaks(
        "a part late by a day, a part not used",
        warned(
            use_by.F15,
            "Nicht innerhalb von 60 Tagen verwendet: 40,00 EUR aus dem Abruf vom 01.01.2016, "
            "verwendet am 02.03.2016, 1 Tag über der Frist; 0,01 EUR aus dem Abruf vom "
            "01.01.2016, noch offen, 31 Tage über der Frist.",
        ),
        use_by.used_in_time,
        money((NEW_YEAR, "100.01")),
        money((FEBRUARY, "60"), (date(2016, 3, 2), "40")),
        days=60,
        today=date(2016, 4, 1),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_the_rule_of_use_answers_with_exactly_this(case):
    assert case.ask() == case.expected


def test_the_oldest_money_is_used_first_whatever_the_order_of_the_rows():
    drawn = money((FEBRUARY, "50"), (NEW_YEAR, "100"))
    paid = money((date(2016, 2, 20), "80"), (date(2016, 1, 10), "30"))

    assert uses(drawn, paid) == (
        Use(NEW_YEAR, D(30), date(2016, 1, 10)),
        Use(NEW_YEAR, D(70), date(2016, 2, 20)),
        Use(FEBRUARY, D(10), date(2016, 2, 20)),
        Use(FEBRUARY, D(40), None),
    )


def test_a_refund_takes_back_the_newest_payments_before_it():
    paid = money((NEW_YEAR, "70"), (FEBRUARY, "30"), (FEBRUARY, "-50"), (date(2016, 6, 1), "50"))

    assert late_uses(money((NEW_YEAR, "100")), paid, days=60, today=date(2016, 6, 1)) == (
        LateUse(NEW_YEAR, D(50), date(2016, 6, 1), 92),
    )


def test_a_refund_of_more_than_was_paid_leaves_nothing_used():
    paid = money((NEW_YEAR, "10"), (NEW_YEAR, "-20"))

    assert uses(money((NEW_YEAR, "10")), paid) == (Use(NEW_YEAR, D(10), None),)


ROWS = st.lists(st.tuples(st.integers(0, 600), st.integers(1, 10**7)), max_size=12)


@given(drawn=ROWS, paid=ROWS)
def test_every_drawn_cent_is_used_once_or_open_and_older_money_goes_first(drawn, paid):
    draws, payments = (
        [DayAmount(NEW_YEAR + timedelta(days), from_cents(cents)) for days, cents in rows]
        for rows in (drawn, paid)
    )

    found = uses(draws, payments)

    assert sum(use.amount_eur for use in found) == sum(draw.amount_eur for draw in draws)
    used = sum(use.amount_eur for use in found if use.used_on is not None)
    assert used == min(sum(d.amount_eur for d in draws), sum(p.amount_eur for p in payments))
    assert [use.drawn_on for use in found] == sorted(use.drawn_on for use in found)
    days = [use.used_on or date.max for use in found]
    assert days == sorted(days)
