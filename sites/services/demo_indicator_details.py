"""Made-up readings, groups and evidence behind some of the made-up values."""

from datetime import date
from decimal import Decimal
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction

from programme.exports import sheets
from programme.models import User
from sites.models import (
    IndicatorEvidence,
    IndicatorGroup,
    IndicatorReading,
    IndicatorValue,
    Site,
)
from sites.models.site import SiteQuerySet

# Site, indicator, phase: day, value and n of each reading. The value of the phase is the median.
READINGS = {
    ("giessen", "waiting_time_min", "baseline"): (
        (date(2016, 2, 29), 71, 34), (date(2016, 3, 3), 76, 30), (date(2016, 3, 7), 74, 36),
        (date(2016, 3, 10), 82, 31), (date(2016, 3, 11), 69, 29),
    ),
    ("giessen", "waiting_time_min", "end"): (
        (date(2017, 5, 16), 17, 58), (date(2017, 5, 18), 22, 60), (date(2017, 5, 23), 19, 53),
    ),
    # One day counted, while the estimate of the whole lies above: the page asks to check it.
    ("offenbach", "waiting_time_min", "baseline"): ((date(2016, 4, 7), 28, 41),),
}  # fmt: skip
# Site, indicator, phase: name and value of each group.
GROUPS = {
    ("wiesbaden", "complaints", "baseline"): (("Wartezeit", 19), ("Auskunft", 12)),
    ("wiesbaden", "complaints", "end"): (("Wartezeit", 5), ("Auskunft", 7)),
    ("wiesbaden", "referrals", "baseline"): (("Sprachkurs", 12), ("Beratung", 10)),
    ("wiesbaden", "referrals", "end"): (("Sprachkurs", 38), ("Beratung", 26)),
    ("darmstadt", "backlog_cases", "baseline"): (("Verlängerung", 610), ("Erstantrag", 230)),
    ("darmstadt", "backlog_cases", "end"): (("Verlängerung", 340), ("Erstantrag", 175)),
    # Three trained at the counter: a small group that must not leave the entry page.
    ("giessen", "staff_trained", "end"): (("Sachbearbeitung", 18), ("Empfang", 3)),
}
EVIDENCE = (
    ("giessen", "waiting_time_min", "baseline", "Strichliste Empfang März 2016"),
    ("giessen", "waiting_time_min", "end", "Strichliste Empfang Mai 2017"),
    ("wiesbaden", "complaints", "end", "Auszählung Beschwerdestelle 2017"),
)


@transaction.atomic
def load(*, sites: dict[str, Site], by: User) -> None:
    """Add readings, groups and evidence to the made-up values of the sites."""
    rows = IndicatorValue.objects.filter(site__in=sites.values())
    values = {
        (row.site.slug, row.indicator.key, row.phase): row
        for row in rows.select_related("site", "indicator")
    }
    IndicatorReading.objects.bulk_create(
        IndicatorReading(value_of=values[key], measured_on=day, value=Decimal(number), n=n)
        for key, readings in READINGS.items()
        for day, number, n in readings
    )
    IndicatorGroup.objects.bulk_create(
        IndicatorGroup(value_of=values[key], position=place, label=label, value=Decimal(number))
        for key, groups in GROUPS.items()
        for place, (label, number) in enumerate(groups, start=1)
    )
    for site, indicator, phase, title in EVIDENCE:
        _keep(values[site, indicator, phase], title, by)


@transaction.atomic
def remove(*, sites: SiteQuerySet) -> None:
    """Delete the files behind the values of the sites; their rows go with the values."""
    for row in IndicatorEvidence.objects.filter(value_of__site__in=sites):
        row.file.delete(save=False)
        row.delete()


def _keep(value: IndicatorValue, title: str, by: User) -> None:
    readings = READINGS.get((value.site.slug, value.indicator.key, value.phase), ())
    rows = [[f"{day:%d.%m.%Y}", str(number), str(n)] for day, number, n in readings]
    content = sheets.xlsx_file(
        title="Auszählung",
        headers=("Tag", value.indicator.unit, "Zahl der Fälle"),
        rows=rows or [[f"{value.measured_on:%d.%m.%Y}", str(value.value), ""]],
    )
    row = IndicatorEvidence(
        value_of=value,
        note=title,
        name=f"{title}.xlsx",
        content_type=sheets.XLSX,
        size_bytes=len(content),
        sha256=sha256(content).hexdigest(),
        by=by,
    )
    row.file.save(f"{row.sha256[:32]}.xlsx", ContentFile(content), save=False)
    row.save()
