"""The dates that follow from the rules of the funding: requests, proofs, money to be used."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from programme.rules.funding.deadlines import plus_months
from programme.rules.funding.drawdowns import interim_proof_due
from programme.rules.funding.finding import day_text
from programme.rules.funding.proof import final_proof_due
from programme.rules.funding.yearly import budget_years, yearly_proof_due

REMIND_BEFORE = (28, 7, 1)


@dataclass(frozen=True)
class Deadline:
    """One date: what is due, after which rule, and the day it was done (None: open).

    A date that is no duty just passes; nothing is overdue then.
    """

    key: str
    title: str
    due_on: date
    rule: str
    done_on: date | None = None
    is_duty: bool = True

    @property
    def is_open(self) -> bool:
        return self.done_on is None

    @property
    def rule_text(self) -> str:
        """Name the rule as sentences do, so that it becomes a link."""
        return f"Regel {self.rule}"

    def days_left(self, day: date) -> int:
        """Return the days from a day to the date; below zero once it has passed."""
        return (self.due_on - day).days

    def state(self, day: date) -> str:
        """Return "done", "overdue", "soon" (28 days) or "later"."""
        if not self.is_open:
            return "done"
        left = self.days_left(day)
        if left < 0:
            return "overdue" if self.is_duty else "done"
        return "soon" if left <= max(REMIND_BEFORE) else "later"

    def told(self, day: date) -> str:
        """Say how the date stands on a day: "in 7 Tagen fällig", "seit 1 Tag überfällig"."""
        if self.done_on is not None:
            return f"erledigt am {day_text(self.done_on)}"
        left = self.days_left(day)
        if not self.is_duty and left >= 0:
            return f"in {_days(left)}" if left else "heute"
        if left == 0:
            return "heute fällig"
        if left < 0:
            return f"seit {_days(-left)} überfällig" if self.is_duty else "vorbei"
        return f"in {_days(left)} fällig"


@dataclass(frozen=True)
class DrawnOn:
    """A drawdown, what was spent by then (EUR), and when its interim proof was submitted."""

    number: int
    requested_on: date
    spent_eur: Decimal
    proved_on: date | None = None


@dataclass(frozen=True)
class Sent:
    """When the final proof and that of each budget year were submitted."""

    final_on: date | None
    yearly_on: Mapping[int, date]


@dataclass(frozen=True)
class MoneyToUse:
    """Money of a source that came in and has to be used until a day."""

    source: str
    amount: str
    until: date


@dataclass(frozen=True)
class Terms:
    """The months the sources give, None where a source has no such term.

    `yearly` are the months after a budget year by name of the source that wants a proof of each.
    """

    interval: int | None
    interim: int | None
    final: tuple[tuple[str, int], ...]
    yearly: tuple[tuple[str, int], ...] = ()


def dates(
    *,
    starts_on: date,
    ends_on: date,
    terms: Terms,
    drawn: Sequence[DrawnOn],
    to_use: Sequence[MoneyToUse] = (),
    sent: Sent | None = None,
) -> tuple[Deadline, ...]:
    """Return every date of the funding in order of the calendar (rules F11, F13, F14, F15, H04).

    The next request is due the usual time after the last one and only inside the run time. An
    interim proof follows each drawdown by which something was spent.
    """
    found = [
        *_interim_proofs(terms, drawn),
        *_next_request(starts_on, ends_on, terms, drawn),
        *_money(to_use),
        Deadline("end", "Ende der Laufzeit", ends_on, "F05", is_duty=False),
        *_final_proofs(ends_on, terms, sent.final_on if sent else None),
        *_yearly_proofs(budget_years(starts_on, ends_on), terms, sent.yearly_on if sent else {}),
    ]
    return tuple(sorted(found, key=lambda each: (each.due_on, each.key)))


def due_reminder(deadline: Deadline, *, day: date) -> int | None:
    """Return how many days before its date a reminder belongs to this day, None if none does.

    A reminder that was missed, for the worker stood still, goes later, but before the next one.
    """
    left = deadline.days_left(day)
    if not deadline.is_open or left < 0:
        return None
    return min((before for before in REMIND_BEFORE if left <= before), default=None)


def _interim_proofs(terms: Terms, drawn: Sequence[DrawnOn]) -> list[Deadline]:
    return [
        Deadline(
            f"interim:{row.number}",
            f"Zwischennachweis zum Mittelabruf {row.number}",
            interim_proof_due(row.requested_on, months=terms.interim),
            "F13",
            row.proved_on,
        )
        for row in drawn
        if terms.interim is not None and row.spent_eur > 0
    ]


def _money(to_use: Sequence[MoneyToUse]) -> list[Deadline]:
    return [
        Deadline(
            f"use:{money.source}",
            f"{money.amount} der Quelle {money.source} verwenden",
            money.until,
            "F15",
        )
        for money in to_use
    ]


def _final_proofs(ends_on: date, terms: Terms, final_on: date | None) -> list[Deadline]:
    return [
        Deadline(
            f"final:{source}",
            f"Abschlussverwendungsnachweis ({source})",
            final_proof_due(ends_on, months=months),
            "F14",
            final_on,
        )
        for source, months in terms.final
    ]


def _yearly_proofs(
    years: Iterable[int], terms: Terms, yearly_on: Mapping[int, date]
) -> list[Deadline]:
    return [
        Deadline(
            f"yearly:{year}",
            f"Zwischennachweis für das Haushaltsjahr {year} ({source})",
            yearly_proof_due(year, months=months),
            "H04",
            yearly_on.get(year),
        )
        for source, months in terms.yearly
        for year in years
    ]


def _next_request(
    starts_on: date, ends_on: date, terms: Terms, drawn: Sequence[DrawnOn]
) -> list[Deadline]:
    if terms.interval is None:
        return []
    last = max((row.requested_on for row in drawn), default=starts_on)
    number = max((row.number for row in drawn), default=0) + 1
    next_on = plus_months(last, terms.interval)
    if next_on > ends_on:
        return []
    title = "Nächster Mittelabruf"
    return [Deadline(f"request:{number}", title, next_on, "F11", is_duty=False)]


def _days(number: int) -> str:
    return "1 Tag" if number == 1 else f"{number} Tagen"
