"""Open the stock book: what lies on the shelf becomes its first line."""

from typing import Any

from django.db import migrations


def open_the_book(apps: Any, schema_editor: Any) -> None:
    """Write one line for each title with printed copies; nobody is named."""
    publications = apps.get_model("publications", "Publication")
    movements = apps.get_model("publications", "StockMovement")
    movements.objects.bulk_create(
        movements(
            publication=row,
            kind="counted",
            copies=row.stock,
            balance=row.stock,
            note="Bestand beim Anlegen des Bestandsbuchs",
        )
        for row in publications.objects.filter(stock__gt=0).order_by("pk")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("publications", "0005_orders"),
    ]

    operations = [
        migrations.RunPython(open_the_book, migrations.RunPython.noop),
    ]
