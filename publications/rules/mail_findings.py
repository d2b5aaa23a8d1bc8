"""What was found in a mail, where, and how sure the reader of it is."""

from dataclasses import dataclass
from enum import Enum


class Sureness(Enum):
    """How far a proposal can be trusted; a person looks at all of them."""

    SURE = "sicher"
    LIKELY = "wahrscheinlich"
    UNSURE = "bitte prüfen"


@dataclass(frozen=True)
class Found:
    """A value with the place it was read from, as a person would say it."""

    value: str
    where: str
    sureness: Sureness = Sureness.LIKELY


NOTHING = Found("", "nicht gefunden", Sureness.UNSURE)
