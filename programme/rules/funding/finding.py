"""What a rule is and what it says when it is not met."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from programme.enums import ParameterKey
from programme.errors import RuleBroken


class Severity(TextChoices):
    """What a finding does: forbid, ask the person to look again, or only tell."""

    BLOCK = "block", "sperrt"
    WARN = "warn", "warnt"
    INFO = "info", "informiert"


class Stage(TextChoices):
    """When a rule is asked."""

    PLAN = "plan", "Finanzierungsplan"
    ENTRY = "entry", "Beleg erfassen und prüfen"
    DRAWDOWN = "drawdown", "Mittelabruf"
    PROOF = "proof", "Verwendungsnachweis"
    PUBLISH = "publish", "Veröffentlichung"
    DELETION = "deletion", "Löschung"


@dataclass(frozen=True)
class Finding:
    """A rule that is not met: what is wrong, why it matters, how to mend it."""

    rule: str
    severity: Severity
    message: str
    why: str
    mend: str
    field: str = ""

    @property
    def text(self) -> str:
        return f"Regel {self.rule}: {self.message} {self.why} {self.mend}"


@dataclass(frozen=True)
class Rule:
    """One rule in plain words: what it tests in one sentence, when, how strictly, and why.

    `severities` pairs each stage at which the rule is asked with what a finding does there;
    `is_sourced` says whether the basis was read in a public source or is known from practice.
    """

    id: str
    title: str
    tests: str
    why: str
    mend: str
    severities: tuple[tuple[Stage, Severity], ...]
    basis: str
    is_sourced: bool = False
    parameters: tuple[ParameterKey, ...] = ()

    def severity_at(self, stage: Stage | None) -> Severity:
        """Return what a finding does at a stage; without stage, at the first one of the rule."""
        return self.severities[0][1] if stage is None else dict(self.severities)[stage]

    def broken(
        self, message: str, *, field: str = "", mend: str = "", stage: Stage | None = None
    ) -> Finding:
        """Return the finding; `mend` replaces the general remedy by one for this case."""
        severity = self.severity_at(stage)
        return Finding(self.id, severity, message, self.why, mend or self.mend, field)


def refuse(findings: Iterable[Finding | None], *, confirmed: bool) -> None:
    """Raise RuleBroken for the first blocking finding, or for warnings nobody has confirmed.

    Each warning is a line of its own. What only informs never stops anybody.
    """
    found = [finding for finding in findings if finding is not None]
    for finding in found:
        if finding.severity is Severity.BLOCK:
            raise RuleBroken(finding.text, field=finding.field)
    warnings = [finding.text for finding in found if finding.severity is Severity.WARN]
    if warnings and not confirmed:
        raise RuleBroken("\n".join(warnings), field="confirmed")


def day_text(day: date) -> str:
    """Write a day as "31.08.2017", for sentences of rules."""
    return f"{day:%d.%m.%Y}"


def missing_of(*items: tuple[str, object]) -> str:
    """Name what is not there: empty texts, None and False; nothing if all of it is."""
    return ", ".join(
        word
        for word, item in items
        if item is None or item is False or (isinstance(item, str) and not item.strip())
    )
