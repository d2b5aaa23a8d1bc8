"""The catalogue: all 36 rules, each with a case that breaks it and one that keeps it."""

import inspect
import re
from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from programme.enums import ParameterKey, SourceKey
from programme.errors import RuleBroken
from programme.rules.funding.catalogue import FUNDING_RULES, HOUSE_RULES
from programme.rules.funding.deadlines import plus_months
from programme.rules.funding.finding import Finding, Rule, Severity, Stage, refuse
from programme.rules.funding.parameters import Parameter, ParameterSet
from programme.services.master_parameters import NUMBERS
from tests.house.source import ROOT
from tests.programme import (
    test_rules_funding_amounts,
    test_rules_funding_checks,
    test_rules_funding_costs,
    test_rules_funding_drawdowns,
    test_rules_funding_einvoice,
    test_rules_funding_plan,
    test_rules_funding_proof,
    test_rules_funding_use_by,
    test_rules_funding_vouchers,
    test_rules_funding_yearly,
)

TABLES = (
    test_rules_funding_amounts,
    test_rules_funding_checks,
    test_rules_funding_costs,
    test_rules_funding_drawdowns,
    test_rules_funding_einvoice,
    test_rules_funding_plan,
    test_rules_funding_proof,
    test_rules_funding_use_by,
    test_rules_funding_vouchers,
    test_rules_funding_yearly,
)
CASES = [case for table in TABLES for case in table.CASES]
ENTRIES = (*FUNDING_RULES, *HOUSE_RULES)
NEW_YEAR = date(2016, 1, 1)


SOURCES = {
    path: path.read_text(encoding="utf-8")
    for app in ("programme", "network", "sites", "publications")
    for path in (ROOT / app).rglob("*.py")
    if path.name != "catalogue.py"
}


def _is_asked(check):
    """Whether another module than the one that defines it calls the function."""
    called = re.compile(rf"\b{check.__name__}\(")
    home = Path(inspect.getfile(check))
    return any(called.search(text) for path, text in SOURCES.items() if path != home)


def finding(severity):
    return Finding("F99", severity, f"{severity.value}.", "Darum.", "Bitte so.", "feld")


def test_the_catalogue_has_all_36_rules_in_order():
    assert [entry.rule.id for entry in FUNDING_RULES] == [f"F{n:02}" for n in range(1, 37)]
    assert [entry.rule.id for entry in HOUSE_RULES] == ["H01", "H02", "H03", "H04"]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.rule.id)
def test_every_function_of_a_rule_has_a_case_that_breaks_it_and_one_that_keeps_it(entry):
    answers = defaultdict(set)
    for case in CASES:
        if case.check in entry.checks:
            answers[case.check].add(case.expected.rule if case.expected else "kept")

    assert answers == {check: {entry.rule.id, "kept"} for check in entry.checks}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.rule.id)
def test_the_cases_of_a_rule_answer_as_they_say_when_they_are_asked(entry):
    cases = [case for case in CASES if case.check in entry.checks]
    answers = [case.ask() for case in cases]

    assert answers == [case.expected for case in cases]
    assert {answer is None for answer in answers} == {True, False}
    assert {answer.rule for answer in answers if answer} == {entry.rule.id}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.rule.id)
def test_the_portal_asks_every_function_of_a_rule_it_says_it_applies(entry):
    asked = {check.__name__ for check in entry.checks if _is_asked(check)}

    assert asked == {check.__name__ for check in entry.checks} or not entry.applied


def test_every_case_asks_a_function_of_the_catalogue():
    known = {check for entry in ENTRIES for check in entry.checks}

    assert {case.check for case in CASES} == known


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.rule.id)
def test_a_rule_is_told_in_full_sentences_and_says_where_it_is_applied(entry):
    rule = entry.rule
    sentences = [rule.tests, rule.why, rule.mend, *filter(None, (entry.applied, entry.waits))]

    assert len(sentences) >= 4
    assert [text for text in sentences if not text.endswith(".")] == []
    assert rule.title
    assert rule.basis
    assert rule.severities
    assert set(rule.parameters) <= {number.key for number in NUMBERS}
    assert (
        entry.state
        == {
            (True, False): "angewendet",
            (True, True): "teilweise angewendet",
            (False, True): "noch nicht angewendet",
        }[bool(entry.applied), bool(entry.waits)]
    )


def test_every_number_of_the_master_data_belongs_to_a_rule():
    used = {key for entry in FUNDING_RULES for key in entry.rule.parameters}

    assert used == set(ParameterKey) == {number.key for number in NUMBERS}


def test_a_block_is_refused_even_if_confirmed_and_names_its_field():
    with pytest.raises(RuleBroken) as refused:
        refuse([None, finding(Severity.WARN), finding(Severity.BLOCK)], confirmed=True)

    assert refused.value.message == "Regel F99: block. Darum. Bitte so."
    assert refused.value.field == "feld"


def test_warnings_ask_for_a_confirmation_and_information_never_stops():
    findings = [finding(Severity.INFO), finding(Severity.WARN)]

    refuse(findings, confirmed=True)
    refuse([finding(Severity.INFO), None], confirmed=False)
    with pytest.raises(RuleBroken) as refused:
        refuse(findings, confirmed=False)

    assert refused.value.message == "Regel F99: warn. Darum. Bitte so."
    assert refused.value.field == "confirmed"


def test_a_rule_is_as_strict_as_its_stage():
    rule = Rule(
        *("F99", "Titel", "Prüft.", "Darum.", "So."),
        severities=((Stage.ENTRY, Severity.WARN), (Stage.PROOF, Severity.BLOCK)),
        basis="Gesetz",
    )

    assert rule.broken("Falsch.", stage=Stage.PROOF).severity is Severity.BLOCK
    assert rule.broken("Falsch.").severity is Severity.WARN


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2015, 8, 31), 6, date(2016, 2, 29)),
        (date(2016, 8, 31), 6, date(2017, 2, 28)),
        (date(2016, 2, 29), 12, date(2017, 2, 28)),
        (date(2016, 12, 31), 1, date(2017, 1, 31)),
        (date(2016, 1, 31), 0, date(2016, 1, 31)),
        (date(2016, 3, 31), -1, date(2016, 2, 29)),
    ],
)
def test_months_later_stays_within_the_month(day, months, later):
    assert plus_months(day, months) == later


def test_a_number_holds_on_both_ends_of_its_validity():
    number = partial(
        Parameter,
        key=ParameterKey.INVENTORY_LIMIT_EUR,
        unit="EUR",
        basis="ANBest-P Nr. 4",
        is_confirmed=False,
    )
    old = number(
        source="amif",
        source_name="AMIF",
        value=Decimal(410),
        valid_from=NEW_YEAR,
        valid_to=date(2018, 12, 31),
    )
    new = number(
        source="amif",
        source_name="AMIF",
        value=Decimal(800),
        valid_from=date(2019, 1, 1),
        valid_to=None,
    )
    land = number(
        source="land", source_name="Land", value=Decimal(500), valid_from=NEW_YEAR, valid_to=None
    )
    rows = ParameterSet((old, new, land))
    key, source = ParameterKey.INVENTORY_LIMIT_EUR, SourceKey.AMIF

    assert rows.named(key) == (old, new, land)
    assert rows.named(ParameterKey.ADVANCE_CAP) == ()
    assert rows.value(key, source=source, on=date(2018, 12, 31)) == 410
    assert rows.value(key, source=source, on=date(2019, 1, 1)) == 800
    assert [rows.strictest(key, on=day) for day in (NEW_YEAR, date(2019, 1, 1))] == [410, 500]
    assert [rows.longest(key, on=day) for day in (NEW_YEAR, date(2019, 1, 1))] == [500, 800]
    assert rows.strictest(ParameterKey.ADVANCE_CAP, on=NEW_YEAR) is None
    assert rows.longest(ParameterKey.ADVANCE_CAP, on=NEW_YEAR) is None
    with pytest.raises(RuleBroken, match=r"am 31\.12\.2015 kein Wert"):
        rows.value(key, source=source, on=date(2015, 12, 31))


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("0.7500", "Anteil", "75 %"),
        ("100000.0000", "EUR", "100.000,00 EUR"),
        ("183.0000", "Tage", "183 Tage"),
        ("60.0000", "Tage", "60 Tage"),
        ("1.0000", "Monate", "1 Monat"),
        ("1.5000", "Jahre", "1,5 Jahre"),
    ],
)
def test_a_number_is_written_as_people_read_it(value, unit, text):
    number = Parameter(
        source="land",
        source_name="Land Hessen",
        key=ParameterKey.RETENTION_YEARS,
        value=Decimal(value),
        unit=unit,
        valid_from=NEW_YEAR,
        valid_to=None,
        basis="Bescheid",
        is_confirmed=False,
    )

    assert number.value_text == text
    numbers = ParameterSet((number,))
    with pytest.raises(RuleBroken, match="Quelle AMIF"):
        numbers.value(ParameterKey.RETENTION_YEARS, source=SourceKey.AMIF, on=NEW_YEAR)
