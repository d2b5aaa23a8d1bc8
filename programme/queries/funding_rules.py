"""The rules of the funding as a page shows them: with the numbers that hold."""

from dataclasses import dataclass

from programme.models import Programme
from programme.queries.parameters import parameter_set
from programme.rules.funding.catalogue import FUNDING_RULES, HOUSE_RULES, Entry
from programme.rules.funding.parameters import Parameter


@dataclass(frozen=True)
class RuleNumbers:
    """All numbers of one name that a rule tests with."""

    label: str
    rows: tuple[Parameter, ...]


@dataclass(frozen=True)
class RuleRow:
    """One rule with the numbers it tests with."""

    entry: Entry
    numbers: tuple[RuleNumbers, ...]


def rule_rows(*, programme: Programme, stage: str = "") -> list[RuleRow]:
    """Return all rules asked at a stage, of all stages by default, in one query."""
    numbers = parameter_set(programme=programme)
    return [
        RuleRow(
            entry=entry,
            numbers=tuple(
                RuleNumbers(key.label, numbers.named(key)) for key in entry.rule.parameters
            ),
        )
        for entry in (*FUNDING_RULES, *HOUSE_RULES)
        if not stage or stage in dict(entry.rule.severities)
    ]
