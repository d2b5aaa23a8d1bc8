"""What the database itself refuses, on PostgreSQL and SQLite alike.

Triggers, not permissions: the portal's own account may not change a log entry or an approved
voucher either. They are set up after every migration instead of in one, because SQLite rebuilds a
table, and forgets its triggers, whenever one of its columns changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

LOG = "Ein Protokolleintrag wird nicht geändert und nicht gelöscht."
VOUCHER = "Ein geprüfter Beleg wird nicht geändert und nicht gelöscht."
PARTS = "Anteile und Dateien eines geprüften Belegs bleiben, wie sie sind."
# Set by programme.audit.erasing(): the only way past all of this, for one transaction.
OPEN = "EXISTS (SELECT 1 FROM programme_auditchain WHERE erasing <> '')"
LOG_CONTENT = (
    *("id", "at", "actor_id", "verb", "subject_type"),
    *("subject_id", "sentence", "changes"),
)
SEALING = "OLD.number IS NULL AND NEW.number IS NOT NULL"
SAME = " AND ".join(f"OLD.{name} IS NOT DISTINCT FROM NEW.{name}" for name in LOG_CONTENT)


@dataclass(frozen=True)
class Trigger:
    """One refusal: before `event` on `table`, where `condition` holds."""

    table: str
    event: str
    condition: str
    message: str

    @property
    def name(self) -> str:
        """The name in the database."""
        return f"refuse_{self.event.lower()}_{self.table.removeprefix('programme_')}"

    @property
    def function(self) -> str:
        """The name of the function PostgreSQL wants."""
        return f"{self.name}()"


def _of_approved(row: str) -> str:
    voucher = f"id = {row}.voucher_id AND status = 'approved'"
    return f"EXISTS (SELECT 1 FROM programme_voucher WHERE {voucher})"  # noqa: S608  both are ours


def _parts(table: str) -> Iterator[Trigger]:
    moved = f"({_of_approved('OLD')} OR {_of_approved('NEW')})"
    yield Trigger(table, "INSERT", _of_approved("NEW"), PARTS)
    yield Trigger(table, "UPDATE", moved, PARTS)
    yield Trigger(table, "DELETE", _of_approved("OLD"), PARTS)


TRIGGERS = (
    Trigger("programme_auditentry", "UPDATE", f"NOT ({SEALING} AND {SAME})", LOG),
    Trigger("programme_auditentry", "DELETE", "TRUE", LOG),
    Trigger("programme_voucher", "UPDATE", "OLD.status = 'approved'", VOUCHER),
    Trigger("programme_voucher", "DELETE", "OLD.status = 'approved'", VOUCHER),
    *_parts("programme_vouchershare"),
    *_parts("programme_voucherfile"),
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Set up all triggers anew."""
    remove(connection)
    draw = _postgresql if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        for trigger in TRIGGERS:
            for statement in draw(trigger):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take all triggers away; only migrations may."""
    with connection.cursor() as cursor:
        for statement in removal(connection):
            cursor.execute(statement)


def removal(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the statements that take the triggers away."""
    if connection.vendor == "postgresql":
        return [f"DROP FUNCTION IF EXISTS {trigger.function} CASCADE" for trigger in TRIGGERS]
    return [f"DROP TRIGGER IF EXISTS {trigger.name}" for trigger in TRIGGERS]


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the triggers that are not there, or switched off."""
    if connection.vendor == "postgresql":
        question = "SELECT tgname FROM pg_trigger WHERE tgenabled = 'O'"
    else:
        question = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(question)
        there = {row[0] for row in cursor.fetchall()}
    return [trigger.name for trigger in TRIGGERS if trigger.name not in there]


def _sqlite(trigger: Trigger) -> Iterator[str]:
    yield (
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} "
        f"WHEN {trigger.condition} AND NOT {OPEN} "
        f"BEGIN SELECT RAISE(ABORT, '{trigger.message}'); END"
    )


def _postgresql(trigger: Trigger) -> Iterator[str]:
    row = "OLD" if trigger.event == "DELETE" else "NEW"
    yield (
        f"CREATE FUNCTION {trigger.function} RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {trigger.condition} AND NOT {OPEN} THEN RAISE EXCEPTION '{trigger.message}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END $$"
    )
    yield (
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {trigger.function}"
    )


def lift_for_migration(*, using: str, plan: list[Any], **kwargs: object) -> None:
    """Let migrations change tables; called before them, if there are any."""
    if plan:
        remove(connections[using])


def install_after_migration(
    *, sender: AppConfig, using: str, plan: list[Any] | None = None, **kwargs: object
) -> None:
    """Set up the triggers and the end of the chain, once all their tables are there."""
    connection = connections[using]
    tables = {"programme_auditchain", *(trigger.table for trigger in TRIGGERS)}
    if not tables <= set(connection.introspection.table_names()):
        return
    if plan or missing(connection):
        install(connection)
    chain: Any = sender.get_model("AuditChain")
    chain.objects.using(using).get_or_create(pk=1)
