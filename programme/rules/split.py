"""The split of a voucher between the sources, to the cent and in the open."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from programme.errors import RuleBroken
from programme.rules.funding import plan
from programme.rules.funding.finding import refuse
from programme.rules.money import by_ratio, from_cents, to_cents, written


@dataclass(frozen=True)
class Pot:
    """What the split has to know of one source, all amounts in EUR.

    `planned_eur` is its part of the approved plan and gives the ratio, `ceiling_eur` what was
    granted, `spent_eur` the sum of its stored shares of all vouchers that are not rejected.
    """

    key: str
    name: str
    planned_eur: Decimal
    ceiling_eur: Decimal
    spent_eur: Decimal


@dataclass(frozen=True)
class Share:
    """One source's part of a voucher and how it came about."""

    key: str
    name: str
    amount_eur: Decimal
    ratio_numerator: int
    ratio_denominator: int
    gross_eur: Decimal
    before_eur: Decimal
    total_before_eur: Decimal

    @property
    def ratio(self) -> Fraction:
        return Fraction(self.ratio_numerator, self.ratio_denominator)

    @property
    def ratio_percent(self) -> Decimal:
        """The planned ratio in per cent with four places, for reading only."""
        return _to_decimal(self.ratio * 100, places=4)

    @property
    def exact_eur(self) -> Decimal:
        """The part before rounding, in EUR with six places, for reading only."""
        return _to_decimal(Fraction(to_cents(self.gross_eur)) * self.ratio / 100, places=6)

    @property
    def odd_cents(self) -> Decimal:
        """How much more (or less) than its exact part the source carries, in cents."""
        exact = to_cents(self.gross_eur) * self.ratio
        return _to_decimal(to_cents(self.amount_eur) - exact, places=4)

    @property
    def drift_before(self) -> Fraction:
        """Cents the source lay above (or below) the planned ratio before this voucher."""
        return to_cents(self.before_eur) - to_cents(self.total_before_eur) * self.ratio

    @property
    def drift_after(self) -> Fraction:
        """Cents the source lies above (or below) the planned ratio with this voucher."""
        gross, amount = to_cents(self.gross_eur), to_cents(self.amount_eur)
        return self.drift_before + amount - gross * self.ratio

    @property
    def drift_after_cents(self) -> Decimal:
        return _to_decimal(self.drift_after, places=4)

    @property
    def is_diverted(self) -> bool:
        """Whether a ceiling (or an earlier one) kept this part off the planned ratio."""
        return abs(self.drift_after) > 1


def _to_decimal(value: Fraction, *, places: int) -> Decimal:
    step = Decimal(1).scaleb(-places)
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(step, ROUND_HALF_UP)


def split(*, gross_eur: Decimal, pots: Sequence[Pot]) -> tuple[Share, ...]:
    """Split a voucher between the sources in the planned ratio, cent-exact.

    With T the sum of all vouchers including this one, each source's sum is brought to
    round_half_up(T × ratio); so what one voucher had to round is made good by the next, and the
    totals stay within one cent of the plan. The last source takes the rest, so the parts always
    sum to the voucher. What exceeds the grant of one source goes to the others; refuses
    (RuleBroken, rule F08) what exceeds all grants, and a plan without funding (rule F01).
    A credit note goes back to the sources by the same rule; refused is what takes more back than
    they have paid.
    """
    refuse([plan.funded([pot.planned_eur for pot in pots])], confirmed=True)
    gross = to_cents(gross_eur)
    parts = _given(gross, pots) if gross > 0 else _taken_back(gross, pots)
    whole = sum(to_cents(pot.planned_eur) for pot in pots)
    before = sum((pot.spent_eur for pot in pots), Decimal(0))
    return tuple(
        Share(
            key=pot.key,
            name=pot.name,
            amount_eur=from_cents(part),
            ratio_numerator=to_cents(pot.planned_eur),
            ratio_denominator=whole,
            gross_eur=from_cents(gross),
            before_eur=pot.spent_eur,
            total_before_eur=before,
        )
        for pot, part in zip(pots, parts, strict=True)
    )


def _given(gross: int, pots: Sequence[Pot]) -> list[int]:
    rooms = [max(0, to_cents(pot.ceiling_eur) - to_cents(pot.spent_eur)) for pot in pots]
    left_eur = from_cents(sum(rooms))
    refuse([plan.within_grants(from_cents(gross), left_eur=left_eur)], confirmed=True)
    return _within(rooms, gross=gross, wanted=_wanted(gross, pots))


def _taken_back(gross: int, pots: Sequence[Pot]) -> list[int]:
    paid = [max(0, to_cents(pot.spent_eur)) for pot in pots]
    if sum(paid) + gross < 0:
        raise RuleBroken(
            f"Die Gutschrift ist höher als alles, was bisher ausgegeben ist: "
            f"{written(from_cents(sum(paid)))}.",
            field="gross_eur",
        )
    back = _within(paid, gross=-gross, wanted=[-part for part in _wanted(gross, pots)])
    return [-part for part in back]


def explained(shares: Sequence[Share]) -> str:
    """Say where the odd part of a cent went and where the sources stand afterwards."""
    if any(share.is_diverted for share in shares):
        return (
            "Die Aufteilung weicht vom Verhältnis des Plans ab, weil eine Quelle ihre bewilligte "
            "Summe erreicht oder nach einer Zurückweisung einen Rückstand aufgeholt hat."
        )
    more = max(shares, key=lambda share: share.odd_cents, default=None)
    if more is None or not more.odd_cents:
        return "Die Aufteilung geht ohne Rundung auf."
    return (
        f"Der Rundungsrest von {_with_comma(more.odd_cents)} Cent geht zulasten der Quelle "
        f"„{more.name}“. Nach diesem Beleg liegt sie {_with_comma(abs(more.drift_after_cents))} "
        f"Cent {'unter' if more.drift_after < 0 else 'über'} dem Verhältnis des Plans."
    )


def _with_comma(number: Decimal) -> str:
    return f"{number:f}".replace(".", ",")


def _wanted(gross: int, pots: Sequence[Pot]) -> list[int]:
    """Return the cents that bring each source to its planned part of all vouchers."""
    spent = [to_cents(pot.spent_eur) for pot in pots]
    reached = by_ratio(sum(spent) + gross, [to_cents(pot.planned_eur) for pot in pots])
    return [border - already for border, already in zip(reached, spent, strict=True)]


def _within(rooms: list[int], *, gross: int, wanted: list[int]) -> list[int]:
    """Keep each part between nothing and what its source has left; the others take the rest."""
    parts = [min(max(part, 0), room) for part, room in zip(wanted, rooms, strict=True)]
    for index, room in enumerate(rooms):
        missing = gross - sum(parts)
        parts[index] += max(-parts[index], min(missing, room - parts[index]))
    return parts
