"""Give measures entered before there were steps the step they stand on."""

from typing import Any

from django.db import migrations

from programme import clock


def open_measures_without_steps(apps: Any, schema_editor: Any) -> None:
    """Write one step each: the present state on the day the measure was last changed.

    Nobody is named, for who set the state is not known. What was taken from published sources
    has no step: no site reported its state.
    """
    measures = apps.get_model("sites", "Measure")
    updates = apps.get_model("sites", "MeasureUpdate")
    rows = measures.objects.filter(updates__isnull=True, source_note="").order_by("pk")
    updates.objects.bulk_create(
        updates(
            measure=row,
            status=row.status,
            happened_on=clock.day_of(row.updated_at),
        )
        for row in rows
    )


class Migration(migrations.Migration):
    dependencies = [
        ("sites", "0006_goals_documents_contributions"),
    ]

    operations = [
        migrations.RunPython(open_measures_without_steps, migrations.RunPython.noop),
    ]
