"""What people need on the day: the words of one person, and how they are kept."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from network.enums import Diet
from network.rules.deadlines import HESSEN
from programme.errors import RuleBroken

LONGEST = 300
KEEP = timedelta(days=7)  # after the end of the meeting


@dataclass(frozen=True)
class NeedsText:
    """Diet and access needs of one person in plain text; health data, never logged."""

    diet: tuple[str, ...] = ()
    diet_note: str = ""
    access: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.diet or self.diet_note or self.access)

    @property
    def diet_labels(self) -> list[str]:
        """Return the German words of the diet."""
        return [str(Diet(value).label) for value in self.diet]

    @property
    def without_diet(self) -> "NeedsText":
        """Return what remains to be known of somebody who does not eat with the others."""
        return NeedsText(access=self.access)


def kept_until(end: datetime | None) -> date | None:
    """Return the day on which needs are deleted, None as long as the meeting has no day."""
    return (end + KEEP).astimezone(HESSEN).date() if end else None


def checked(*, diet: Iterable[str], diet_note: str, access: str) -> NeedsText:
    """Return tidy needs; refuses (RuleBroken) unknown diets and notes above 300 signs."""
    known = tuple(value for value in Diet.values if value in set(diet))
    if len(known) != len(set(diet)):
        raise RuleBroken("Bitte wählen Sie eine der angebotenen Kostformen.", field="diet")
    for field, text in (("diet_note", diet_note), ("access", access)):
        if len(text) > LONGEST:
            raise RuleBroken(f"Bitte kürzen Sie den Text auf {LONGEST} Zeichen.", field=field)
    return NeedsText(known, " ".join(diet_note.split()), " ".join(access.split()))


def packed(needs: NeedsText) -> str:
    """Return the needs as the text that is encrypted."""
    return json.dumps(
        {"diet": list(needs.diet), "diet_note": needs.diet_note, "access": needs.access},
        ensure_ascii=False,
    )


def unpacked(text: str) -> NeedsText:
    """Return the needs from their decrypted text; a diet nobody offers any more is left out."""
    values = json.loads(text)
    return NeedsText(
        diet=tuple(value for value in Diet.values if value in values.get("diet", ())),
        diet_note=values.get("diet_note", ""),
        access=values.get("access", ""),
    )
