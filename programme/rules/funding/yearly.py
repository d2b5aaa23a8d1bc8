"""H04, a rule of the house: the interim proof the Land wants after each budget year."""

from datetime import date

from programme.enums import ParameterKey
from programme.rules.funding.deadlines import plus_months
from programme.rules.funding.finding import Finding, Rule, Severity, Stage, day_text

H04 = Rule(
    "H04",
    title="Zwischennachweis des Landes",
    tests="Solange der Zweck nicht erfüllt ist, liegt nach jedem Haushaltsjahr fristgerecht ein "
    "Zwischennachweis vor.",
    why="Das Land prüft jährlich, ob die Mittel für den Zweck verwendet wurden.",
    mend="Bitte reichen Sie den Zwischennachweis ein oder vereinbaren Sie eine Verlängerung.",
    severities=((Stage.PROOF, Severity.WARN),),
    basis="ANBest-P zu § 44 LHO; Frist am Bescheid zu prüfen",
    parameters=(ParameterKey.INTERIM_PROOF_MONTHS,),
)


def budget_years(starts_on: date, ends_on: date) -> range:
    """Return the budget years that end while the programme runs; it proves each of them."""
    return range(starts_on.year, ends_on.year)


def last_day_of(year: int) -> date:
    """Return the last day of a budget year, which is the calendar year."""
    return date(year, 12, 31)


def yearly_proof_due(year: int, *, months: int) -> date:
    """Return the last day for the interim proof of a budget year."""
    return plus_months(last_day_of(year), months)


def yearly_proof_in_time(
    year: int, *, submitted_on: date | None, months: int, today: date
) -> Finding | None:
    """H04: the interim proof of a budget year is there in time; silent while there is time left."""
    due = yearly_proof_due(year, months=months)
    if (submitted_on or today) <= due:
        return None
    if submitted_on is not None:
        late = f"kam am {day_text(submitted_on)}, fällig war er am {day_text(due)}"
    else:
        late = f"war am {day_text(due)} fällig"
    return H04.broken(f"Der Zwischennachweis für das Haushaltsjahr {year} {late}.")
