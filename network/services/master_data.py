"""Loads the real network: 33 bodies, 32 offices, their partners, the documented meetings."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import models, transaction

from network.models import Meeting, Organisation, PublicBody
from network.services.master_meetings import DOCUMENTED_MEETINGS, STATUS
from programme.models import Programme

DATA = Path(__file__).resolve().parent.parent / "data"


@transaction.atomic
def load(*, programme: Programme) -> None:
    """Enter the organisations, bodies and documented meetings that are missing.

    Of a row that is there, only empty cells are filled: what the programme team changed stays
    (decision 0012). Repeating it changes nothing. Contacts are never touched, real addresses are
    entered by the programme team. Rows nobody lists any more stay, invitations may hang on them.
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


def _complete(row: models.Model, columns: dict[str, Any]) -> None:
    """Fill the empty cells of a row; an end of validity counts as empty while it is open."""
    missing = {
        column: value
        for column, value in columns.items()
        if value not in {None, ""} and getattr(row, column) in {None, ""}
    }
    for column, value in missing.items():
        setattr(row, column, value)
    if missing:
        row.save(update_fields=list(missing))


def _organisations() -> dict[str, Organisation]:
    """Write the organisations and return them by slug."""
    found = {}
    for row in _rows("organisations.csv"):
        slug = row.pop("slug")
        columns = row | {
            "valid_from": date.fromisoformat(row["valid_from"]),
            "valid_to": _day(row["valid_to"]),
        }
        found[slug], is_new = Organisation.objects.get_or_create(slug=slug, defaults=columns)
        if not is_new:
            _complete(found[slug], columns)
    return found


def _bodies(offices: dict[str, Organisation]) -> None:
    for row in _rows("bodies.csv"):
        columns = {
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
        }
        body, is_new = PublicBody.objects.get_or_create(
            key=row["key"], valid_from=date.fromisoformat(row["valid_from"]), defaults=columns
        )
        if not is_new:
            _complete(body, columns)


def _meetings(programme: Programme, offices: dict[str, Organisation]) -> None:
    for documented in DOCUMENTED_MEETINGS:
        columns = dict(documented)
        slug = columns.pop("slug")
        host = columns.pop("host", None)
        columns |= {
            "programme": programme,
            "status": STATUS,
            "host": offices[host] if host else None,
        }
        meeting, is_new = Meeting.objects.get_or_create(slug=slug, defaults=columns)
        if not is_new:
            _complete(meeting, columns)
