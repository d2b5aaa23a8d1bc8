"""Half-years: locked with frozen figures by one person, opened again by another."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from programme import audit, clock
from programme.models import PeriodLock, Programme, User
from programme.queries import half_years as queries
from programme.rules import half_years as rules
from programme.rules.half_years import HalfYear
from programme.rules.proofs import checksum


@transaction.atomic
def lock(
    *,
    programme: Programme,
    half: HalfYear,
    reason: str,
    by: User,
    confirmed: bool = False,
    at: datetime | None = None,
) -> PeriodLock:
    """Lock a half-year and freeze what two people have checked of it, in EUR.

    What changes it later is still booked and shows as a difference. Refuses (RuleBroken) no
    reason, a half-year that is locked or not over, and warns until `confirmed` while vouchers
    wait for the second check. `at` is the moment, now by default.
    """
    told = rules.reasoned(reason)
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    moment = at or clock.now()
    rules.lockable(
        half,
        locked=_standing(programme, half),
        waiting=queries.waiting_in(programme=programme, half=half),
        today=clock.day_of(moment),
        confirmed=confirmed,
    )
    return _freeze(programme, half, reason=told, by=by, moment=moment)


@transaction.atomic
def unlock(*, programme: Programme, half: HalfYear, reason: str, by: User) -> PeriodLock:
    """Open a locked half-year; the frozen figures stay in its history.

    Refuses (RuleBroken) no reason, a half-year that is open, and the person who locked it.
    """
    told = rules.reasoned(reason)
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    found = rules.unlockable(half, locked=_standing(programme, half), by=by)
    found.unlocked_by, found.unlocked_at, found.unlock_reason = by, clock.now(), told
    found.save(update_fields=["unlocked_by", "unlocked_at", "unlock_reason"])
    audit.record(
        by=by,
        verb="half_year.unlocked",
        subject=found,
        sentence=f"{half.label} wieder geöffnet: {told}",
    )
    return found


def _standing(programme: Programme, half: HalfYear) -> PeriodLock | None:
    return queries.standing_locks(programme=programme).filter(starts_on=half.starts_on).first()


def _freeze(
    programme: Programme, half: HalfYear, *, reason: str, by: User, moment: datetime
) -> PeriodLock:
    rows = queries.vouchers_in(programme=programme, half=half)
    figures = queries.figures(rows)
    made = PeriodLock.objects.create(
        programme=programme,
        starts_on=half.starts_on,
        ends_on=half.ends_on,
        locked_by=by,
        locked_at=moment,
        reason=reason,
        total_eur=Decimal(figures["total"]),
        figures=figures,
        figures_sha256=checksum(figures),
    )
    reckoned = rules.reckoned(made.total_eur, vouchers=len(rows))
    audit.record(
        by=by,
        verb="half_year.locked",
        subject=made,
        sentence=f"{half.label} mit {reckoned} abgeschlossen: {reason}",
        changes={"figures_sha256": ["", made.figures_sha256]},
        at=moment,
    )
    return made
