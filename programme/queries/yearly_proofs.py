"""The interim proofs of budget years: which are late, and which may be begun (rule H04)."""

from collections.abc import Iterable
from dataclasses import dataclass

from programme.enums import ParameterKey, ProofKind, SourceKey
from programme.models import Programme, ProofOfUse
from programme.queries.deadlines import day_of_view
from programme.queries.parameters import parameter_set
from programme.rules.funding.finding import Finding
from programme.rules.funding.yearly import budget_years, last_day_of, yearly_proof_in_time
from programme.rules.proofs import SENT


@dataclass(frozen=True)
class YearlyProofs:
    """What is late, and the years that have ended and whose proof is not begun."""

    findings: tuple[Finding, ...]
    waiting: tuple[int, ...]


def yearly_proofs(*, programme: Programme, begun: Iterable[ProofOfUse]) -> YearlyProofs:
    """Judge the proofs of budget years; `begun` are all proofs of the programme; one query."""
    today = day_of_view(programme)
    numbers = parameter_set(programme=programme)
    rows = [row for row in begun if row.kind == ProofKind.INTERIM and row.drawdown_id is None]
    sent = {
        row.number: row.submitted_on
        for row in sorted(rows, key=lambda row: -row.version)
        if row.status in SENT
    }
    known = {row.number for row in rows}
    findings, waiting = [], []
    for year in budget_years(programme.starts_on, programme.ends_on):
        last_day = last_day_of(year)
        key = ParameterKey.INTERIM_PROOF_MONTHS
        months = numbers.find(key, source=SourceKey.LAND, on=last_day)
        if months is None or last_day >= today:
            continue
        if year not in known:
            waiting.append(year)
        findings.append(
            yearly_proof_in_time(year, submitted_on=sent.get(year), months=int(months), today=today)
        )
    found = tuple(finding for finding in findings if finding is not None)
    return YearlyProofs(found, tuple(waiting))
