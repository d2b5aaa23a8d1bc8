"""The period a proof of use speaks of and the day it is due (rules F13, F14, H04)."""

from datetime import date

from programme.enums import ParameterKey, SourceKey
from programme.errors import RuleBroken
from programme.models import Drawdown, Programme
from programme.queries.parameters import parameter_set
from programme.rules.funding.drawdowns import interim_proof_due
from programme.rules.funding.parameters import ParameterSet
from programme.rules.funding.proof import final_proof_due
from programme.rules.funding.yearly import budget_years, last_day_of, yearly_proof_due


def period_of(
    *, programme: Programme, drawdown: Drawdown | None, year: int | None
) -> tuple[date, date, date]:
    """Return first and last day of a proof and the day it is due, by the numbers of its source.

    Refuses (RuleBroken) without a term, and a budget year that needs no proof of its own.
    """
    numbers = parameter_set(programme=programme)
    if year is not None:
        return _budget_year(programme, year, numbers)
    key = ParameterKey.INTERIM_PROOF_MONTHS if drawdown else ParameterKey.FINAL_PROOF_MONTHS
    on = drawdown.requested_on if drawdown else programme.ends_on
    months = int(numbers.value(key, source=SourceKey.AMIF, on=on))
    if drawdown is None:
        return programme.starts_on, programme.ends_on, final_proof_due(on, months=months)
    return programme.starts_on, on, interim_proof_due(on, months=months)


def _budget_year(programme: Programme, year: int, numbers: ParameterSet) -> tuple[date, date, date]:
    """Return first, last and due day of the proof the Land wants of a budget year (H04)."""
    if year not in budget_years(programme.starts_on, programme.ends_on):
        raise RuleBroken(f"Für das Haushaltsjahr {year} ist kein Zwischennachweis vorgesehen.")
    ends_on = last_day_of(year)
    key = ParameterKey.INTERIM_PROOF_MONTHS
    months = int(numbers.value(key, source=SourceKey.LAND, on=ends_on))
    return (
        max(programme.starts_on, date(year, 1, 1)),
        ends_on,
        yearly_proof_due(year, months=months),
    )
