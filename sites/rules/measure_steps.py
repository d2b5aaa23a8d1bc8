"""Steps of a measure: when a change needs its reason, and what hours may be."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from programme.errors import RuleBroken
from sites.enums import MeasureStatus

OPEN = frozenset({MeasureStatus.PLANNED, MeasureStatus.RUNNING})
A_MONTH = timedelta(days=31)
MOST_HOURS = Decimal("9999.9")


@dataclass(frozen=True)
class StepDraft:
    """What somebody wrote about a measure, `seen` being the last step he or she saw (0: none).

    `hours` is what this step adds, one decimal place; below zero it corrects earlier steps.
    """

    status: str
    reason: str
    hours: Decimal | None
    seen: int
    happened_on: date | None = None


@dataclass(frozen=True)
class Stands:
    """Where a measure stands: its state, the hours so far, the day of its newest step."""

    status: str
    hours: Decimal
    last_on: date | None


def is_open(status: str) -> bool:
    """Say whether a measure is still to be worked on."""
    return status in OPEN


def is_due(last_on: date | None, today: date) -> bool:
    """Say whether the newest step of an open measure is older than a month."""
    return last_on is None or last_on < today - A_MONTH


def says_something(draft: StepDraft, status: str) -> bool:
    """Say whether a draft tells more than the state a measure has anyway."""
    return draft.status != status or bool(draft.reason.strip()) or bool(draft.hours)


def check(*, draft: StepDraft, stands: Stands, today: date) -> None:
    """Refuse (RuleBroken) a step without content, without its reason, or with impossible hours."""
    if not says_something(draft, stands.status):
        raise RuleBroken(
            "Bitte ändern Sie den Stand, schreiben Sie, was neu ist, oder tragen Sie Stunden ein.",
            field="reason",
        )
    told = bool(draft.reason.strip())
    if draft.status != stands.status and not told:
        raise RuleBroken("Bitte begründen Sie den neuen Stand in einem Satz.", field="reason")
    _check_hours(draft, stands, told=told)
    _check_day(draft, stands, today)


def _check_hours(draft: StepDraft, stands: Stands, *, told: bool) -> None:
    hours = draft.hours or Decimal(0)
    if hours < 0 and not told:
        raise RuleBroken("Bitte begründen Sie, warum Sie Stunden abziehen.", field="reason")
    if stands.hours + hours < 0:
        raise RuleBroken("Sie ziehen mehr Stunden ab, als bisher eingetragen sind.", field="hours")
    if abs(hours) > MOST_HOURS:
        raise RuleBroken("Bitte geben Sie höchstens 9.999,9 Stunden an.", field="hours")


def _check_day(draft: StepDraft, stands: Stands, today: date) -> None:
    day = draft.happened_on or today
    if day > today:
        raise RuleBroken("Der Tag liegt in der Zukunft.", field="happened_on")
    if stands.last_on and day < stands.last_on:
        raise RuleBroken(
            f"Der letzte Schritt ist vom {stands.last_on:%d.%m.%Y}. Bitte geben Sie diesen Tag "
            "oder einen späteren an.",
            field="happened_on",
        )
