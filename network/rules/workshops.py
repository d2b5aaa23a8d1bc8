"""What a workshop needs, and which change its people must hear of."""

import hashlib
from dataclasses import dataclass, fields
from datetime import datetime, time
from typing import Any

from network.models import Workshop
from network.rules.deadlines import HESSEN
from network.rules.meetings import Objection
from programme.models import FieldOfAction

TOLD = ("title", "begins", "ends", "room")


@dataclass(frozen=True)
class WorkshopPlan:
    """All that is decided about a workshop; without `seats` everybody who has a seat may come."""

    title: str
    description: str = ""
    speaker: str = ""
    field_of_action: FieldOfAction | None = None
    begins: time | None = None
    ends: time | None = None
    room: str = ""
    seats: int | None = None

    def columns(self) -> dict[str, Any]:
        """Return what the workshop's own row holds."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


def fingerprint(row: Workshop) -> str:
    """Return what identifies a workshop as it stands; any change of what was decided changes it."""
    told = [f"{getattr(row, each.name)!r}" for each in fields(WorkshopPlan)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def objections(
    plan: WorkshopPlan, *, starts_at: datetime | None, ends_at: datetime | None
) -> list[Objection]:
    """Return everything that speaks against the plan; its times lie within those of the meeting."""
    found = []
    if plan.ends and not plan.begins:
        found.append(Objection("begins", "Bitte geben Sie zum Ende auch den Beginn an."))
    if plan.begins and plan.ends and plan.ends <= plan.begins:
        found.append(Objection("ends", "Das Ende muss nach dem Beginn liegen."))
    if plan.seats == 0:
        found.append(
            Objection("seats", "Ein Workshop braucht mindestens einen Platz. Leer: ohne Grenze.")
        )
    opens = _clock(starts_at)
    closes = _clock(ends_at)
    if plan.begins and opens and plan.begins < opens:
        found.append(Objection("begins", f"Das Treffen beginnt erst um {opens:%H:%M} Uhr."))
    if plan.ends and closes and plan.ends > closes:
        found.append(Objection("ends", f"Das Treffen endet schon um {closes:%H:%M} Uhr."))
    return found


def _clock(moment: datetime | None) -> time | None:
    return moment.astimezone(HESSEN).time() if moment else None
