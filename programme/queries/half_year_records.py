"""The locked half-years as they are handed over: frozen sums, and what came after (B16)."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from django.utils import timezone

from programme.models import PeriodLock, Programme
from programme.queries import half_years as queries
from programme.queries.funding_records import NONE, Record, Table, person_text
from programme.rules.half_years import HalfYear, half_years_of
from programme.rules.money import written

SUMS = ("Quelle oder Einzelansatz", "Summe beim Abschluss", "Summe heute", "Unterschied")
CHANGES = ("Beleg", "vorher", "nachher", "Grund")


def half_year_records(*, programme: Programme) -> Iterator[Record]:
    """Yield every lock a half-year has had, in the order of time; the opened ones say so."""
    halves = {half.starts_on: half for half in half_years_of(programme)}
    locks = PeriodLock.objects.filter(programme=programme, starts_on__in=halves)
    people = locks.select_related("locked_by", "unlocked_by")
    times: Counter[HalfYear] = Counter()
    for lock in people.order_by("starts_on", "locked_at", "pk"):
        half = halves[lock.starts_on]
        times[half] += 1
        yield _record(lock, half, times[half])


def _record(lock: PeriodLock, half: HalfYear, time: int) -> Record:
    rows = queries.vouchers_in(programme=lock.programme, half=half)
    sums = queries.compared(lock.figures, queries.figures(rows))
    changes = queries.differences(lock.figures, rows)
    is_open = lock.unlocked_at is not None
    return Record(
        kind="Halbjahr",
        path=f"halbjahre/{half.year}-{half.half}-abschluss-{time}",
        title=f"{half.label}, {time}. Abschluss",
        on=timezone.localtime(lock.locked_at).date(),
        amount_eur=lock.total_eur,
        state="wieder geöffnet" if is_open else "abgeschlossen",
        facts=(
            ("abgeschlossen", person_text(lock.locked_by, lock.locked_at)),
            ("Grund", lock.reason),
            ("geöffnet", person_text(lock.unlocked_by, lock.unlocked_at)),
            ("Grund der Öffnung", lock.unlock_reason or NONE),
            ("Prüfsumme der Zahlen", lock.figures_sha256),
        ),
        tables=(
            Table("Summen", SUMS, tuple(_sum(row) for row in sums)),
            Table("Nach dem Abschluss gebucht", CHANGES, tuple(_change(each) for each in changes)),
        ),
    )


def _sum(row: queries.Compared) -> tuple[str, ...]:
    before = written(row.before_eur or Decimal(0))
    return row.name, before, written(row.after_eur), row.difference_text


def _change(each: queries.Difference) -> tuple[str, ...]:
    before, after = written(each.before_eur), written(each.after_eur)
    return str(each.voucher.number), before, after, each.why
