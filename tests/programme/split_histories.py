"""Random histories of vouchers against the rule of the split alone, thousands a second."""

import random
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction

from programme.errors import RuleBroken
from programme.rules.money import from_cents, to_cents
from programme.rules.split import Pot, Share, split

MOST_STEPS = 8
KEYS = ("land", "amif")


@dataclass
class SplitHistory:
    """Vouchers and counter-entries of one invented plan; chance decides about everything.

    Some plans are so small that their ceilings are reached, some grants exceed the plan.
    """

    seed: int
    plan: tuple[int, ...] = ()
    ceilings: tuple[int, ...] = ()
    sums: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KEYS, 0))
    booked: list[tuple[Share, ...]] = field(default_factory=list)
    steps: Counter[str] = field(default_factory=Counter)
    has_taken_back: bool = False

    def play(self) -> None:
        """Record and take back, then take back all that is left; ask for every promise."""
        chance = random.Random(self.seed)  # noqa: S311  a fixed walk, guards no secret
        largest = chance.choice((10, 10_000, 20_000_000))
        self.plan = tuple(chance.randint(1, largest) for _ in KEYS)
        room = chance.choice((0, 0, 1, largest, 10 * largest))
        self.ceilings = tuple(part + room for part in self.plan)
        for _ in range(chance.randint(1, MOST_STEPS)):
            if self.booked and chance.random() < 0.25:
                self.take_back(chance.randrange(len(self.booked)))
            else:
                self.record(chance.choice((1, 2, 3, chance.randint(1, largest))))
        while self.booked:
            self.take_back(chance.randrange(len(self.booked)))
        assert self.sums == dict.fromkeys(KEYS, 0), self

    def record(self, cents: int) -> None:
        """Split a voucher; a refusal is right only if it exceeds all grants."""
        try:
            shares = split(gross_eur=from_cents(cents), pots=self._pots())
        except RuleBroken:
            assert sum(self.sums.values()) + cents > sum(self.ceilings), self
            self.steps["refused"] += 1
            return
        parts = [to_cents(share.amount_eur) for share in shares]
        assert sum(parts) == cents, self
        assert min(parts) >= 0, self
        self._add(shares, 1)
        self._within_ceilings()
        self._near_the_plan(parts)
        self.booked.append(shares)
        self.steps["recorded"] += 1

    def take_back(self, place: int) -> None:
        """Book the same shares with the opposite sign, as a counter-entry does."""
        before = dict(self.sums)
        shares = self.booked.pop(place)
        self._add(shares, -1)
        gone = {share.key: to_cents(share.amount_eur) for share in shares}
        assert {key: before[key] - gone[key] for key in KEYS} == self.sums, self
        assert sum(before.values()) - sum(self.sums.values()) == to_cents(shares[0].gross_eur), self
        self._within_ceilings()
        self.has_taken_back = True
        self.steps["taken back"] += 1

    def _pots(self) -> tuple[Pot, ...]:
        rows = zip(KEYS, self.plan, self.ceilings, strict=True)
        return tuple(
            Pot(key, key, from_cents(part), from_cents(most), from_cents(self.sums[key]))
            for key, part, most in rows
        )

    def _add(self, shares: tuple[Share, ...], sign: int) -> None:
        for share in shares:
            self.sums[share.key] += sign * to_cents(share.amount_eur)

    def _within_ceilings(self) -> None:
        for key, most in zip(KEYS, self.ceilings, strict=True):
            assert 0 <= self.sums[key] <= most, self

    def _near_the_plan(self, parts: list[int]) -> None:
        """Within one cent of the ratio, unless a ceiling or something taken back forbids it."""
        full = any(self.sums[key] == most for key, most in zip(KEYS, self.ceilings, strict=True))
        if full or (self.has_taken_back and min(parts) == 0):
            self.steps["diverted"] += 1
            return
        total, whole = sum(self.sums.values()), sum(self.plan)
        for key, part in zip(KEYS, self.plan, strict=True):
            assert abs(self.sums[key] - Fraction(total * part, whole)) <= 1, self


def play_many(*, first_seed: int, amount: int) -> Counter[str]:
    """Play so many histories, each from its own seed; return what happened in them."""
    steps: Counter[str] = Counter()
    for seed in range(first_seed, first_seed + amount):
        history = SplitHistory(seed)
        history.play()
        steps += history.steps
    return steps
