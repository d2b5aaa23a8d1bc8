"""Calendar half-years of the run time, what of them is frozen, and what a lock allows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from programme.errors import RuleBroken
from programme.models import PeriodLock, Programme, User
from programme.rules.money import written
from programme.rules.spending import JULY, half_year


@dataclass(frozen=True)
class HalfYear:
    """A calendar half-year as far as it lies inside the run time."""

    year: int
    half: int
    starts_on: date
    ends_on: date
    is_first: bool
    is_last: bool

    @property
    def label(self) -> str:
        """The name in headings and sentences: "2. Halbjahr 2015"."""
        return half_year(self.starts_on)

    def holds(self, day: date) -> bool:
        """Tell whether a payment of that day counts here.

        What was paid before or after the run time counts in its first or last half-year.
        """
        return (self.is_first or self.starts_on <= day) and (self.is_last or day <= self.ends_on)


def half_years_of(programme: Programme) -> tuple[HalfYear, ...]:
    """Return the half-years of the run time, oldest first."""
    found = []
    first = programme.starts_on
    while first <= programme.ends_on:
        half = 1 if first.month < JULY else 2
        following = date(first.year, JULY, 1) if half == 1 else date(first.year + 1, 1, 1)
        found.append(
            HalfYear(
                first.year,
                half,
                starts_on=first,
                ends_on=min(following - timedelta(days=1), programme.ends_on),
                is_first=first == programme.starts_on,
                is_last=following > programme.ends_on,
            )
        )
        first = following
    return tuple(found)


def half_year_on(half_years: Iterable[HalfYear], day: date) -> HalfYear:
    """Return the half-year in which a payment of that day counts."""
    return next(each for each in half_years if each.holds(day))


def lockable(
    half: HalfYear, *, locked: PeriodLock | None, waiting: int, today: date, confirmed: bool
) -> None:
    """Refuse (RuleBroken) to lock twice, before the end, and unseen with vouchers that wait."""
    if locked is not None:
        raise RuleBroken(f"Das {half.label} ist schon abgeschlossen.")
    if today <= half.ends_on:
        raise RuleBroken(
            f"Das {half.label} läuft noch bis zum {half.ends_on:%d.%m.%Y}. Abschließen lässt es "
            "sich ab dem Tag danach."
        )
    if waiting and not confirmed:
        told = "Ein Beleg wartet" if waiting == 1 else f"{waiting} Belege warten"
        raise RuleBroken(
            f"{told} noch auf die zweite Prüfung. Was danach geprüft wird, steht nicht in den "
            "Zahlen des Abschlusses, sondern als Abweichung darunter.",
            field="confirmed",
        )


def unlockable(half: HalfYear, *, locked: PeriodLock | None, by: User) -> PeriodLock:
    """Return the lock that may be lifted; refuses (RuleBroken) none, and whoever locked."""
    if locked is None:
        raise RuleBroken(f"Das {half.label} ist nicht abgeschlossen.")
    if locked.locked_by_id == by.pk:
        raise RuleBroken(
            "Sie haben dieses Halbjahr abgeschlossen. Öffnen muss es eine andere Person aus dem "
            "Bereich Finanzen (Vier-Augen-Prinzip)."
        )
    return locked


def reasoned(reason: str) -> str:
    """Return a reason without spaces around it; refuses none (RuleBroken)."""
    if not reason.strip():
        raise RuleBroken("Bitte geben Sie einen Grund an.", field="reason")
    return reason.strip()


def reckoned(total_eur: Decimal, *, vouchers: int) -> str:
    """Say what a half-year came to, in EUR: "1.234,56 EUR aus 3 Belegen"."""
    return f"{written(total_eur)} aus {'einem Beleg' if vouchers == 1 else f'{vouchers} Belegen'}"
