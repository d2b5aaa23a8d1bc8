"""F15: drawn money is used in time, first in first out."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from programme.enums import ParameterKey
from programme.rules.funding.finding import Finding, Rule, Severity, Stage, day_text
from programme.rules.money import written

F15 = Rule(
    "F15",
    title="Mittel rechtzeitig verwendet",
    tests="Jeder abgerufene Betrag ist innerhalb der Frist durch Zahlungen gedeckt; der älteste "
    "Abruf gilt als zuerst verbraucht.",
    why="Für zu spät verwendete Mittel können Zinsen verlangt werden.",
    mend="Bitte prüfen Sie, ob Zahlungen fehlen, und rufen Sie beim nächsten Mal weniger ab.",
    severities=((Stage.DRAWDOWN, Severity.WARN), (Stage.PROOF, Severity.WARN)),
    basis="ANBest-P Nr. 1.4",
    parameters=(ParameterKey.USE_BY_DAYS,),
)


@dataclass(frozen=True)
class DayAmount:
    """Money that came in or was paid on a day, in EUR; a refund is a negative payment."""

    on: date
    amount_eur: Decimal


@dataclass(frozen=True)
class Use:
    """A part of a drawn amount and the day it was paid out, None while it is not."""

    drawn_on: date
    amount_eur: Decimal
    used_on: date | None


@dataclass(frozen=True)
class LateUse:
    """A part of a drawn amount used late or not yet, with the days beyond its last day."""

    drawn_on: date
    amount_eur: Decimal
    used_on: date | None
    days_over: int

    @property
    def over_text(self) -> str:
        """Say how late: "1 Tag", "11 Tage"."""
        return f"{self.days_over} {'Tag' if self.days_over == 1 else 'Tage'}"


def uses(drawn: Sequence[DayAmount], paid: Sequence[DayAmount]) -> tuple[Use, ...]:
    """Match payments with drawn amounts, oldest with oldest; the parts sum to what was drawn.

    A refund takes back the payments just before it, so that their money waits to be used again.
    """
    payments = deque(_after_refunds(paid))
    return tuple(
        use for draw in sorted(drawn, key=lambda draw: draw.on) for use in _uses_of(draw, payments)
    )


def late_uses(
    drawn: Sequence[DayAmount], paid: Sequence[DayAmount], *, days: int, today: date
) -> tuple[LateUse, ...]:
    """Return the parts of drawn amounts used after so many days, or still unused by then."""
    found = []
    for use in uses(drawn, paid):
        last_day = use.drawn_on + timedelta(days=days)
        days_over = ((use.used_on or today) - last_day).days
        if days_over > 0:
            found.append(LateUse(use.drawn_on, use.amount_eur, use.used_on, days_over))
    return tuple(found)


def used_in_time(
    drawn: Sequence[DayAmount], paid: Sequence[DayAmount], *, days: int, today: date
) -> Finding | None:
    """F15: every drawn amount is paid out within so many days; else amounts and days over."""
    late = late_uses(drawn, paid, days=days, today=today)
    if not late:
        return None
    return F15.broken(f"Nicht innerhalb von {days} Tagen verwendet: {'; '.join(map(_told, late))}.")


def _uses_of(draw: DayAmount, payments: deque[DayAmount]) -> Iterator[Use]:
    """Consume payments until a drawn amount is used up; what is left over is not used yet."""
    open_eur = draw.amount_eur
    while open_eur > 0 and payments:
        payment = payments.popleft()
        part = min(open_eur, payment.amount_eur)
        yield Use(draw.on, part, payment.on)
        open_eur -= part
        if payment.amount_eur > part:
            payments.appendleft(DayAmount(payment.on, payment.amount_eur - part))
    if open_eur > 0:
        yield Use(draw.on, open_eur, None)


def _after_refunds(paid: Sequence[DayAmount]) -> list[DayAmount]:
    """Return the payments without what came back, newest first taken back."""
    kept: list[DayAmount] = []
    for payment in sorted(paid, key=lambda payment: (payment.on, payment.amount_eur < 0)):
        back = -payment.amount_eur
        while back > 0 and kept:
            last = kept.pop()
            if last.amount_eur > back:
                kept.append(DayAmount(last.on, last.amount_eur - back))
            back -= last.amount_eur
        if payment.amount_eur > 0:
            kept.append(payment)
    return kept


def _told(late: LateUse) -> str:
    state = "noch offen" if late.used_on is None else f"verwendet am {day_text(late.used_on)}"
    return (
        f"{written(late.amount_eur)} aus dem Abruf vom {day_text(late.drawn_on)}, {state}, "
        f"{late.over_text} über der Frist"
    )
