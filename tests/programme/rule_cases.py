"""What a rule is asked and what it must answer: the rows of the tables in test_rules_funding_*."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from programme.rules.funding.finding import Finding, Severity


@dataclass(frozen=True)
class Case:
    """One question to one rule; `expected` None means the rule is kept."""

    says: str
    check: Callable[..., Finding | None]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    expected: Finding | None

    def ask(self) -> Finding | None:
        return self.check(*self.args, **self.kwargs)


def keeps(says: str, check: Callable[..., Finding | None], *args: Any, **kwargs: Any) -> Case:
    """Return a question the rule has nothing to say to."""
    return Case(says, check, args, kwargs, None)


def breaks(
    says: str, expected: Finding, check: Callable[..., Finding | None], *args: Any, **kwargs: Any
) -> Case:
    """Return a question that breaks the rule with exactly this finding."""
    return Case(says, check, args, kwargs, expected)


def blocked(rule: Any, message: str, *, field: str = "", mend: str = "") -> Finding:
    return Finding(rule.id, Severity.BLOCK, message, rule.why, mend or rule.mend, field)


def warned(rule: Any, message: str, *, field: str = "", mend: str = "") -> Finding:
    return Finding(rule.id, Severity.WARN, message, rule.why, mend or rule.mend, field)


def told(rule: Any, message: str) -> Finding:
    return Finding(rule.id, Severity.INFO, message, rule.why, rule.mend)
