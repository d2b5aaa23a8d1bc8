"""Dates that follow from the rules: what is due when, how it stands, when to remind."""

from datetime import date
from decimal import Decimal

import pytest

from programme.rules.funding.dates import (
    Deadline,
    DrawnOn,
    MoneyToUse,
    Sent,
    Terms,
    dates,
    due_reminder,
)

START, END = date(2015, 10, 1), date(2017, 6, 30)
TERMS = Terms(interval=6, interim=1, final=(("Land Hessen", 6), ("AMIF", 2)))
SPENT = Decimal("1000.00")


def told(**facts):
    rows = dates(starts_on=START, ends_on=END, terms=TERMS, **facts)
    return [(row.key, row.due_on, row.done_on) for row in rows]


def test_the_final_proof_of_this_programme_is_due_on_31_august_2017():
    rows = told(drawn=[])

    assert ("final:AMIF", date(2017, 8, 31), None) in rows
    assert ("final:Land Hessen", date(2017, 12, 31), None) in rows


def test_dates_stand_in_the_order_of_the_calendar():
    drawn = [
        DrawnOn(1, date(2015, 12, 28), Decimal(0)),
        DrawnOn(2, date(2016, 6, 28), SPENT, proved_on=date(2016, 7, 20)),
    ]
    to_use = [MoneyToUse("AMIF", "10,00 EUR", date(2017, 1, 24))]

    assert told(
        drawn=drawn, to_use=to_use, sent=Sent(date(2017, 8, 1), {2016: date(2017, 3, 1)})
    ) == [
        ("interim:2", date(2016, 7, 28), date(2016, 7, 20)),
        ("request:3", date(2016, 12, 28), None),
        ("use:AMIF", date(2017, 1, 24), None),
        ("end", END, None),
        ("final:AMIF", date(2017, 8, 31), date(2017, 8, 1)),
        ("final:Land Hessen", date(2017, 12, 31), date(2017, 8, 1)),
    ]


def test_the_land_wants_a_proof_of_each_budget_year():
    rows = dates(
        starts_on=START,
        ends_on=END,
        terms=Terms(None, None, (), yearly=(("Land Hessen", 4),)),
        drawn=[],
        sent=Sent(None, {2015: date(2016, 4, 12)}),
    )

    assert [(row.key, row.due_on, row.done_on, row.rule) for row in rows][:2] == [
        ("yearly:2015", date(2016, 4, 30), date(2016, 4, 12), "H04"),
        ("yearly:2016", date(2017, 4, 30), None, "H04"),
    ]


def test_no_request_is_due_after_the_run_time_or_without_a_usual_interval():
    late = [DrawnOn(4, date(2017, 1, 31), Decimal(0))]
    without = dates(starts_on=START, ends_on=END, terms=Terms(None, None, ()), drawn=late)

    assert [key for key, *_ in told(drawn=late)] == ["end", "final:AMIF", "final:Land Hessen"]
    assert [row.key for row in without] == ["end"]


@pytest.mark.parametrize(
    ("day", "state", "words", "remind"),
    [
        (date(2017, 8, 2), "later", "in 29 Tagen fällig", None),
        (date(2017, 8, 3), "soon", "in 28 Tagen fällig", 28),
        (date(2017, 8, 23), "soon", "in 8 Tagen fällig", 28),
        (date(2017, 8, 24), "soon", "in 7 Tagen fällig", 7),
        (date(2017, 8, 30), "soon", "in 1 Tag fällig", 1),
        (date(2017, 8, 31), "soon", "heute fällig", 1),
        (date(2017, 9, 1), "overdue", "seit 1 Tag überfällig", None),
        (date(2017, 9, 2), "overdue", "seit 2 Tagen überfällig", None),
    ],
)
def test_a_date_says_how_it_stands_and_when_to_remind(day, state, words, remind):
    deadline = Deadline("final:AMIF", "Abschlussverwendungsnachweis", date(2017, 8, 31), "F14")

    assert (deadline.state(day), deadline.told(day)) == (state, words)
    assert due_reminder(deadline, day=day) == remind


def test_what_is_done_needs_no_reminder():
    done = Deadline("end", "Ende", date(2017, 8, 31), "F14", done_on=date(2017, 8, 1))

    assert (done.state(END), done.told(END)) == ("done", "erledigt am 01.08.2017")
    assert due_reminder(done, day=date(2017, 8, 24)) is None
