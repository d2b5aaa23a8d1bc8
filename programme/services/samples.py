"""Samples of an audit: drawn by chance, the same again with the same seed."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import AuditSample, Programme, User, Voucher
from programme.queries.samples import population
from programme.rules.inspections import LARGEST_SEED, drawn


@dataclass(frozen=True)
class SampleEntry:
    """How many vouchers to draw and from which: a line, a smallest amount in EUR, or all.

    Without `seed` the portal takes one by chance.
    """

    size: int
    position: int | None = None
    minimum_eur: Decimal | None = None
    seed: int | None = None


@transaction.atomic
def draw(
    *, programme: Programme, entry: SampleEntry, by: User, at: datetime | None = None
) -> AuditSample:
    """Draw a sample from the approved vouchers and keep it; the same seed draws the same ones.

    The selection with its highest voucher number is kept, so that later vouchers change nothing.
    `at` is the moment of the drawing, now by default.
    Refuses (RuleBroken) a selection without any voucher.
    """
    numbers = list(population(programme=programme, criteria=_criteria(entry)))
    if not numbers:
        raise RuleBroken("Zu dieser Auswahl gibt es keinen geprüften Beleg.", field="position")
    seed = secrets.randbelow(LARGEST_SEED) if entry.seed is None else entry.seed
    sample = AuditSample.objects.create(
        programme=programme,
        drawn_by=by,
        drawn_at=at or clock.now(),
        seed=seed,
        size=entry.size,
        population=len(numbers),
        criteria=_criteria(entry) | {"until_number": max(numbers)},
    )
    chosen = drawn(numbers, seed=seed, size=entry.size)
    sample.vouchers.set(Voucher.objects.filter(programme=programme, number__in=chosen))
    audit.record(
        by=by,
        verb="sample.drawn",
        subject=sample,
        sentence=f"{sample}: {len(chosen)} von {len(numbers)} Belegen gezogen, Startwert {seed}.",
        at=at,
    )
    return sample


def _criteria(entry: SampleEntry) -> dict[str, object]:
    criteria: dict[str, object] = {}
    if entry.position is not None:
        criteria["position"] = entry.position
    if entry.minimum_eur is not None:
        criteria["minimum_eur"] = str(entry.minimum_eur)
    return criteria
