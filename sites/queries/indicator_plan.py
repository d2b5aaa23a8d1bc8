"""What importing a table would do to the values of one site, before it is done."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from programme import clock
from programme.rules.sheets import Line, Problem
from sites.models import Indicator, IndicatorValue, Site
from sites.queries.indicators import Sheet, sheet
from sites.rules.indicator_lines import KEY, LABELS, Written, cells_of, understood
from sites.rules.indicator_values import COLUMNS, ValueDraft, completed, draft_of, flaws

NEW, CHANGED, SAME = "neu", "geändert", "unverändert"


class Outcome(NamedTuple):
    """What one line would do; of numbers only the names of the columns are told."""

    line: int
    indicator: str
    phase: str
    state: str
    columns: tuple[str, ...]


@dataclass
class Plan:
    """The drafts by phase and indicator and what they would do, or what is wrong."""

    drafts: dict[str, dict[int, ValueDraft]] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    stands: list[str] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        """Return what changes as soon as the import would do something else."""
        text = json.dumps([self.outcomes, self.problems, self.stands], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Return how many lines are new, changed, unchanged."""
        states = [outcome.state for outcome in self.outcomes]
        return [(state, states.count(state)) for state in (NEW, CHANGED, SAME)]

    @property
    def has_work(self) -> bool:
        """Say whether any line would change something."""
        return any(outcome.state != SAME for outcome in self.outcomes)


def table(*, site: Site) -> list[list[str]]:
    """Return one line an indicator and phase, entered or not; small numbers hidden."""
    entered = sheet(site=site)
    return [
        cells_of(indicator, phase, entered.values.get((indicator.pk, phase)))
        for indicator in entered.indicators
        for phase in ("baseline", "mid", "end")
    ]


def plan(*, site: Site, lines: Sequence[Line]) -> Plan:
    """Return what the lines would do to the values of a site; empty lines change nothing."""
    entered = sheet(site=site)
    by_key = {row.key: row for row in entered.indicators}
    written, problems = understood(lines)
    made = Plan(problems=problems)
    if problems:
        return made
    for line in written:
        indicator = by_key.get(line.key)
        if indicator is None:
            made.problems.append(
                Problem(line.line, KEY, "Diese Kennung gibt es an diesem Standort nicht.")
            )
        else:
            _step(made, line, indicator, entered, site)
    return made


def _step(made: Plan, line: Written, indicator: Indicator, entered: Sheet, site: Site) -> None:
    value = entered.values.get((indicator.pk, line.phase))
    stands = draft_of(value)
    draft = stands if line.draft is None or line.draft.is_empty else line.draft
    draft = completed(draft, indicator)
    made.stands.append(f"{indicator.version} {stands!r}")
    if draft == stands:
        state = SAME
    else:
        state = CHANGED if value else NEW
        made.problems += _problems(line, draft, indicator, site)
        made.drafts.setdefault(line.phase, {})[indicator.pk] = draft
    made.outcomes.append(
        Outcome(line.line, indicator.name, _phase(line), state, _changed(draft, stands))
    )


def _phase(line: Written) -> str:
    return str(IndicatorValue(phase=line.phase).get_phase_display())


def _changed(draft: ValueDraft, stands: ValueDraft) -> tuple[str, ...]:
    return tuple(
        LABELS[column] for column in COLUMNS if getattr(draft, column) != getattr(stands, column)
    )


def _problems(line: Written, draft: ValueDraft, indicator: Indicator, site: Site) -> list[Problem]:
    found = flaws(
        draft=draft,
        indicator=indicator,
        run_time=(site.programme.starts_on, site.programme.ends_on),
        today=clock.today(),
    )
    return [Problem(line.line, LABELS[flaw.column], flaw.message) for flaw in found]
