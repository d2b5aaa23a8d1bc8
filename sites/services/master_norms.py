"""The legal bases of both groups of tasks, with the time they were in force."""

import json
from datetime import date
from pathlib import Path

from django.db import transaction

from sites.models import LegalNorm

DATA = Path(__file__).resolve().parent.parent / "data"


@transaction.atomic
def load() -> None:
    """Write the legal bases; a known one is brought up to date. Refuses nothing.

    Those not in force during the programme are kept as well, so that nobody enters them anew;
    forms offer only what was in force.
    """
    for row in json.loads((DATA / "norms.json").read_text(encoding="utf-8")):
        begins = row.pop("in_force_from")
        LegalNorm.objects.update_or_create(
            key=row.pop("key"),
            defaults=row | {"in_force_from": date.fromisoformat(begins) if begins else None},
        )
