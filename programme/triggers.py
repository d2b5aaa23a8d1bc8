"""What the database itself refuses, on PostgreSQL and SQLite alike.

Triggers, not permissions: the portal's own account may not change a log entry, an approved
voucher or plan, a submitted proof or the figures of a locked half-year either. They are set up
after every migration instead of in one, because SQLite rebuilds a table, and forgets its triggers,
whenever one of its columns changes.
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
PLAN = "Eine genehmigte Fassung des Finanzierungsplans wird nicht geändert und nicht gelöscht."
PROOF = "Ein eingereichter Nachweis wird nicht geändert und nicht gelöscht."
PERIOD = "Die Zahlen eines abgeschlossenen Halbjahrs werden nicht geändert und nicht gelöscht."
# Set by programme.audit.erasing(): the only way past all of this, for one transaction.
OPEN = "EXISTS (SELECT 1 FROM programme_auditchain WHERE erasing <> '')"
LOG_CONTENT = (
    *("id", "at", "actor_id", "verb", "subject_type"),
    *("subject_id", "sentence", "changes"),
)
SEALING = "OLD.number IS NULL AND NEW.number IS NOT NULL"
PROOF_CONTENT = (
    *("id", "programme_id", "kind", "number", "version", "replaces_id", "version_reason"),
    *("drawdown_id", "plan_id", "period_from", "period_to", "due_on", "narrative", "created_at"),
    *("checked_by_id", "checked_at", "submitted_by_id", "submitted_on", "revision"),
    *("figures", "figures_sha256"),
)
PERIOD_CONTENT = (
    *("id", "programme_id", "starts_on", "ends_on", "locked_by_id", "locked_at", "reason"),
    *("total_eur", "figures", "figures_sha256"),
)


def _same(columns: tuple[str, ...]) -> str:
    return " AND ".join(f"OLD.{name} IS NOT DISTINCT FROM NEW.{name}" for name in columns)


SENT = "status IN ('submitted', 'replaced')"
REPLACING = f"OLD.status = 'submitted' AND NEW.status = 'replaced' AND {_same(PROOF_CONTENT)}"
UNLOCKING = f"OLD.unlocked_at IS NULL AND NEW.unlocked_at IS NOT NULL AND {_same(PERIOD_CONTENT)}"


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


@dataclass(frozen=True)
class Whole:
    """A row that is settled in one of its states, and the column of its parts that names it."""

    table: str
    settled: str
    key: str
    message: str

    def of(self, row: str) -> str:
        """Return the condition that a part belongs to a settled whole."""
        found = f"id = {row}.{self.key} AND {self.settled}"
        return f"EXISTS (SELECT 1 FROM {self.table} WHERE {found})"  # noqa: S608  all are ours


APPROVED_VOUCHER = Whole("programme_voucher", "status = 'approved'", "voucher_id", PARTS)
APPROVED_PLAN = Whole("programme_financingplan", "status = 'approved'", "plan_id", PLAN)
SENT_PROOF = Whole("programme_proofofuse", SENT, "proof_id", PROOF)


def _parts(table: str, whole: Whole) -> Iterator[Trigger]:
    moved = f"({whole.of('OLD')} OR {whole.of('NEW')})"
    yield Trigger(table, "INSERT", whole.of("NEW"), whole.message)
    yield Trigger(table, "UPDATE", moved, whole.message)
    yield Trigger(table, "DELETE", whole.of("OLD"), whole.message)


TRIGGERS = (
    Trigger("programme_auditentry", "UPDATE", f"NOT ({SEALING} AND {_same(LOG_CONTENT)})", LOG),
    Trigger("programme_auditentry", "DELETE", "TRUE", LOG),
    Trigger("programme_voucher", "UPDATE", "OLD.status = 'approved'", VOUCHER),
    Trigger("programme_voucher", "DELETE", "OLD.status = 'approved'", VOUCHER),
    *_parts("programme_vouchershare", APPROVED_VOUCHER),
    *_parts("programme_voucherfile", APPROVED_VOUCHER),
    Trigger("programme_financingplan", "UPDATE", "OLD.status = 'approved'", PLAN),
    Trigger("programme_financingplan", "DELETE", "OLD.status = 'approved'", PLAN),
    *_parts("programme_budgetline", APPROVED_PLAN),
    *_parts("programme_plannedfunding", APPROVED_PLAN),
    Trigger("programme_proofofuse", "UPDATE", f"OLD.{SENT} AND NOT ({REPLACING})", PROOF),
    Trigger("programme_proofofuse", "DELETE", f"OLD.{SENT}", PROOF),
    *_parts("programme_prooftext", SENT_PROOF),
    *_parts("programme_proofindicator", SENT_PROOF),
    Trigger("programme_periodlock", "UPDATE", f"NOT ({UNLOCKING})", PERIOD),
    Trigger("programme_periodlock", "DELETE", "TRUE", PERIOD),
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
