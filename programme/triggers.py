"""What the database itself refuses, on PostgreSQL and SQLite alike.

Triggers, not permissions: the portal's own account may not change a log entry, an approved
voucher or plan, a submitted proof or the figures of a locked half-year either, and deletes nothing
of the file of the funding that two people have not released. They are set up after every migration
instead of in one, because SQLite rebuilds a table, and forgets its triggers, whenever one of its
columns changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

LOG = "Ein Protokolleintrag wird nicht geändert und nicht gelöscht."
VOUCHER = "Ein geprüfter Beleg wird nicht geändert und nicht gelöscht."
KEPT = "Was zur Förderakte gehört, wird nicht ohne Freigabe durch zwei Personen gelöscht."
PARTS = "Anteile und Dateien eines geprüften Belegs bleiben, wie sie sind."
PLAN = "Eine genehmigte Fassung des Finanzierungsplans wird nicht geändert und nicht gelöscht."
PROOF = "Ein eingereichter Nachweis wird nicht geändert und nicht gelöscht."
PERIOD = "Die Zahlen eines abgeschlossenen Halbjahrs werden nicht geändert und nicht gelöscht."
DRAWN = "Ein geprüfter Mittelabruf wird nicht geändert und nicht gelöscht."
EXAMINED = "Ein bestätigter Prüfbescheid wird nicht geändert."
DECIDED = "Die Entscheidung des Archivs wird nicht geändert und nicht gelöscht."
RELEASE = "Eine Freigabe nennt, wer die Entscheidung des Archivs eingetragen hat, und bleibt so."
# Set by programme.audit.erasing() for one transaction: nothing at all is deleted without it.
ERASING = "EXISTS (SELECT 1 FROM programme_auditchain WHERE erasing <> '')"
EXAMPLES = "EXISTS (SELECT 1 FROM programme_programme WHERE demo_loaded_at IS NOT NULL{whose})"
RELEASED = "EXISTS (SELECT 1 FROM programme_fundingrelease WHERE closed_at IS NULL{whose})"
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
DRAWDOWN_CONTENT = (
    *("id", "programme_id", "number", "requested_on", "requested_eur", "proposed_eur"),
    *("spent_eur", "forecast_eur", "reason", "recorded_by_id", "recorded_at", "approved_by_id"),
    *("approved_at", "rejection_reason"),
)
DRAWN_CONTENT = ("id", "drawdown_id", "source_id", "requested_eur")
RELEASE_CONTENT = ("id", "programme_id", "offer_id", "released_by_id", "erased_by_id", "opened_at")
PERIOD_CONTENT = (
    *("id", "programme_id", "starts_on", "ends_on", "locked_by_id", "locked_at", "reason"),
    *("total_eur", "figures", "figures_sha256"),
)


def _same(columns: tuple[str, ...]) -> str:
    return " AND ".join(f"OLD.{name} IS NOT DISTINCT FROM NEW.{name}" for name in columns)


SENT = "status IN ('submitted', 'replaced')"
REPLACING = f"OLD.status = 'submitted' AND NEW.status = 'replaced' AND {_same(PROOF_CONTENT)}"
SETTLED = "status IN ('approved', 'received')"
RECEIVING = f"NEW.{SETTLED} AND {_same(DRAWDOWN_CONTENT)}"
CLOSING = f"OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL AND {_same(RELEASE_CONTENT)}"
DECISION = (
    "EXISTS (SELECT 1 FROM programme_archiveoffer WHERE id = NEW.offer_id AND is_taken IS NOT NULL "
    "AND programme_id = NEW.programme_id AND recorded_by_id = NEW.released_by_id)"
)
UNLOCKING = f"OLD.unlocked_at IS NULL AND NEW.unlocked_at IS NOT NULL AND {_same(PERIOD_CONTENT)}"


@dataclass(frozen=True)
class Trigger:
    """One refusal: before `event` on `table`, where `condition` holds.

    `programme` is the key of the programme whose file the row belongs to; empty if it belongs to
    none. Only such rows are ever released, all others go only with the examples.
    """

    table: str
    event: str
    condition: str
    message: str
    programme: str = ""

    @property
    def name(self) -> str:
        """The name in the database."""
        return f"refuse_{self.event.lower()}_{self.table.removeprefix('programme_')}"

    @property
    def refused(self) -> str:
        """When the database refuses; only deleting is ever allowed, by `programme.audit.erasing`.

        Then the programme shows examples, or two people have released its file (rule F33).
        """
        if self.event != "DELETE":
            return self.condition
        if not self.programme:
            return f"{self.condition} AND NOT ({ERASING} AND {EXAMPLES.format(whose='')})"
        examples = EXAMPLES.format(whose=f" AND id = {self.programme}")
        released = RELEASED.format(whose=f" AND programme_id = {self.programme}")
        return f"{self.condition} AND NOT ({ERASING} AND ({examples} OR {released}))"

    @property
    def function(self) -> str:
        """The name of the function PostgreSQL wants."""
        return f"{self.name}()"


OWN = "OLD.programme_id"


def _of_whole(table: str, key: str) -> str:
    return f"(SELECT programme_id FROM {table} WHERE id = OLD.{key})"  # noqa: S608  all are ours


@dataclass(frozen=True)
class Whole:
    """A row that is settled in one of its states, and the column of its parts that names it."""

    table: str
    settled: str
    key: str
    message: str

    @property
    def programme(self) -> str:
        """Return the programme of a part."""
        return _of_whole(self.table, self.key)

    def of(self, row: str) -> str:
        """Return the condition that a part belongs to a settled whole."""
        found = f"id = {row}.{self.key} AND {self.settled}"
        return f"EXISTS (SELECT 1 FROM {self.table} WHERE {found})"  # noqa: S608  all are ours


APPROVED_VOUCHER = Whole("programme_voucher", "status = 'approved'", "voucher_id", PARTS)
APPROVED_PLAN = Whole("programme_financingplan", "status = 'approved'", "plan_id", PLAN)
SENT_PROOF = Whole("programme_proofofuse", SENT, "proof_id", PROOF)
SETTLED_DRAWDOWN = Whole("programme_drawdown", SETTLED, "drawdown_id", DRAWN)


# Of a paper that is missing the first may still come (rule F20), by its kind.
NOT_MISSING = (
    "(NEW.kind NOT IN ('invoice', 'proof_of_payment') OR EXISTS (SELECT 1 FROM"
    " programme_voucherfile AS present WHERE present.voucher_id = NEW.voucher_id"
    " AND present.kind = NEW.kind))"
)


def _parts(table: str, whole: Whole, *, adding: str = "TRUE") -> Iterator[Trigger]:
    moved = f"({whole.of('OLD')} OR {whole.of('NEW')})"
    yield Trigger(table, "INSERT", f"{whole.of('NEW')} AND {adding}", whole.message)
    yield Trigger(table, "UPDATE", moved, whole.message)
    yield Trigger(table, "DELETE", whole.of("OLD"), whole.message, whole.programme)


def _kept(
    table: str, message: str = KEPT, *, programme: str = OWN, condition: str = "TRUE"
) -> Trigger:
    return Trigger(table, "DELETE", condition, message, programme)


TRIGGERS = (
    Trigger("programme_auditentry", "UPDATE", f"NOT ({SEALING} AND {_same(LOG_CONTENT)})", LOG),
    Trigger("programme_auditentry", "DELETE", "TRUE", LOG),
    Trigger("programme_voucher", "UPDATE", "OLD.status = 'approved'", VOUCHER),
    _kept("programme_voucher"),
    *_parts("programme_vouchershare", APPROVED_VOUCHER),
    *_parts("programme_voucherfile", APPROVED_VOUCHER, adding=NOT_MISSING),
    Trigger("programme_financingplan", "UPDATE", "OLD.status = 'approved'", PLAN),
    _kept("programme_financingplan", PLAN, condition="OLD.status = 'approved'"),
    *_parts("programme_budgetline", APPROVED_PLAN),
    *_parts("programme_plannedfunding", APPROVED_PLAN),
    Trigger("programme_drawdown", "UPDATE", f"OLD.{SETTLED} AND NOT ({RECEIVING})", DRAWN),
    _kept("programme_drawdown"),
    Trigger("programme_drawdownshare", "INSERT", SETTLED_DRAWDOWN.of("NEW"), DRAWN),
    Trigger(
        "programme_drawdownshare",
        "UPDATE",
        f"{SETTLED_DRAWDOWN.of('OLD')} AND NOT ({_same(DRAWN_CONTENT)})",
        DRAWN,
    ),
    _kept(
        "programme_drawdownshare",
        DRAWN,
        programme=SETTLED_DRAWDOWN.programme,
        condition=SETTLED_DRAWDOWN.of("OLD"),
    ),
    Trigger("programme_proofofuse", "UPDATE", f"OLD.{SENT} AND NOT ({REPLACING})", PROOF),
    _kept("programme_proofofuse"),
    *_parts("programme_prooftext", SENT_PROOF),
    *_parts("programme_proofindicator", SENT_PROOF),
    _kept("programme_prooffile", programme=SENT_PROOF.programme),
    Trigger("programme_proofcheck", "UPDATE", "OLD.confirmed_by_id IS NOT NULL", EXAMINED),
    _kept("programme_proofcheck", programme=SENT_PROOF.programme),
    Trigger("programme_periodlock", "UPDATE", f"NOT ({UNLOCKING})", PERIOD),
    _kept("programme_periodlock", PERIOD),
    _kept("programme_grantnotice", programme=_of_whole("programme_fundingsource", "source_id")),
    _kept("programme_asset", programme=APPROVED_VOUCHER.programme),
    *map(_kept, ("programme_contract", "programme_fundingdocument", "programme_sitecheck")),
    *map(_kept, ("programme_auditsample", "programme_auditfinding")),
    Trigger("programme_archiveoffer", "UPDATE", "OLD.is_taken IS NOT NULL", DECIDED),
    Trigger("programme_archiveoffer", "DELETE", "TRUE", DECIDED),
    Trigger("programme_fundingrelease", "INSERT", f"NOT {DECISION}", RELEASE),
    Trigger("programme_fundingrelease", "UPDATE", f"NOT ({CLOSING})", RELEASE),
    Trigger("programme_fundingrelease", "DELETE", "TRUE", RELEASE),
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Set up all triggers anew."""
    remove(connection)
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for trigger in TRIGGERS:
            for statement in _postgresql(trigger) if is_postgresql else [_statement(trigger)]:
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take all triggers away; only migrations may."""
    with connection.cursor() as cursor:
        for statement in removal(connection):
            cursor.execute(statement)


def removal(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the statements that take the triggers away."""
    if connection.vendor == "postgresql":
        return [f"DROP FUNCTION IF EXISTS {row.function} CASCADE" for row in TRIGGERS]
    return [f"DROP TRIGGER IF EXISTS {row.name}" for row in TRIGGERS]


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the triggers that are not there, switched off, or of an older release."""
    question, words = SET_UP[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(question)
        there = dict(cursor.fetchall())
    return [trigger.name for trigger in TRIGGERS if there.get(trigger.name) != words(trigger)]


def _statement(trigger: Trigger) -> str:
    """Return how SQLite sets a trigger up."""
    return (
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} "
        f"WHEN {trigger.refused} "
        f"BEGIN SELECT RAISE(ABORT, '{trigger.message}'); END"
    )


def _body(trigger: Trigger) -> str:
    """Return what the function of a trigger does on PostgreSQL."""
    row = "OLD" if trigger.event == "DELETE" else "NEW"
    return (
        f" BEGIN IF {trigger.refused} THEN RAISE EXCEPTION '{trigger.message}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END "
    )


def _postgresql(trigger: Trigger) -> Iterator[str]:
    yield (
        f"CREATE FUNCTION {trigger.function} RETURNS trigger LANGUAGE plpgsql"
        f" AS $${_body(trigger)}$$"
    )
    yield (
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {trigger.function}"
    )


FUNCTIONS = "SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
SET_UP = {
    "sqlite": ("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'", _statement),
    "postgresql": (f"{FUNCTIONS} WHERE tgenabled = 'O'", _body),
}


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
