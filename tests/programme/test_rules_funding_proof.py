"""F14, F19, F29, F30, F36: the proof of use."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.rules.funding import proof
from programme.rules.funding.proof import (
    GoalReport,
    IndicatorReport,
    ProofChange,
    ProofLine,
    ReducedGrant,
    SourceGrant,
    final_proof_due,
    reduced_grants,
)
from programme.rules.money import from_cents
from tests.programme.rule_cases import blocked, breaks, keeps, told, warned

D = Decimal
END, DUE = date(2017, 6, 30), date(2017, 8, 31)
SEED = [SourceGrant("Land Hessen", D("112000.00")), SourceGrant("AMIF", D("100000.00"))]


def sent(submitted_on, *, today=date(2017, 9, 2)):
    return {"submitted_on": submitted_on, "months": 2, "today": today}


CASES = (
    keeps("submitted on the last day", proof.final_proof_in_time, END, **sent(DUE)),
    keeps("there is time left", proof.final_proof_in_time, END, **sent(None, today=DUE)),
    breaks(
        "submitted a day late",
        warned(proof.F14, "Der Abschlussnachweis kam am 01.09.2017, fällig war er am 31.08.2017."),
        proof.final_proof_in_time,
        END,
        **sent(date(2017, 9, 1)),
    ),
    breaks(
        "overdue",
        warned(proof.F14, "Der Abschlussnachweis ist seit 31.08.2017 überfällig (2 Tage)."),
        proof.final_proof_in_time,
        END,
        **sent(None),
    ),
    keeps(
        "exact parts are rounded once, half up",
        proof.figures_agree,
        [ProofLine("Reise", D("0.01"), (D("0.0025"), D("0.0025"))), ProofLine("Leer", D(0), ())],
    ),
    breaks(
        "two lines a cent off",
        blocked(
            proof.F19,
            "„Reise“ zeigt 1,01 EUR, die Belege ergeben 1,00 EUR; „Druck“ zeigt 0,00 EUR, die "
            "Belege ergeben 0,01 EUR.",
        ),
        proof.figures_agree,
        [
            ProofLine("Reise", D("1.01"), (D("0.50"), D("0.50"))),
            ProofLine("Gut", D("2.00"), (D("2.00"),)),
            ProofLine("Druck", D("0.00"), (D("0.01"),)),
        ],
    ),
    keeps(
        "a value of nought and a reason for none",
        proof.narrative_complete,
        [GoalReport("Wartezeit", "erreicht")],
        [IndicatorReport("Schulungen", D(0)), IndicatorReport("Personen", None, "nicht erhoben")],
    ),
    breaks(
        "a text and a reason are missing",
        blocked(
            proof.F29,
            "Im Sachbericht fehlt: Text zum Ziel „Wartezeit“; Wert oder Grund zur Kennzahl "
            "„Personen“.",
        ),
        proof.narrative_complete,
        [GoalReport("Wartezeit", " "), GoalReport("Auskunft", "erreicht")],
        [IndicatorReport("Schulungen", D(3)), IndicatorReport("Personen", None, " ")],
    ),
    breaks(
        "of many missing texts the first are named",
        blocked(
            proof.F29,
            "Im Sachbericht fehlt: Text zum Ziel „A“; Text zum Ziel „B“; Text zum Ziel „C“; "
            "2 weitere Angaben.",
        ),
        proof.narrative_complete,
        [GoalReport(name, "") for name in "ABCDE"],
        [],
    ),
    keeps("all was spent", proof.grant_as_planned, SEED, actual_eur=D("212000.00")),
    breaks(
        "a cent less was spent",
        told(
            proof.F30,
            "Förderfähig sind 211.999,99 EUR von geplanten 212.000,00 EUR. Die Zuwendung sinkt "
            "auf: Land Hessen 111.999,99 EUR (0,01 EUR weniger); AMIF 100.000,00 EUR (0,00 EUR "
            "weniger).",
        ),
        proof.grant_as_planned,
        SEED,
        actual_eur=D("211999.99"),
    ),
    keeps(
        "a draft is changed",
        proof.unchanged_after_submission,
        ProofChange(is_submitted=False, makes_new_version=False, reason=""),
    ),
    keeps(
        "a new version with a reason",
        proof.unchanged_after_submission,
        ProofChange(is_submitted=True, makes_new_version=True, reason="Beleg 3 berichtigt"),
    ),
    breaks(
        "a submitted proof is changed",
        blocked(proof.F36, "Der Nachweis ist eingereicht und wird nicht mehr geändert."),
        proof.unchanged_after_submission,
        ProofChange(is_submitted=True, makes_new_version=False, reason="Beleg 3 berichtigt"),
    ),
    breaks(
        "a new version without a reason",
        blocked(proof.F36, "Der Grund der neuen Fassung fehlt.", field="reason"),
        proof.unchanged_after_submission,
        ProofChange(is_submitted=True, makes_new_version=True, reason=" "),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_a_rule_of_the_proof_answers_with_exactly_this(case):
    assert case.ask() == case.expected


@pytest.mark.parametrize(
    ("ends_on", "months", "due"),
    [
        (END, 2, DUE),
        (END, 6, date(2017, 12, 31)),
        (date(2015, 12, 31), 2, date(2016, 2, 29)),
        (date(2016, 12, 1), 2, date(2017, 2, 28)),
        (date(2016, 10, 31), 2, date(2016, 12, 31)),
    ],
)
def test_the_final_proof_is_due_at_the_end_of_its_month(ends_on, months, due):
    assert final_proof_due(ends_on, months=months) == due


def test_half_the_spending_halves_every_grant():
    assert reduced_grants(SEED, actual_eur=D("106000.00")) == (
        ReducedGrant("Land Hessen", D("56000.00"), D("56000.00")),
        ReducedGrant("AMIF", D("50000.00"), D("50000.00")),
    )


def test_without_a_plan_there_is_nothing_to_reduce():
    assert reduced_grants([SourceGrant("Land", D(0))], actual_eur=D(5)) == (
        ReducedGrant("Land", D("0.00"), D("0.00")),
    )


@given(
    plan=st.lists(st.integers(0, 10**9), min_size=1, max_size=4).filter(any),
    actual=st.integers(0, 2 * 10**9),
)
def test_reduced_grants_sum_to_what_was_spent_and_never_exceed_the_plan(plan, actual):
    sources = [SourceGrant("Quelle", from_cents(cents)) for cents in plan]

    grants = reduced_grants(sources, actual_eur=from_cents(actual))

    assert sum(grant.reduced_eur for grant in grants) == from_cents(min(actual, sum(plan)))
    for source, grant in zip(sources, grants, strict=True):
        assert 0 <= grant.reduced_eur <= source.planned_eur
        assert grant.reduced_eur + grant.saved_eur == source.planned_eur
    kept = proof.grant_as_planned(sources, actual_eur=from_cents(actual)) is None
    assert kept == (actual >= sum(plan))
