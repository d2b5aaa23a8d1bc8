"""Where a phase stands on a day: planned, running, done, and by how many days it is late."""

from dataclasses import dataclass
from datetime import date

from programme.errors import RuleBroken
from sites.enums import Phase
from sites.rules.lifecycle import lies_outside


@dataclass(frozen=True)
class PhaseDates:
    """The dates of one phase; None is open or unknown."""

    planned_from: date | None = None
    planned_to: date | None = None
    actual_from: date | None = None
    actual_to: date | None = None

    @property
    def days(self) -> tuple[date, ...]:
        """Return the dates that are set."""
        found = (self.planned_from, self.planned_to, self.actual_from, self.actual_to)
        return tuple(day for day in found if day)


@dataclass(frozen=True)
class PhaseDraft:
    """What somebody wrote about a phase."""

    dates: PhaseDates
    note: str = ""
    outside_reason: str = ""


@dataclass(frozen=True)
class PhaseState:
    """One phase on a day: `words` say everything, `tone` only supports them."""

    phase: Phase
    dates: PhaseDates
    words: str
    tone: str
    days_late: int = 0
    note: str = ""

    @property
    def is_late(self) -> bool:
        return self.days_late > 0

    @property
    def is_running(self) -> bool:
        return self.tone == "info" or (self.is_late and self.dates.actual_to is None)


def judge(*, phase: Phase, dates: PhaseDates, as_of: date, note: str = "") -> PhaseState:
    """Return where the phase stood at the end of that day; later dates count as plans."""
    done = dates.actual_to if dates.actual_to and dates.actual_to <= as_of else None
    begun = done or (dates.actual_from and dates.actual_from <= as_of)
    if done:
        late, words, tone = _days(dates.planned_to, done), "abgeschlossen", "success"
        if late:
            words = f"abgeschlossen, {counted(late)} später als geplant"
    elif begun:
        late, words, tone = _days(dates.planned_to, as_of), "läuft", "info"
        if late:
            words = f"läuft noch, {counted(late)} über dem geplanten Ende"
    else:
        late = _days(dates.planned_from, as_of) or _days(dates.planned_to, as_of)
        words, tone = ("geplant", "neutral") if dates.days else ("noch ohne Termine", "neutral")
        if late:
            words = f"noch nicht begonnen, {counted(late)} nach dem geplanten Termin"
    return PhaseState(phase, dates, words, "warning" if late else tone, late, note)


def counted(days: int) -> str:
    """Return a number of days in words: "1 Tag", "28 Tage"."""
    return "1 Tag" if days == 1 else f"{days} Tage"


def check(draft: PhaseDraft, *, starts_on: date, ends_on: date, today: date) -> None:
    """Refuse (RuleBroken) dates in the wrong order, an end in the future, dates outside the run
    time of the programme without a reason.
    """
    dates = draft.dates
    for begin, end, field in (
        (dates.planned_from, dates.planned_to, "planned_to"),
        (dates.actual_from, dates.actual_to, "actual_to"),
    ):
        if begin and end and end < begin:
            raise RuleBroken("Das Ende liegt vor dem Beginn.", field=field)
    for day, field in ((dates.actual_from, "actual_from"), (dates.actual_to, "actual_to")):
        if day and day > today:
            raise RuleBroken(
                "Dieser Tag liegt in der Zukunft. Bitte tragen Sie ihn als geplant ein.",
                field=field,
            )
    outside = any(lies_outside(day, starts_on, ends_on) for day in dates.days)
    if outside and not draft.outside_reason.strip():
        raise RuleBroken(
            "Ein Datum liegt außerhalb der Laufzeit des Programms. Bitte prüfen Sie es oder "
            "begründen Sie kurz, warum es stimmt.",
            field="outside_reason",
        )


def _days(planned: date | None, day: date) -> int:
    return max((day - planned).days, 0) if planned else 0
