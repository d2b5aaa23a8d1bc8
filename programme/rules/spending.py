"""Spending over time: half-years and months of the run time, and an even pace of the plan."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate

from programme.rules.money import by_ratio, from_cents, to_cents

JULY = 7


@dataclass(frozen=True)
class Month:
    """A month of the run time; amounts in EUR, `actual_eur` None after the day asked for."""

    first: date
    planned_eur: Decimal
    actual_eur: Decimal | None

    @property
    def label(self) -> str:
        """The month as "10/2015"."""
        return f"{self.first.month}/{self.first.year}"


@dataclass(frozen=True)
class HalfYear:
    """A calendar half-year of the run time; amounts in EUR."""

    label: str
    planned_eur: Decimal
    actual_eur: Decimal


@dataclass(frozen=True)
class Spending:
    """The plan at an even pace beside what was spent, by month (running sum) and by half-year."""

    months: tuple[Month, ...]
    half_years: tuple[HalfYear, ...]


def months_of(starts_on: date, ends_on: date) -> list[date]:
    """Return the first days of all months of the run time."""
    return list(_months(starts_on.replace(day=1), ends_on))


def _months(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first = (first + timedelta(days=31)).replace(day=1)


def half_year(month: date) -> str:
    """Name the calendar half-year of a month: "2. Halbjahr 2015"."""
    return f"{1 if month.month < JULY else 2}. Halbjahr {month.year}"


def spending(
    *,
    starts_on: date,
    ends_on: date,
    planned_eur: Decimal,
    paid_eur: Mapping[date, Decimal],
    as_of: date,
) -> Spending:
    """Return plan and spending over time; `paid_eur` by the first day of a month, in EUR.

    The plan has no dates, so each month gets an equal part of it, cent-exact. What was paid before
    or after the run time counts in its first or last month.
    """
    months = months_of(starts_on, ends_on)
    parts = [from_cents(c) for c in by_ratio(to_cents(planned_eur), [1] * len(months))]
    paid = dict.fromkeys(months, Decimal(0))
    for month, amount in paid_eur.items():
        paid[min(max(month, months[0]), months[-1])] += amount
    planned_upto = accumulate(parts)
    spent_upto = accumulate(paid.values())
    rows = tuple(
        Month(month, planned, spent if month <= as_of else None)
        for month, planned, spent in zip(months, planned_upto, spent_upto, strict=True)
    )
    halves: dict[str, tuple[Decimal, Decimal]] = {}
    for month, part in zip(months, parts, strict=True):
        planned, spent = halves.get(half_year(month), (Decimal(0), Decimal(0)))
        halves[half_year(month)] = (planned + part, spent + paid[month])
    return Spending(rows, tuple(HalfYear(label, *sums) for label, sums in halves.items()))
