"""When which values are due, and what a released comparison needs."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from sites.enums import IndicatorPhase
from sites.models import Indicator

END_DUE_BEFORE = timedelta(days=92)
PAUSE = timedelta(days=7)
# The last part of the address of the page where the values of a phase are entered.
ADDRESSES = {
    "ausgangswert": IndicatorPhase.BASELINE,
    "zwischenstand": IndicatorPhase.MID,
    "endstand": IndicatorPhase.END,
}
ADDRESS_OF = {str(phase): address for address, phase in ADDRESSES.items()}


def due_phases(*, starts_on: date, ends_on: date, today: date) -> tuple[str, ...]:
    """Return the phases whose values should be there: the first at once, the last before the end.

    The one in the middle is asked for from half-time on, until the last one is due.
    """
    if today >= ends_on - END_DUE_BEFORE:
        return (IndicatorPhase.BASELINE, IndicatorPhase.END)
    if today >= starts_on + (ends_on - starts_on) / 2:
        return (IndicatorPhase.BASELINE, IndicatorPhase.MID)
    return (IndicatorPhase.BASELINE,)


def missing(
    *,
    indicators: Iterable[Indicator],
    phase: str,
    entered: Collection[int],
    with_baseline: Collection[int],
) -> list[Indicator]:
    """Return the indicators without an entry; later ones only where there is a first value.

    `entered` are the indicators with an entry in the phase, "not available" is one as well.
    """
    first = phase == IndicatorPhase.BASELINE
    return [
        row for row in indicators if row.pk not in entered and (first or row.pk in with_baseline)
    ]
