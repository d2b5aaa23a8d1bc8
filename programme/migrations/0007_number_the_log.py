"""Number and chain what stands in the logbook already, in the order it was written."""

from typing import Any

from django.db import migrations

from programme.audit import entry_hash

AT_ONCE = 2000


def number_entries(apps: Any, schema_editor: Any) -> None:
    """Go through the logbook by key in steps; the seal is the one change triggers let pass."""
    entries = apps.get_model("programme", "AuditEntry").objects.using(
        schema_editor.connection.alias
    )
    number, last_hash, last_pk = 0, "", 0
    update = (
        "UPDATE programme_auditentry SET number=%s, previous_hash=%s, entry_hash=%s WHERE id=%s"
    )
    while rows := list(entries.filter(pk__gt=last_pk).order_by("pk")[:AT_ONCE]):
        for row in rows:
            number += 1
            row.number, row.previous_hash = number, last_hash
            row.entry_hash = last_hash = entry_hash(row)
        values = [(row.number, row.previous_hash, row.entry_hash, row.pk) for row in rows]
        with schema_editor.connection.cursor() as cursor:
            cursor.executemany(update, values)
        last_pk = rows[-1].pk
    chain = apps.get_model("programme", "AuditChain").objects.using(schema_editor.connection.alias)
    chain.update_or_create(pk=1, defaults={"number": number, "entry_hash": last_hash})


def forget_numbers(apps: Any, schema_editor: Any) -> None:
    """Take the numbers away again."""
    entries = apps.get_model("programme", "AuditEntry").objects.using(
        schema_editor.connection.alias
    )
    entries.update(number=None, previous_hash="", entry_hash="")


class Migration(migrations.Migration):
    dependencies = [("programme", "0006_audit_chain")]

    operations = [migrations.RunPython(number_entries, forget_numbers)]
