"""Random histories of vouchers through the real services; the cent rule is asked at every step."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Sum

from programme.enums import VoucherStatus
from programme.errors import RuleBroken
from programme.models import FinancingPlan, User, Voucher, VoucherShare
from programme.rules.money import rounded
from programme.services import approvals, corrections, vouchers
from tests.factories.funding import entry

ZERO = Decimal(0)
COUNTING = (VoucherStatus.RECORDED, VoucherStatus.APPROVED)


@dataclass
class History:
    """One programme with two people of the finance, and chance to decide what they do."""

    plan: FinancingPlan
    people: Sequence[User]
    chance: random.Random
    steps: list[str] = field(default_factory=list)

    def play(self, *, steps: int) -> None:
        """Do so many things; after each the sums must agree, also after a refusal."""
        for _ in range(steps):
            step = self.chance.choice(STEPS)
            try:
                step(self)
                self.steps.append(step.__name__)
            except RuleBroken:
                self.steps.append("refused")
            self.check()

    def check(self) -> None:
        """Land and AMIF together are the vouchers, each one and all of them, to the cent."""
        rows = Voucher.objects.filter(programme=self.plan.programme)
        each = rows.annotate(shared=Sum("shares__amount_eur")).values_list("gross_eur", "shared")
        assert all(gross == rounded(shared) for gross, shared in each), self.steps
        counting = VoucherShare.objects.filter(voucher__in=rows.filter(status__in=COUNTING))
        by_source = dict(counting.order_by().values_list("source").annotate(Sum("amount_eur")))
        total = rows.filter(status__in=COUNTING).aggregate(total=Sum("gross_eur"))["total"]
        assert rounded(sum(by_source.values(), ZERO)) == rounded(total or ZERO), self.steps

    def record(self) -> None:
        self._new(self._entry())

    def edit(self) -> None:
        voucher = self._one(status=VoucherStatus.RECORDED)
        vouchers.correct(
            voucher=voucher,
            seen_version=voucher.version,
            entry=self._entry(),
            files=[],
            by=self._anybody(),
            confirmed=True,
        )

    def approve(self) -> None:
        voucher = self._one(status=VoucherStatus.RECORDED)
        approvals.approve(voucher=voucher, seen_version=voucher.version, by=self._anybody())

    def reject(self) -> None:
        voucher = self._one(status=VoucherStatus.RECORDED)
        approvals.reject(
            voucher=voucher, seen_version=voucher.version, reason="falsch", by=self._anybody()
        )

    def correct(self) -> None:
        voucher = self._one(status=VoucherStatus.APPROVED)
        anew = self._entry() if self.chance.random() < 0.7 else None
        corrections.correct_approved(
            voucher=voucher, entry=anew, reason="falsch", by=self._anybody(), confirmed=True
        )

    def _anybody(self) -> User:
        return self.chance.choice(self.people)

    def _entry(self):
        cents = self.chance.choice([1, 2, 3, 99, self.chance.randint(1, 60_000_00)])
        line = self.plan.lines.get(position=self.chance.choice([1, 2]))
        number = f"RE-{self.chance.randint(1, 10**9)}"
        return entry(
            plan=self.plan, line=line, gross_eur=Decimal(cents) / 100, invoice_number=number
        )

    def _new(self, made) -> None:
        vouchers.record(
            programme=self.plan.programme, entry=made, files=[], by=self._anybody(), confirmed=True
        )

    def _one(self, **wanted: str) -> Voucher:
        found = list(Voucher.objects.filter(programme=self.plan.programme, **wanted))
        if not found:
            raise RuleBroken("Es gibt noch keinen.")
        return self.chance.choice(found)


STEPS: tuple[Callable[[History], None], ...] = (
    *(History.record, History.record, History.record, History.approve, History.approve),
    *(History.edit, History.reject, History.correct),
)
