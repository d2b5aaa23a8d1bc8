"""What is known about a district or city with immigration tasks."""

import re
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from network.enums import PublicBodyKind
from programme.errors import RuleBroken

KEY = re.compile(r"^06[0-9]{3}(?:[0-9]{3})?$")


@dataclass(frozen=True)
class Standing:
    """What a change of status may change; every change makes a row of its own."""

    kind: str
    name: str
    short_name: str
    key: str
    district: str = ""


@dataclass(frozen=True)
class BodyDetails(Standing):
    """The columns of a new body as they are typed."""

    region: str = ""
    seat: str = ""
    latitude: Decimal = Decimal(0)
    longitude: Decimal = Decimal(0)
    tile_column: int = 1
    tile_row: int = 1


def columns_of(standing: Standing) -> dict[str, object]:
    """Return what the row of the body holds."""
    return asdict(standing)


def check_standing(standing: Standing) -> None:
    """Refuse (RuleBroken) a key that is none, and a city whose district does not fit its kind."""
    if not KEY.match(standing.key):
        raise RuleBroken(
            "Der Schlüssel hat fünf oder acht Ziffern und beginnt in Hessen mit 06.", field="key"
        )
    belongs = standing.kind == PublicBodyKind.SPECIAL_STATUS_CITY
    if belongs and not standing.district:
        raise RuleBroken(
            "Eine Sonderstatusstadt gehört zu einem Kreis. Bitte geben Sie ihn an.",
            field="district",
        )
    if standing.district and not belongs:
        raise RuleBroken("Nur eine Sonderstatusstadt gehört zu einem Kreis.", field="district")


def check_new_day(*, day: date, valid_from: date, valid_to: date | None, field: str) -> None:
    """Refuse (RuleBroken) a change that would rewrite history or touch a row that has ended."""
    if valid_to is not None:
        raise RuleBroken(
            f"Dieser Stand galt nur bis zum {valid_to:%d.%m.%Y}. Vergangenes bleibt, wie es war."
        )
    if day <= valid_from:
        raise RuleBroken(
            f"Der bisherige Stand gilt seit dem {valid_from:%d.%m.%Y}. Bitte wählen Sie einen "
            "späteren Tag.",
            field=field,
        )
