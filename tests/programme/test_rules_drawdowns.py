"""The proposal of a drawdown: need by the pace of the plan, room until the caps, parts."""

from datetime import date
from decimal import Decimal

import pytest

from programme.errors import RuleBroken
from programme.rules import drawdowns as rules
from programme.rules.drawdowns import Proposal, Purse
from programme.rules.funding.vouchers import Window

WINDOW = Window(date(2015, 10, 1), date(2017, 6, 30), date(2016, 6, 28))
CAP = Decimal("0.80")


def purses(*, drawn_land="0.00", drawn_amif="0.00", cap=CAP):
    land = Purse("land", "Land", *map(Decimal, ("112000", "112000", "0", drawn_land)))
    amif = Purse("amif", "AMIF", *map(Decimal, ("100000", "100000", "0", drawn_amif)), cap)
    return land, amif


def test_each_day_of_the_run_time_costs_the_same():
    need = rules.planned_need(
        planned_eur=Decimal("639000.00"),
        spent_eur=Decimal(0),
        window=WINDOW,
        since=date(2016, 1, 1),
        until=date(2016, 7, 1),
    )

    assert (WINDOW.ends_on - WINDOW.starts_on).days + 1 == 639
    assert need == Decimal("182000.00")


@pytest.mark.parametrize(
    ("since", "until", "spent", "need"),
    [
        (date(2017, 6, 28), date(2017, 12, 28), "0", "2000.00"),
        (date(2017, 6, 30), date(2017, 12, 30), "0", "0.00"),
        (date(2018, 1, 1), date(2018, 7, 1), "0", "0.00"),
        (date(2015, 3, 1), date(2015, 10, 2), "0", "2000.00"),
        (date(2016, 1, 1), date(2016, 7, 1), "638900.00", "100.00"),
        (date(2016, 1, 1), date(2016, 7, 1), "700000.00", "0.00"),
    ],
)
def test_days_outside_the_run_time_and_money_the_plan_has_not_are_no_need(
    since, until, spent, need
):
    found = rules.planned_need(
        planned_eur=Decimal("639000.00"),
        spent_eur=Decimal(spent),
        window=WINDOW,
        since=since,
        until=until,
    )

    assert found == Decimal(need)


def test_the_room_is_the_largest_drawdown_that_keeps_every_cap():
    free = rules.room_eur(purses())
    used = rules.room_eur(purses(drawn_land="44800.00", drawn_amif="40000.01"))

    assert free == Decimal("169600.00")
    for room, drawn in ((free, Decimal(0)), (used, Decimal("40000.01"))):
        amif = rules.parts(requested_eur=room, purses=purses())[1]
        more = rules.parts(requested_eur=room + Decimal("0.03"), purses=purses())[1]
        assert amif.requested_eur + drawn <= 80000
        assert more.requested_eur + drawn > 80000


def test_without_a_cap_the_grant_itself_is_the_limit():
    assert rules.room_eur(purses(cap=None)) == Decimal("212000.00")
    assert rules.room_eur(purses(drawn_amif="90000.00")) == Decimal("0.00")
    assert rules.room_eur(()) == Decimal("0.00")


def test_the_parts_keep_the_ratio_of_the_plan_and_sum_to_the_amount():
    parts = rules.parts(requested_eur=Decimal("100.01"), purses=purses())

    assert [(part.key, part.requested_eur) for part in parts] == [
        ("land", Decimal("52.84")),
        ("amif", Decimal("47.17")),
    ]


@pytest.mark.parametrize(
    ("spent", "drawn", "room", "amount", "is_capped"),
    [
        ("1000", "0", "5000", "3000.00", False),
        ("1000", "2500", "5000", "500.00", False),
        ("1000", "9000", "5000", "0.00", False),
        ("9000", "0", "5000", "5000", True),
    ],
)
def test_proposed_is_what_was_spent_and_will_be_needed_less_what_was_drawn(
    spent, drawn, room, amount, is_capped
):
    proposal = Proposal(*map(Decimal, (spent, drawn, "2000.00", room)), date(2016, 12, 28))

    assert (proposal.amount_eur, proposal.is_capped) == (Decimal(amount), is_capped)


@pytest.mark.parametrize(
    ("day", "message"),
    [(date(2015, 9, 30), "vor dem Beginn"), (date(2016, 6, 29), "in der Zukunft")],
)
def test_a_drawdown_is_asked_for_during_the_run_time_and_not_in_the_future(day, message):
    with pytest.raises(RuleBroken, match=message) as refused:
        rules.day_in_order(day, WINDOW)

    assert refused.value.field == "requested_on"
