"""H04: the interim proof of each budget year."""

from datetime import date

from programme.rules.funding import yearly
from programme.rules.funding.yearly import budget_years
from tests.programme.rule_cases import breaks, keeps, warned

DUE = date(2017, 4, 30)
LATE = date(2017, 5, 2)
CASES = (
    keeps(
        "the last day",
        yearly.yearly_proof_in_time,
        2016,
        submitted_on=None,
        months=4,
        today=DUE,
    ),
    keeps(
        "it came in time",
        yearly.yearly_proof_in_time,
        2016,
        submitted_on=DUE,
        months=4,
        today=LATE,
    ),
    breaks(
        "the day has passed",
        warned(
            yearly.H04,
            "Der Zwischennachweis für das Haushaltsjahr 2016 war am 30.04.2017 fällig.",
        ),
        yearly.yearly_proof_in_time,
        2016,
        submitted_on=None,
        months=4,
        today=LATE,
    ),
    breaks(
        "it came late",
        warned(
            yearly.H04,
            "Der Zwischennachweis für das Haushaltsjahr 2016 kam am 02.05.2017, fällig war er am "
            "30.04.2017.",
        ),
        yearly.yearly_proof_in_time,
        2016,
        submitted_on=LATE,
        months=4,
        today=LATE,
    ),
)


def test_the_rule_answers_each_case():
    for case in CASES:
        assert case.ask() == case.expected, case.says


def test_a_year_the_programme_ends_in_is_for_the_final_proof():
    assert list(budget_years(date(2015, 10, 1), date(2017, 6, 30))) == [2015, 2016]
    assert list(budget_years(date(2016, 1, 1), date(2016, 12, 31))) == []
