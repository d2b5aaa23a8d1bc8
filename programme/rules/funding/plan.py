"""Rules of the financing plan: F01, F02, F03, F08, F09."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from programme.enums import ParameterKey
from programme.rules.funding.finding import Finding, Rule, Severity, Stage, day_text, missing_of
from programme.rules.money import at_most, percent, written

F01 = Rule(
    "F01",
    title="Einnahmen decken Ausgaben",
    tests="Die geplante Finanzierung aller Quellen ergibt auf den Cent die Summe aller "
    "Einzelansätze.",
    why="Ein Finanzierungsplan muss ausgeglichen sein.",
    mend="Bitte lassen Sie die Beträge der Quellen oder die Einzelansätze im Finanzierungsplan "
    "angleichen.",
    severities=((Stage.PLAN, Severity.BLOCK), (Stage.ENTRY, Severity.BLOCK)),
    basis="Finanzierungsplan nach § 44 BHO und § 44 LHO",
)
F02 = Rule(
    "F02",
    title="Höchster EU-Anteil",
    tests="Der Betrag der EU ist höchstens der zulässige Anteil an den gesamten förderfähigen "
    "Ausgaben.",
    why="Die EU beteiligt sich nur bis zu diesem Anteil; was darüber liegt, wird zurückgefordert.",
    mend="Bitte erhöhen Sie den Anteil des Landes oder senken Sie den Betrag der EU.",
    severities=((Stage.PLAN, Severity.BLOCK),),
    basis="Art. 16 Verordnung (EU) Nr. 514/2014",
    is_sourced=True,
    parameters=(ParameterKey.MAX_EU_RATE,),
)
F03 = Rule(
    "F03",
    title="Erhöhter EU-Anteil",
    tests="Ein höherer EU-Anteil als üblich hat einen Grund und ein Dokument und bleibt unter der "
    "absoluten Grenze.",
    why="Der höhere Satz gilt nur in begründeten Ausnahmefällen.",
    mend="Bitte tragen Sie den Grund ein und legen Sie das Dokument ab oder senken Sie den Satz.",
    severities=((Stage.PLAN, Severity.BLOCK),),
    basis="Art. 16 Verordnung (EU) Nr. 514/2014",
    is_sourced=True,
    parameters=(ParameterKey.MAX_EU_RATE, ParameterKey.ABSOLUTE_MAX_EU_RATE),
)
F08 = Rule(
    "F08",
    title="Mehrausgaben nur bei Einsparungen",
    tests="Was einzelne Ansätze mehr kosten, wird an anderer Stelle eingespart; insgesamt wird "
    "nicht mehr ausgegeben als geplant und bewilligt.",
    why="Bewilligt ist der Plan im Ganzen; Mehrausgaben trägt keine Quelle.",
    mend="Bitte prüfen Sie den Betrag oder lassen Sie den Finanzierungsplan ändern.",
    severities=(
        (Stage.ENTRY, Severity.BLOCK),
        (Stage.PROOF, Severity.BLOCK),
        (Stage.PLAN, Severity.WARN),
    ),
    basis="ANBest-P Nr. 1.2",
    is_sourced=True,
)
F09 = Rule(
    "F09",
    title="Änderung vor der Ausgabe entschieden",
    tests="Eine Änderung über die zulässige Überschreitung hinaus ist vor der ersten Ausgabe "
    "entschieden und belegt.",
    why="Wer vorher ausgibt, trägt das Risiko, dass die Ausgabe nicht anerkannt wird.",
    mend="Bitte tragen Sie das Datum der Entscheidung ein und legen Sie den Bescheid ab.",
    severities=((Stage.PLAN, Severity.WARN), (Stage.PROOF, Severity.WARN)),
    basis="ANBest-P, Mitteilungspflichten",
    is_sourced=True,
    parameters=(ParameterKey.LINE_TOLERANCE,),
)


@dataclass(frozen=True)
class PlanSums:
    """The plan from both sides, in EUR: what each source gives and what each line costs."""

    funding_eur: tuple[Decimal, ...]
    lines_eur: tuple[Decimal, ...]


@dataclass(frozen=True)
class EuShare:
    """What the EU gives of all eligible costs, in EUR."""

    eu_eur: Decimal
    eligible_eur: Decimal


@dataclass(frozen=True)
class EuRate:
    """The rate a notice claims (0.90 = 90 %) and what it is founded on."""

    rate: Decimal
    reason: str
    has_document: bool


@dataclass(frozen=True)
class LineSpending:
    """A line of the plan with what was spent on it, in EUR."""

    title: str
    planned_eur: Decimal
    actual_eur: Decimal


@dataclass(frozen=True)
class SourcePlan:
    """What a plan counts on from a source and what the source has granted, in EUR."""

    name: str
    planned_eur: Decimal
    granted_eur: Decimal


@dataclass(frozen=True)
class PlanChange:
    """A change of the plan asked for; `spent_on` is the first day money was spent on it."""

    title: str
    is_beyond_tolerance: bool
    decided_on: date | None
    has_document: bool
    spent_on: date | None


def balanced(plan: PlanSums) -> Finding | None:
    """F01: the funding of all sources equals all lines, to the cent."""
    funding, lines = sum(plan.funding_eur, Decimal(0)), sum(plan.lines_eur, Decimal(0))
    if funding == lines:
        return None
    return F01.broken(
        f"Die Quellen geben {written(funding)}, die Einzelansätze kosten {written(lines)}. Der "
        f"Unterschied beträgt {written(abs(funding - lines))}."
    )


def funded(funding_eur: Sequence[Decimal]) -> Finding | None:
    """F01: the plan says which source pays how much; without it nothing can be split."""
    if sum(funding_eur) > 0:
        return None
    return F01.broken(
        "Im Finanzierungsplan steht noch nicht, welche Quelle wie viel trägt.",
        mend="Bitte lassen Sie zuerst den Finanzierungsplan genehmigen.",
    )


def eu_share_within_limit(share: EuShare, *, limit: Decimal) -> Finding | None:
    """F02: the EU gives at most its rate (0.75 = 75 %) of all eligible costs."""
    most = at_most(share.eligible_eur * limit)
    if share.eu_eur <= most:
        return None
    return F02.broken(
        f"Der Betrag der EU von {written(share.eu_eur)} ist um {written(share.eu_eur - most)} zu "
        f"hoch. Bei förderfähigen Ausgaben von {written(share.eligible_eur)} sind höchstens "
        f"{written(most)} zulässig."
    )


def raised_rate_justified(eu: EuRate, *, usual: Decimal, highest: Decimal) -> Finding | None:
    """F03: a rate above the usual one has a reason and a document, and is never above the last."""
    if eu.rate > highest:
        return F03.broken(
            f"Der EU-Anteil von {percent(eu.rate)} liegt über der absoluten Grenze von "
            f"{percent(highest)}.",
            mend="Bitte senken Sie den Satz.",
        )
    missing = missing_of(("Grund", eu.reason), ("Dokument", eu.has_document))
    if eu.rate <= usual or not missing:
        return None
    return F03.broken(
        f"Für den EU-Anteil von {percent(eu.rate)} statt {percent(usual)} fehlt: {missing}."
    )


def within_plan(lines: Sequence[LineSpending]) -> Finding | None:
    """F08: overruns are covered by savings, so all lines together stay within the plan."""
    differences = [line.actual_eur - line.planned_eur for line in lines]
    overruns = sum((change for change in differences if change > 0), Decimal(0))
    savings = -sum((change for change in differences if change < 0), Decimal(0))
    if overruns <= savings:
        return None
    return F08.broken(
        f"Den Mehrausgaben von {written(overruns)} stehen nur Einsparungen von {written(savings)} "
        f"gegenüber. Der Plan ist um {written(overruns - savings)} überschritten."
    )


def within_grants(gross_eur: Decimal, *, left_eur: Decimal) -> Finding | None:
    """F08: a voucher fits into what all grants together still have left, in EUR."""
    if gross_eur <= left_eur:
        return None
    return F08.broken(
        "Der Betrag übersteigt die verbleibende Förderung aller Quellen um "
        f"{written(gross_eur - left_eur)}.",
        field="gross_eur",
    )


def planned_within_grant(plan: SourcePlan) -> Finding | None:
    """F08: a plan counts on no more from a source than it has granted; a warning."""
    over = plan.planned_eur - plan.granted_eur
    if over <= 0:
        return None
    return F08.broken(
        f"Der Plan rechnet mit {written(plan.planned_eur)} der Quelle „{plan.name}“, bewilligt "
        f"sind {written(plan.granted_eur)}.",
        mend="Bitte prüfen Sie den Betrag, oder ändern Sie den Finanzierungsplan.",
        stage=Stage.PLAN,
    )


def change_decided_in_time(change: PlanChange) -> Finding | None:
    """F09: a change beyond the tolerance was decided, with a document, before money was spent."""
    if not change.is_beyond_tolerance or change.spent_on is None:
        return None
    if change.decided_on is None:
        problem = "ist noch nicht entschieden"
    elif change.decided_on >= change.spent_on:
        problem = f"wurde erst am {day_text(change.decided_on)} entschieden"
    elif not change.has_document:
        problem = "ist nicht durch ein Dokument belegt"
    else:
        return None
    return F09.broken(
        f"Die Änderung „{change.title}“ {problem}; ausgegeben wurde ab dem "
        f"{day_text(change.spent_on)}."
    )
