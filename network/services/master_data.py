"""Loads the real network: 33 bodies, 32 offices, their partners, the documented meetings."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from network.models import Meeting, Organisation, PublicBody
from network.services.master_meetings import DOCUMENTED_MEETINGS, STATUS
from programme.models import Programme

DATA = Path(__file__).resolve().parent.parent / "data"


@transaction.atomic
def load(*, programme: Programme) -> None:
    """Bring organisations, bodies and documented meetings to the state of the data files.

    Repeating it changes nothing. Contacts are never touched: real addresses are entered by the
    programme team. Rows nobody lists any more stay, because invitations may hang on them.
    """
    offices = _organisations()
    _bodies(offices)
    _meetings(programme, offices)


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str) -> date | None:
    """Return the last day of validity; an empty cell means until further notice."""
    return date.fromisoformat(text) if text else None


def _organisations() -> dict[str, Organisation]:
    """Write the organisations and return them by slug."""
    found = {}
    for row in _rows("organisations.csv"):
        slug = row.pop("slug")
        columns = row | {
            "valid_from": date.fromisoformat(row["valid_from"]),
            "valid_to": _day(row["valid_to"]),
        }
        found[slug], _ = Organisation.objects.update_or_create(slug=slug, defaults=columns)
    return found


def _bodies(offices: dict[str, Organisation]) -> None:
    for row in _rows("bodies.csv"):
        PublicBody.objects.update_or_create(
            key=row["key"],
            valid_from=date.fromisoformat(row["valid_from"]),
            defaults={
                "office": offices[row["office"]],
                "kind": row["kind"],
                "name": row["name"],
                "short_name": row["short_name"],
                "region": row["region"],
                "seat": row["seat"],
                "district": row["district"],
                "latitude": Decimal(row["latitude"]),
                "longitude": Decimal(row["longitude"]),
                "tile_column": int(row["column"]),
                "tile_row": int(row["row"]),
                "valid_to": _day(row["valid_to"]),
            },
        )


def _meetings(programme: Programme, offices: dict[str, Organisation]) -> None:
    for documented in DOCUMENTED_MEETINGS:
        columns = dict(documented)
        slug = columns.pop("slug")
        host = columns.pop("host", None)
        Meeting.objects.update_or_create(
            slug=slug,
            defaults=columns
            | {"programme": programme, "status": STATUS, "host": offices[host] if host else None},
        )
