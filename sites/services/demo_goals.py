"""Made-up goals, and the course of the made-up measures month by month."""

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from django.db import transaction

from programme.models import FieldOfAction, User
from sites.models import Goal, LegalNorm, Measure, MeasureUpdate, Site
from sites.services.demo_people import STAFF

DATA = Path(__file__).resolve().parent.parent / "data"


@transaction.atomic
def load(*, sites: dict[str, Site], people: dict[str, User]) -> None:
    """Give the six sites goals, and their made-up measures goal, n, legal bases and steps.

    Needs the made-up measures and the legal bases. Offenbach is late with its measures, Kreis
    Bergstraße wrote little down. Documented measures are left as they are.
    """
    goals = _goals(sites)
    norms = {norm.key: norm for norm in LegalNorm.objects.all()}
    for row in _rows("demo_steps.json"):
        site = sites[row["site"]]
        measure = site.measures.get(title=row["measure"], source_note="")
        measure.goal = goals.get((row["site"], row["goal"]))
        measure.effect_n = row["effect_n"]
        measure.save(update_fields=["goal", "effect_n"])
        measure.norms.set(norms[key] for key in row["norms"])
        _steps(measure, row["steps"], people[STAFF[row["site"]]])


@transaction.atomic
def remove(*, sites: Iterable[Site]) -> None:
    """Delete all goals; the steps go with their measures."""
    Measure.objects.filter(site__in=sites).update(goal=None)
    Goal.objects.filter(site__in=sites).delete()


def _goals(sites: dict[str, Site]) -> dict[tuple[str, str | None], Goal]:
    fields = {field.key: field for field in FieldOfAction.objects.all()}
    made: dict[tuple[str, str | None], Goal] = {}
    for position, row in enumerate(_rows("demo_goals.json"), start=1):
        name, key = row.pop("site"), row.pop("key")
        made[name, key] = Goal.objects.create(
            site=sites[name], field_of_action=fields[row.pop("field")], position=position, **row
        )
    return made


def _steps(measure: Measure, steps: list[dict[str, Any]], by: User) -> None:
    MeasureUpdate.objects.bulk_create(
        MeasureUpdate(
            measure=measure,
            status=step["status"],
            reason=step["reason"],
            hours=Decimal(step["hours"]),
            happened_on=date.fromisoformat(step["on"]),
            by=by,
        )
        for step in steps
    )


def _rows(name: str) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", json.loads((DATA / name).read_text(encoding="utf-8")))
