"""Rules of the proof of use: F14, F19, F29, F30, F36."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from programme.enums import ParameterKey
from programme.rules.funding.deadlines import end_of_month_after
from programme.rules.funding.finding import Finding, Rule, Severity, Stage, day_text
from programme.rules.money import by_ratio, from_cents, rounded, to_cents, written

# So many missing things are named; more are counted.
NAMED = 4

F14 = Rule(
    "F14",
    title="Abschlussnachweis rechtzeitig",
    tests="Der Abschlussverwendungsnachweis liegt am letzten Tag des Fristmonats nach dem "
    "Projektende vor.",
    why="Wer die Frist versäumt, riskiert den Widerruf der Bewilligung.",
    mend="Bitte reichen Sie den Abschlussverwendungsnachweis ein oder vereinbaren Sie eine "
    "Verlängerung.",
    severities=((Stage.PROOF, Severity.WARN),),
    basis="Berichtspflichten des BAMF für AMIF-Projekte 2014–2020; ANBest-P Nr. 6.1",
    is_sourced=True,
    parameters=(ParameterKey.FINAL_PROOF_MONTHS,),
)
F19 = Rule(
    "F19",
    title="Nachweis stimmt mit den Belegen überein",
    tests="Die Summe der Belege je Einzelansatz ist die Zahl im zahlenmäßigen Nachweis.",
    why="Jede Zahl im Nachweis muss sich aus Belegen ergeben.",
    mend="Bitte lassen Sie den Nachweis neu bilden oder prüfen Sie die Belege des Einzelansatzes.",
    severities=((Stage.PROOF, Severity.BLOCK),),
    basis="Art. 1 Durchführungsverordnung (EU) 2015/840",
    is_sourced=True,
)
F29 = Rule(
    "F29",
    title="Sachbericht vollständig",
    tests="Der Sachbericht sagt etwas zu jedem Ziel, und jede Kennzahl hat einen Wert oder den "
    "Grund, warum keiner vorliegt.",
    why="Die Prüfung vergleicht die Ausgaben mit den erreichten Zielen.",
    mend="Bitte ergänzen Sie die fehlenden Texte und Werte.",
    severities=((Stage.PROOF, Severity.BLOCK),),
    basis="Berichtspflichten des BAMF; Art. 1 Durchführungsverordnung (EU) 2015/840",
    is_sourced=True,
)
F30 = Rule(
    "F30",
    title="Zuwendung bei Minderausgaben",
    tests="Sind die förderfähigen Ausgaben niedriger als geplant, sinkt die Zuwendung jeder Quelle "
    "im Verhältnis des Plans.",
    why="Bei der Anteilfinanzierung trägt jede Quelle nur ihren Anteil an den Ausgaben.",
    mend="Es ist nichts zu tun; die Beträge gehen in die Schlussrechnung ein.",
    severities=((Stage.PROOF, Severity.INFO),),
    basis="ANBest-P Nr. 2",
)
F36 = Rule(
    "F36",
    title="Eingereichter Nachweis bleibt",
    tests="Ein eingereichter Nachweis wird nicht mehr geändert; eine Berichtigung ist eine neue "
    "Fassung mit Grund.",
    why="Was eingereicht ist, muss nachvollziehbar bleiben.",
    mend="Bitte legen Sie eine neue Fassung an und nennen Sie den Grund.",
    severities=((Stage.PROOF, Severity.BLOCK),),
    basis="Nachvollziehbarkeit der Förderakte",
)


@dataclass(frozen=True)
class ProofLine:
    """The figure of one line in the proof and the vouchers behind it, in EUR."""

    title: str
    reported_eur: Decimal
    vouchers_eur: tuple[Decimal, ...]


@dataclass(frozen=True)
class GoalReport:
    """What the narrative says about one goal."""

    title: str
    text: str


@dataclass(frozen=True)
class IndicatorReport:
    """The value of one indicator, or why it is not available."""

    title: str
    value: Decimal | None
    reason: str = ""


@dataclass(frozen=True)
class SourceGrant:
    """What the plan takes from one source, in EUR."""

    name: str
    planned_eur: Decimal


@dataclass(frozen=True)
class ReducedGrant:
    """What remains of a source's grant and what it saves, in EUR."""

    name: str
    reduced_eur: Decimal
    saved_eur: Decimal


@dataclass(frozen=True)
class ProofChange:
    """A change somebody wants to make to a proof of use."""

    is_submitted: bool
    makes_new_version: bool
    reason: str


def final_proof_due(project_ends_on: date, *, months: int) -> date:
    """Return the last day for the final proof: the end of that calendar month after the end."""
    return end_of_month_after(project_ends_on, months)


def final_proof_in_time(
    project_ends_on: date, *, submitted_on: date | None, months: int, today: date
) -> Finding | None:
    """F14: the final proof is submitted by its last day; silent while there is time left."""
    due = final_proof_due(project_ends_on, months=months)
    if (submitted_on or today) <= due:
        return None
    if submitted_on is None:
        late = f"ist seit {day_text(due)} überfällig ({(today - due).days} Tage)"
    else:
        late = f"kam am {day_text(submitted_on)}, fällig war er am {day_text(due)}"
    return F14.broken(f"Der Abschlussnachweis {late}.")


def figures_agree(lines: Sequence[ProofLine]) -> Finding | None:
    """F19: the vouchers of each line sum to its figure in the numerical proof."""
    wrong = []
    for line in lines:
        vouchers = rounded(sum(line.vouchers_eur, Decimal(0)))
        if vouchers != line.reported_eur:
            wrong.append(
                f"„{line.title}“ zeigt {written(line.reported_eur)}, die Belege ergeben "
                f"{written(vouchers)}"
            )
    return F19.broken(f"{'; '.join(wrong)}.") if wrong else None


def narrative_complete(
    goals: Sequence[GoalReport], indicators: Sequence[IndicatorReport]
) -> Finding | None:
    """F29: every goal has its text, every indicator a value or a reason for having none.

    Names the first of what is missing and counts the rest: the form shows them all.
    """
    missing = [f"Text zum Ziel „{goal.title}“" for goal in goals if not goal.text.strip()]
    missing += [
        f"Wert oder Grund zur Kennzahl „{indicator.title}“"
        for indicator in indicators
        if indicator.value is None and not indicator.reason.strip()
    ]
    if len(missing) > NAMED:
        missing[NAMED - 1 :] = [f"{len(missing) - NAMED + 1} weitere Angaben"]
    return F29.broken(f"Im Sachbericht fehlt: {'; '.join(missing)}.") if missing else None


def reduced_grants(
    sources: Sequence[SourceGrant], *, actual_eur: Decimal
) -> tuple[ReducedGrant, ...]:
    """Return each source's proportional part of what was spent; the parts sum to it, in EUR.

    Nothing is reduced if at least the whole plan was spent.
    """
    planned = [to_cents(source.planned_eur) for source in sources]
    actual = min(to_cents(actual_eur), sum(planned))
    parts = by_ratio(actual, planned) if sum(planned) else planned
    return tuple(
        ReducedGrant(source.name, from_cents(part), from_cents(plan - part))
        for source, plan, part in zip(sources, planned, parts, strict=True)
    )


def grant_as_planned(sources: Sequence[SourceGrant], *, actual_eur: Decimal) -> Finding | None:
    """F30: the eligible costs reach the plan; else what remains of each source's grant."""
    planned_eur = sum((source.planned_eur for source in sources), Decimal(0))
    if actual_eur >= planned_eur:
        return None
    reduced = "; ".join(
        f"{grant.name} {written(grant.reduced_eur)} ({written(grant.saved_eur)} weniger)"
        for grant in reduced_grants(sources, actual_eur=actual_eur)
    )
    return F30.broken(
        f"Förderfähig sind {written(actual_eur)} von geplanten {written(planned_eur)}. Die "
        f"Zuwendung sinkt auf: {reduced}."
    )


def unchanged_after_submission(change: ProofChange) -> Finding | None:
    """F36: a submitted proof is only corrected by a new version with a reason."""
    if not change.is_submitted or (change.makes_new_version and change.reason.strip()):
        return None
    if change.makes_new_version:
        return F36.broken("Der Grund der neuen Fassung fehlt.", field="reason")
    return F36.broken("Der Nachweis ist eingereicht und wird nicht mehr geändert.")
