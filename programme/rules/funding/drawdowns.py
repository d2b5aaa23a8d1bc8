"""Rules of drawdowns: F10, F11, F12, F13, F16; use_by.py has F15."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from programme.enums import ParameterKey
from programme.rules.funding.deadlines import plus_months
from programme.rules.funding.finding import Finding, Rule, Severity, Stage, day_text
from programme.rules.money import at_most, by_ratio, from_cents, to_cents, written

BAMF = "Berichtspflichten des BAMF für AMIF-Projekte 2014–2020"

F10 = Rule(
    "F10",
    title="Obergrenze der Vorauszahlungen",
    tests="Alle Vorauszahlungen einer Quelle zusammen bleiben unter der Obergrenze, ohne eigene "
    "Obergrenze unter der Bewilligung, bis der Schlussbescheid vorliegt; danach unter dem "
    "anerkannten Betrag.",
    why="Mehr als bewilligt zahlt keine Quelle; was über der Obergrenze liegt, erst nach der "
    "Schlussprüfung.",
    mend="Bitte senken Sie den Betrag des Abrufs.",
    severities=((Stage.DRAWDOWN, Severity.BLOCK),),
    basis=BAMF,
    is_sourced=True,
    parameters=(ParameterKey.ADVANCE_CAP, ParameterKey.ADVANCE_WARNING),
)
F11 = Rule(
    "F11",
    title="Abstand der Mittelabrufe",
    tests="Zwischen zwei Abrufen liegt ungefähr der übliche Abstand, höchstens einen Monat mehr "
    "oder weniger.",
    why="Das BAMF rechnet mit regelmäßigen Abrufen, soweit der Bescheid nichts anderes sagt.",
    mend="Es ist nichts zu tun, wenn der Abstand begründet ist.",
    severities=((Stage.DRAWDOWN, Severity.INFO),),
    basis=BAMF,
    is_sourced=True,
    parameters=(ParameterKey.DRAWDOWN_INTERVAL_MONTHS,),
)
F12 = Rule(
    "F12",
    title="Abruf begründet",
    tests="Ein Mittelabruf hat eine schriftliche Begründung des künftigen Bedarfs.",
    why="Mittel werden nur für einen begründeten Bedarf ausgezahlt.",
    mend="Bitte schreiben Sie, wofür die Mittel in den nächsten Monaten gebraucht werden.",
    severities=((Stage.DRAWDOWN, Severity.BLOCK),),
    basis=BAMF,
    is_sourced=True,
)
F13 = Rule(
    "F13",
    title="Zwischennachweis nach dem Abruf",
    tests="Sind beim Abruf schon Mittel ausgegeben, liegt der Zwischenverwendungsnachweis "
    "fristgerecht vor.",
    why="Ohne Zwischennachweis kann die Bewilligung ganz oder teilweise widerrufen werden.",
    mend="Bitte reichen Sie den Zwischenverwendungsnachweis ein.",
    severities=((Stage.DRAWDOWN, Severity.WARN),),
    basis=BAMF,
    is_sourced=True,
    parameters=(ParameterKey.INTERIM_PROOF_MONTHS,),
)
F16 = Rule(
    "F16",
    title="Quellen im Verhältnis des Plans",
    tests="Jeder Abruf verteilt sich auf die Quellen wie im Plan, auf den Cent gerundet.",
    why="Bei der Anteilfinanzierung werden alle Quellen gleichmäßig in Anspruch genommen.",
    mend="Bitte gleichen Sie die Beträge der Quellen an.",
    severities=((Stage.DRAWDOWN, Severity.WARN),),
    basis="ANBest-P Nr. 1.4.1",
)


@dataclass(frozen=True)
class Advances:
    """What a source granted, has paid in advance, and is now asked for, in EUR.

    `recognised_eur` is what its authority recognised in the final check, None before that.
    """

    granted_eur: Decimal
    drawn_eur: Decimal
    requested_eur: Decimal
    name: str = ""
    recognised_eur: Decimal | None = None


@dataclass(frozen=True)
class ProofAfterDrawdown:
    """A drawdown, what was spent by then (EUR), and when its interim proof was submitted."""

    requested_on: date
    spent_eur: Decimal
    submitted_on: date | None


@dataclass(frozen=True)
class SourceDraw:
    """One source of a drawdown: its part of the plan and what is requested, in EUR."""

    name: str
    planned_eur: Decimal
    requested_eur: Decimal


def most_eur(
    *, granted_eur: Decimal, cap: Decimal | None, recognised_eur: Decimal | None
) -> Decimal:
    """Return what a source may have paid in advance in all, in EUR (F10).

    That is what its authority has recognised in the final check, before that the cap (0.80 =
    80 %) of the grant, without a cap the grant itself.
    """
    if recognised_eur is not None:
        return recognised_eur
    return at_most(granted_eur * (1 if cap is None else cap))


def advances_within_cap(advances: Advances, *, cap: Decimal | None) -> Finding | None:
    """F10: advances stay within their cap (0.80 = 80 % of the grant, None: the grant itself).

    After the final check of the authority all it has recognised may be drawn, and no more.
    """
    most, over = _most_and_over(advances, cap)
    if over <= 0:
        return None
    source = f" aus der Quelle {advances.name}" if advances.name else ""
    return F10.broken(
        f"Mit diesem Abruf wären{source} {written(most + over)} vorausgezahlt, {written(over)} "
        f"mehr als zulässig. Abrufbar sind{source} noch "
        f"{written(max(most - advances.drawn_eur, Decimal(0)))}.",
        field="requested_eur",
    )


def receipt_within_cap(
    advances: Advances, *, cap: Decimal | None, field: str = ""
) -> Finding | None:
    """F10: what comes in stays within the cap as well, with all that is still asked for.

    A receipt below its request leaves room for another drawdown; raised later it would pass the
    cap unseen. `requested_eur` is the receipt (EUR), `drawn_eur` all other drawdowns of the source.
    """
    most, over = _most_and_over(advances, cap)
    if over <= 0:
        return None
    return F10.broken(
        f"Mit diesem Eingang wären aus der Quelle {advances.name} {written(most + over)} "
        f"eingegangen oder noch angefordert, {written(over)} mehr als zulässig. Für diesen Abruf "
        f"sind höchstens {written(max(most - advances.drawn_eur, Decimal(0)))} möglich.",
        field=field,
        mend="Bitte prüfen Sie die Eingänge aller Abrufe dieser Quelle.",
    )


def _most_and_over(advances: Advances, cap: Decimal | None) -> tuple[Decimal, Decimal]:
    """Return what may be paid in advance and by how much that is passed, in EUR."""
    most = most_eur(
        granted_eur=advances.granted_eur, cap=cap, recognised_eur=advances.recognised_eur
    )
    return most, advances.drawn_eur + advances.requested_eur - most


def usual_interval(previous_on: date, requested_on: date, *, months: int) -> Finding | None:
    """F11: about the usual number of months, give or take one, lies between two drawdowns."""
    earliest = plus_months(previous_on, months - 1)
    latest = plus_months(previous_on, months + 1)
    if earliest <= requested_on <= latest:
        return None
    word = "früher" if requested_on < earliest else "später"
    return F11.broken(
        f"Der Abruf vom {day_text(requested_on)} kommt {word} als üblich; nach dem Abruf vom "
        f"{day_text(previous_on)} wäre der {day_text(plus_months(previous_on, months))} üblich."
    )


def need_reasoned(reason: str) -> Finding | None:
    """F12: the future need is given in words."""
    if any(letter.isalpha() for letter in reason):
        return None
    return F12.broken("Die Begründung des künftigen Bedarfs fehlt.", field="reason")


def interim_proof_due(requested_on: date, *, months: int) -> date:
    """Return the last day for the interim proof of a drawdown."""
    return plus_months(requested_on, months)


def interim_proof_in_time(proof: ProofAfterDrawdown, *, months: int, today: date) -> Finding | None:
    """F13: after a drawdown with spending the interim proof comes in time; reminds until then."""
    due = interim_proof_due(proof.requested_on, months=months)
    if proof.spent_eur <= 0 or (proof.submitted_on is not None and proof.submitted_on <= due):
        return None
    named = f"Der Zwischennachweis zum Abruf vom {day_text(proof.requested_on)}"
    if proof.submitted_on is not None:
        return F13.broken(
            f"{named} kam am {day_text(proof.submitted_on)}, fällig war er am {day_text(due)}.",
            mend="Bitte erklären Sie die Verspätung im Sachbericht.",
        )
    if today <= due:
        return F13.broken(f"{named} ist bis {day_text(due)} fällig.")
    days = (today - due).days
    unit = "Tag" if days == 1 else "Tagen"
    return F13.broken(
        f"{named} ist seit {days} {unit} überfällig; fällig war er am {day_text(due)}."
    )


def ratio_kept(draws: Sequence[SourceDraw]) -> Finding | None:
    """F16: each source is asked for its planned part, not more than one cent off.

    A plan without funding has no ratio to keep; that is for F01.
    """
    total = sum(to_cents(draw.requested_eur) for draw in draws)
    planned = [to_cents(draw.planned_eur) for draw in draws]
    if not any(planned):
        return None
    exact = [Fraction(total * plan, sum(planned)) for plan in planned]
    asked = [to_cents(draw.requested_eur) for draw in draws]
    if all(abs(got - should) <= 1 for got, should in zip(asked, exact, strict=True)):
        return None
    proposal = ", ".join(
        f"{draw.name} {written(from_cents(part))}"
        for draw, part in zip(draws, by_ratio(total, planned), strict=True)
    )
    return F16.broken(
        f"Der Abruf über {written(from_cents(total))} hält das Verhältnis der Quellen nicht ein. "
        f"Nach dem Plan wären es {proposal}."
    )
