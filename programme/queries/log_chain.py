"""Is the logbook whole: numbers, checksums, triggers, and what it says about the vouchers."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.db.models import CharField, Exists, F, OuterRef, Sum
from django.db.models.functions import Cast, Coalesce, Round

from programme import audit, triggers
from programme.enums import VoucherStatus
from programme.models import AuditChain, AuditEntry, Voucher
from programme.rules.money import rounded, written

AT_ONCE = 2000
ZERO = Decimal(0)


@dataclass(frozen=True)
class Examination:
    """What a check has found: `fault` is a German sentence, empty if all is well.

    `first_wrong` is the number of the first entry that is missing or changed.
    """

    first: int
    last: int
    waiting: int
    first_wrong: int | None = None
    fault: str = ""

    @property
    def sentence(self) -> str:
        """The outcome for people."""
        if self.fault:
            return f"Das Protokoll ist nicht unversehrt. {self.fault}"
        if self.last < self.first:
            return "Das Protokoll ist unversehrt; es enthält noch keinen Eintrag."
        waiting = f" {self.waiting} warten auf ihre Nummer." if self.waiting else ""
        return (
            f"Das Protokoll ist unversehrt: Einträge {self.first} bis {self.last} sind "
            f"lückenlos und stimmen mit ihren Prüfsummen überein.{waiting}"
        )


def examination() -> Examination:
    """Read the whole logbook once and say what is wrong first; changes nothing."""
    chain = AuditChain.objects.get()
    first = chain.deleted_up_to + 1
    waiting = AuditEntry.objects.filter(number__isnull=True).count()
    wrong, fault = _first_break(chain)
    questions: tuple[Callable[[AuditChain], str], ...] = (
        _unguarded,
        _shares_that_do_not_sum,
        _approved_without_entry,
    )
    for question in questions:
        fault = fault or question(chain)
    return Examination(first, chain.number, waiting, wrong, fault)


def _first_break(chain: AuditChain) -> tuple[int | None, str]:
    number, last_hash = chain.deleted_up_to, chain.deleted_hash
    rows = AuditEntry.objects.filter(number__gt=number, number__lte=chain.number)
    for entry in rows.order_by("number").iterator(AT_ONCE):
        number += 1
        if entry.number != number:
            return number, f"Eintrag {number} fehlt."
        unchanged = entry.previous_hash == last_hash
        if not unchanged or audit.entry_hash(entry) != entry.entry_hash:
            return number, f"Eintrag {number} ist verändert: „{entry.sentence[:200]}“"
        last_hash = entry.entry_hash
    if number != chain.number:
        return number + 1, f"Eintrag {number + 1} fehlt."
    if last_hash != chain.entry_hash:
        return number, f"Eintrag {number} ist nicht der, mit dem das Protokoll endete."
    return None, ""


def _unguarded(chain: AuditChain) -> str:
    if missing := triggers.missing(connection):
        return f"Der Schutz der Datenbank ist nicht vollständig. Es fehlen: {', '.join(missing)}."
    if chain.erasing:
        return "Die Erlaubnis zum Löschen ist offen geblieben."
    return ""


def _shares_that_do_not_sum(chain: AuditChain) -> str:
    # SQLite adds in binary: 0.01 and 0.02 make 0.03 only after rounding.
    due = Round(Coalesce(F("eligible_eur"), F("gross_eur")), precision=2)
    shared = Round(Coalesce(Sum("shares__amount_eur"), ZERO), precision=2)
    rows = Voucher.objects.annotate(due_eur=due, shared_eur=shared).exclude(shared_eur=F("due_eur"))
    wrong = rows.order_by("number").values_list("number", "shared_eur", "due_eur").first()
    if wrong is None:
        return ""
    number, shared_eur, due_eur = wrong
    told = f"{written(rounded(shared_eur))} statt {written(rounded(due_eur))}"
    return f"Beleg {number}: Die Anteile ergeben {told}."


def _approved_without_entry(chain: AuditChain) -> str:
    """Find a voucher that a script has approved; old entries may be gone after the retention."""
    if chain.deleted_up_to:
        return ""
    told = AuditEntry.objects.filter(
        subject_type=Voucher._meta.label_lower,
        subject_id=Cast(OuterRef("pk"), CharField()),
        verb=f"voucher.{VoucherStatus.APPROVED.value}",
    )
    approved = Voucher.objects.filter(~Exists(told), status=VoucherStatus.APPROVED)
    voucher = approved.order_by("number").first()
    if voucher is None:
        return ""
    return f"Beleg {voucher.number} ist geprüft, aber das Protokoll weiß davon nichts."
