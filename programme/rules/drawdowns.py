"""What a drawdown proposes and how it is divided; the numbered rules lie in funding/."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from programme.enums import DrawdownStatus
from programme.errors import RuleBroken
from programme.models import Drawdown
from programme.rules.funding import drawdowns as funding_rules
from programme.rules.funding.vouchers import Window
from programme.rules.money import by_ratio, from_cents, round_half_up, to_cents, written

CHANGEABLE = frozenset({DrawdownStatus.RECORDED, DrawdownStatus.REJECTED})


@dataclass(frozen=True)
class DrawdownEntry:
    """The three fields of a drawdown as a person enters them; the amount is in EUR."""

    requested_on: date
    requested_eur: Decimal
    reason: str


@dataclass(frozen=True)
class Receipt:
    """What came in from one source on which day; the amount in EUR."""

    received_eur: Decimal
    received_on: date


@dataclass(frozen=True)
class Purse:
    """What a drawdown has to know of one source, amounts in EUR.

    `drawn_eur` is what came in or, where nothing has come in yet, what was asked for; `cap` is
    the part of the grant that may be paid in advance (0.80 = 80 %), None if there is no cap.
    `recognised_eur` is what the authority recognised in its final check, None before that: then
    it takes the place of grant and cap.
    """

    key: str
    name: str
    planned_eur: Decimal
    granted_eur: Decimal
    spent_eur: Decimal
    drawn_eur: Decimal
    cap: Decimal | None = None
    recognised_eur: Decimal | None = None

    @property
    def most_eur(self) -> Decimal:
        """Return what may be paid in advance in all, after the final check what is recognised."""
        return funding_rules.most_eur(
            granted_eur=self.granted_eur, cap=self.cap, recognised_eur=self.recognised_eur
        )

    @property
    def left_eur(self) -> Decimal:
        """Return what may still be drawn, nothing if more than that was drawn already."""
        return max(self.most_eur - self.drawn_eur, Decimal("0.00"))


@dataclass(frozen=True)
class SourcePart:
    """What one source is asked for in a drawdown, in EUR."""

    key: str
    name: str
    requested_eur: Decimal


@dataclass(frozen=True)
class Proposal:
    """The amount the portal proposes and everything it was made of, in EUR.

    Proposed is what was spent and not drawn yet, plus the need until the next drawdown, at most
    what the caps of the sources leave.
    """

    spent_eur: Decimal
    drawn_eur: Decimal
    forecast_eur: Decimal
    room_eur: Decimal
    next_on: date

    @property
    def needed_eur(self) -> Decimal:
        """Return what is needed whatever the caps say."""
        return max(self.spent_eur + self.forecast_eur - self.drawn_eur, Decimal("0.00"))

    @property
    def amount_eur(self) -> Decimal:
        return min(self.needed_eur, self.room_eur)

    @property
    def is_capped(self) -> bool:
        return self.needed_eur > self.room_eur


def parts(*, requested_eur: Decimal, purses: Sequence[Purse]) -> tuple[SourcePart, ...]:
    """Divide a drawdown between the sources in the ratio of the plan; the parts sum to it (F16)."""
    weights = [to_cents(purse.planned_eur) for purse in purses]
    cents = by_ratio(to_cents(requested_eur), weights) if any(weights) else [0] * len(weights)
    return tuple(
        SourcePart(purse.key, purse.name, from_cents(part))
        for purse, part in zip(purses, cents, strict=True)
    )


def room_eur(purses: Sequence[Purse]) -> Decimal:
    """Return what can be drawn without any part above what may still be drawn, in EUR (F10).

    It follows the ratio of the plan to the cent. F10 judges the rounded parts, so it may accept a
    cent more; that cent would be borne by one source alone and is not proposed.
    """
    weights = [to_cents(purse.planned_eur) for purse in purses]
    if not any(weights):
        return Decimal("0.00")
    left = [to_cents(purse.left_eur) for purse in purses]
    bounds = zip(left, weights, strict=True)
    most = min(room * sum(weights) // weight for room, weight in bounds if weight)
    while most and any(
        part > room for part, room in zip(by_ratio(most, weights), left, strict=True)
    ):
        most -= 1
    return from_cents(most)


def planned_need(
    *, planned_eur: Decimal, spent_eur: Decimal, window: Window, since: date, until: date
) -> Decimal:
    """Return what the plan spends from one day to another if each day costs the same, in EUR.

    Days outside the run time cost nothing, and no more is needed than the plan has left.
    """
    first = max(since, window.starts_on - timedelta(days=1))
    days = max((min(until, window.ends_on) - first).days, 0)
    whole = (window.ends_on - window.starts_on).days + 1
    need = from_cents(round_half_up(Fraction(to_cents(planned_eur) * days, whole)))
    return max(min(need, planned_eur - spent_eur), Decimal("0.00"))


def day_in_order(requested_on: date, window: Window) -> None:
    """Refuse (RuleBroken) a day before the run time and one that is still to come."""
    if requested_on < window.starts_on:
        raise RuleBroken(
            f"Der Abruf liegt vor dem Beginn der Laufzeit am {window.starts_on:%d.%m.%Y}. "
            "Bitte geben Sie einen späteren Tag an.",
            field="requested_on",
        )
    if requested_on > window.today:
        raise RuleBroken(
            "Der Tag liegt in der Zukunft. Bitte geben Sie den Tag an, an dem Sie abrufen.",
            field="requested_on",
        )


def titled(drawdown: Drawdown) -> str:
    """Name a drawdown in a sentence of the logbook."""
    return f"{drawdown} vom {drawdown.requested_on:%d.%m.%Y} über {written(drawdown.requested_eur)}"


def undecided(drawdown: Drawdown) -> None:
    """Refuse (RuleBroken) to decide a second time about a drawdown."""
    if drawdown.status == DrawdownStatus.REJECTED:
        raise RuleBroken(f"{drawdown} ist bereits zurückgewiesen.")
    if drawdown.status != DrawdownStatus.RECORDED:
        raise RuleBroken(f"{drawdown} ist bereits geprüft. Er ist unverändert gültig.")


def changeable(drawdown: Drawdown) -> None:
    """Refuse (RuleBroken) to edit what is approved; what was rejected waits for its correction."""
    if drawdown.status not in CHANGEABLE:
        undecided(drawdown)


def decided(drawdown: Drawdown) -> None:
    """Refuse (RuleBroken) money for a drawdown that has not passed both checks."""
    if drawdown.status not in {DrawdownStatus.APPROVED, DrawdownStatus.RECEIVED}:
        raise RuleBroken(f"{drawdown} hat die zweite Prüfung noch nicht bestanden.")


def same_revision(drawdown: Drawdown, seen_revision: int) -> None:
    """Refuse (RuleBroken) to act on a state of the drawdown the person has not seen."""
    if drawdown.revision != seen_revision:
        raise RuleBroken(
            f"{drawdown} wurde inzwischen geändert. "
            "Bitte sehen Sie sich den neuen Stand an und entscheiden Sie dann erneut."
        )
