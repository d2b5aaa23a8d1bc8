"""What an indicator meant when it was seen or measured, read back from the logbook."""

from programme.models import AuditEntry
from sites.models import Indicator


def told(definition: str, unit: str) -> str:
    """Write what is measured, and in what."""
    return f"{definition} (Einheit: {unit})"


def definition_of(*, indicator: Indicator, version: int) -> tuple[str, str]:
    """Return definition and unit as they stood in a version; today's for the newest; one query."""
    if version == indicator.version:
        return indicator.definition, indicator.unit
    rows = AuditEntry.objects.filter(
        subject_type="sites.indicator", subject_id=str(indicator.pk), verb="indicator.redefined"
    ).order_by("pk")
    later = [row.changes for row in rows if row.changes["version"][0] >= version]
    definition, unit = (
        next((row[column][0] for row in later if column in row), getattr(indicator, column))
        for column in ("definition", "unit")
    )
    return definition, unit
