"""Made-up values of the indicators: sites with different strengths, one with gaps."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from sites.models import (
    Indicator,
    IndicatorNudge,
    IndicatorRelease,
    IndicatorValue,
    Site,
)
from sites.models.site import SiteQuerySet
from sites.rules.indicator_values import ValueDraft, completed

DATA = Path(__file__).resolve().parent.parent / "data" / "demo_indicators.csv"
RELEASED_AT = datetime(2017, 6, 1, 8, tzinfo=UTC)
KEPT_INSIDE = {("offenbach", "waiting_time_min"), ("darmstadt", "satisfaction_staff")}
WHOLE = ("numerator", "denominator", "n")
TEXTS = ("method", "source", "outside_events", "unavailable_reason")


@transaction.atomic
def load(*, sites: dict[str, Site]) -> None:
    """Add values to the sites and release most of what can be compared; needs the catalogue."""
    indicators = {row.key: row for row in Indicator.objects.filter(site__isnull=True)}
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    IndicatorValue.objects.bulk_create(
        IndicatorValue(
            site=sites[row["site"]],
            indicator=indicators[row["indicator"]],
            phase=row["phase"],
            changed_at=RELEASED_AT,
            **vars(completed(_draft(row), indicators[row["indicator"]])),
        )
        for row in rows
    )
    later = {(row["site"], row["indicator"]) for row in rows if row["phase"] == "end"}
    IndicatorRelease.objects.bulk_create(
        IndicatorRelease(site=sites[site], indicator=indicators[key], released_at=RELEASED_AT)
        for site, key in sorted(later - KEPT_INSIDE)
    )


@transaction.atomic
def remove(*, sites: SiteQuerySet) -> None:
    """Delete values, releases, reminders and own indicators of the sites; the catalogue stays."""
    IndicatorNudge.objects.filter(site__in=sites).delete()
    IndicatorRelease.objects.filter(site__in=sites).delete()
    IndicatorValue.objects.filter(site__in=sites).delete()
    Indicator.objects.filter(site__in=sites).delete()


def _draft(row: dict[str, str]) -> ValueDraft:
    whole: dict[str, Any] = {column: int(row[column]) if row[column] else None for column in WHOLE}
    texts: dict[str, Any] = {column: row[column] for column in TEXTS}
    return ValueDraft(
        value=Decimal(row["value"]) if row["value"] else None,
        measured_on=date.fromisoformat(row["measured_on"]) if row["measured_on"] else None,
        **whole,
        **texts,
    )
