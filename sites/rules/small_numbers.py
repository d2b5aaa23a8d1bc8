"""Numbers under five never leave the entry page, not even by subtraction (feature B13)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sites.enums import IndicatorKind

SMALLEST = 5
HIDDEN = "nicht gezeigt"
WHY_HIDDEN = (
    "Werte, die auf weniger als fünf Personen oder Fällen beruhen, werden nicht gezeigt. Das gilt "
    "auch für Summen und Änderungen, aus denen sich ein solcher Wert berechnen ließe."
)


@dataclass(frozen=True)
class Figure:
    """One measured figure as it is stored."""

    kind: str
    counts_cases: bool
    value: Decimal
    numerator: int | None = None
    denominator: int | None = None
    n: int | None = None


@dataclass(frozen=True)
class Safe:
    """What may be shown of a figure; None where a number has to stay hidden."""

    value: Decimal | None
    n: int | None


def _small(number: Decimal | int | None) -> bool:
    return number is not None and number < SMALLEST


def safe(figure: Figure) -> Safe:
    """Return what everybody may see of a figure.

    Hidden are: counts of persons or cases under five (zero too), everything measured on fewer
    than five, and shares whose numerator or rest is under five, because share times n gives it
    away. An n that differs from a count by less than five would tell the rest and goes as well.
    """
    if _hides_value(figure):
        return Safe(None, None if _small(figure.n) or figure.n == figure.value else figure.n)
    return Safe(figure.value, None if _n_tells(figure) else figure.n)


def _hides_value(figure: Figure) -> bool:
    if _small(figure.n) or _small(figure.numerator) or _small(figure.denominator):
        return True
    if figure.kind == IndicatorKind.PERCENT:
        whole, part = figure.denominator, figure.numerator
        return whole is None or part is None or whole - part < SMALLEST
    return figure.counts_cases and figure.kind == IndicatorKind.NUMBER and _small(figure.value)


def _n_tells(figure: Figure) -> bool:
    if not figure.counts_cases or figure.n is None or figure.kind != IndicatorKind.NUMBER:
        return False
    return figure.n != figure.value and abs(figure.n - figure.value) < SMALLEST


def difference(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    """Return after minus before; hidden as soon as one of the two is."""
    return None if before is None or after is None else after - before


def safe_total(values: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum, or None as soon as one of the values is hidden.

    Hiding the sum is the only complementary suppression that holds: hiding a second value
    instead still narrows the small one down, for everybody knows that it lies between 0 and 4.
    """
    total = Decimal(0)
    for value in values:
        if value is None:
            return None
        total += value
    return total


def shows_breakdown(total: Figure, groups: Sequence[Figure]) -> bool:
    """Say whether a breakdown may leave the entry page: all of its groups or none (B13).

    It may if the value itself may be shown with its n, if every group may, and if what is left
    over when all groups are taken from the value is nothing at all or large enough as well.
    Then every sum of groups and every rest is a sum of safe numbers. Hiding only the small
    group, or that and a second one, would still leave their sum and narrow the small one down.
    """
    whole = safe(total)
    if not groups or whole.value is None or whole.n != total.n:
        return False
    return all(_stands_alone(group) for group in groups) and _rest_is_safe(total, groups)


def _stands_alone(group: Figure) -> bool:
    counts = group.counts_cases and group.kind == IndicatorKind.NUMBER
    is_founded = counts or group.kind == IndicatorKind.PERCENT or group.n is not None
    return is_founded and safe(group) == Safe(group.value, group.n)


def _rest_is_safe(total: Figure, groups: Sequence[Figure]) -> bool:
    """Judge what is left over like a group of its own; unknown parts of a known sum forbid it."""
    rest: dict[str, Decimal | int | None] = {}
    for column in _adding(total):
        whole = getattr(total, column)
        parts = [getattr(group, column) for group in groups]
        known = [part for part in parts if part is not None]
        if whole is None or not known:
            continue
        if len(known) < len(parts) or sum(known) > whole:
            return False
        rest[column] = whole - sum(known)
    if not any(rest.values()):
        return True
    left = Figure(
        kind=total.kind,
        counts_cases=total.counts_cases,
        value=Decimal(rest.get("value") or 0),
        numerator=_whole(rest.get("numerator")),
        denominator=_whole(rest.get("denominator")),
        n=_whole(rest.get("n")),
    )
    return safe(left) == Safe(left.value, left.n)


def leaves_small_rest(total: Figure, readings: Sequence[Figure]) -> bool:
    """Say whether a value less its readings tells a small number, were they parts of it (B13).

    Three weeks may be readings of their sum. Where a column of the readings stays below that of
    the value by one to four, the week nobody wrote down would be as small as that; and readings
    must not bring the n along that had to be left out at the value.
    """
    if safe(total).n != total.n and any(row.n is not None for row in readings):
        return True
    rests = [_rest(total, readings, column) for column in _adding(total)]
    if total.kind == IndicatorKind.PERCENT and None not in rests[:2]:
        rests.append((rests[1] or 0) - (rests[0] or 0))
    return any(rest is not None and 0 < rest < SMALLEST for rest in rests)


def _rest(total: Figure, parts: Sequence[Figure], column: str) -> Decimal | int | None:
    whole = getattr(total, column)
    known = [part for row in parts if (part := getattr(row, column)) is not None]
    return None if whole is None or not known else whole - sum(known)


def _whole(number: Decimal | int | None) -> int | None:
    return None if number is None else int(number)


def _adding(figure: Figure) -> tuple[str, ...]:
    """Return the columns of groups that add up to those of the whole; medians do not."""
    if figure.kind == IndicatorKind.NUMBER and figure.counts_cases:
        return ("value", "n")
    return ("numerator", "denominator", "n")
