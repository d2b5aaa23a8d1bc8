"""The logbook as people read it: found by person, subject, day and topic, with what changed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, Field, Model, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from programme import clock
from programme.enums import LogTopic
from programme.models import AuditChain, AuditEntry, Voucher

FUNDING_MODULES = (
    *("funding", "voucher", "grant", "drawdown", "proof", "proof_check", "inspection"),
)
RIGHTS = ("programme.user", "programme.rolegrant")
AT_ONCE = 1000
# What services write down that is no field of the subject.
WORDS = {
    "confirmed": "bestätigt",
    "promoted": "nachgerückt",
    "role": "Rolle",
    "roles": "Rollen",
    "stock": "Bestand",
    "value": "Wert",
    "waiting": "auf der Warteliste",
}
HIDDEN = "(vertraulich)"
# What services wrote about a voucher before it was sensitive: "Beleg 5 an … über 10,00 EUR".
_NAMED = re.compile(r"^(Beleg [0-9]+) an .*( über -?[0-9.]+,[0-9]{2} EUR)", re.DOTALL)
SENSITIVE = frozenset({"payee", "reason", "cash_note", "remark", "contract"})
NO_VOUCHER: tuple[int | None, bool] = (None, False)
YES_NO = {True: "ja", False: "nein"}


@dataclass(frozen=True)
class LogFilter:
    """What somebody looks for; everything empty finds everything."""

    topics: tuple[LogTopic, ...] = ()
    person: str = ""
    text: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None
    with_sensitive: bool = True


@dataclass(frozen=True)
class Change:
    """One field that changed, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class LogLine:
    """One entry with the name of its subject; `voucher` is the number of its page, if it is one."""

    entry: AuditEntry
    subject: str
    subject_key: str
    voucher: int | None
    changes: tuple[Change, ...]
    sentence: str

    @property
    def at(self) -> datetime:
        """The moment in Hessen."""
        return timezone.localtime(self.entry.at)


def entries(*, wanted: LogFilter) -> QuerySet[AuditEntry]:
    """Return the entries that match, newest first, with the person who acted."""
    condition = Q()
    if wanted.topics:
        condition &= Q.create([_about(topic) for topic in wanted.topics], connector=Q.OR)
    if wanted.person:
        name = Q(actor__full_name__icontains=wanted.person)
        condition &= name | Q(actor__email__icontains=wanted.person)
    if wanted.text:
        # A name that is hidden is not found either.
        condition &= Q(sentence__icontains=wanted.text)
        condition &= ~_sensitive() | Q(sentence__contains=HIDDEN)
    if wanted.subject:
        kind, _, key = wanted.subject.partition(":")
        condition &= Q(subject_type=kind, subject_id=key)
    if wanted.since:
        condition &= Q(at__gte=clock.at(wanted.since, time()))
    if wanted.until:
        condition &= Q(at__lt=clock.at(wanted.until + timedelta(days=1), time()))
    if not wanted.with_sensitive:
        condition &= ~_sensitive()
    return AuditEntry.objects.filter(condition).select_related("actor").order_by("-at", "-pk")


def log_lines(rows: Sequence[AuditEntry]) -> list[LogLine]:
    """Return the entries of a page in words; one query for the numbers of their vouchers."""
    label = Voucher._meta.label_lower
    keys = [row.subject_id for row in rows if row.subject_type == label]
    found = Voucher.objects.filter(pk__in=keys).values_list("pk", "number", "is_sensitive")
    vouchers = {(label, str(pk)): (number, hidden) for pk, number, hidden in found}
    return [
        _line(row, vouchers.get((row.subject_type, row.subject_id), NO_VOUCHER)) for row in rows
    ]


def in_batches(*, wanted: LogFilter) -> Iterator[LogLine]:
    """Yield all entries that match, oldest first, a thousand rows in memory at a time."""
    rows = entries(wanted=wanted).order_by("at", "pk").iterator(AT_ONCE)
    while batch := list(islice(rows, AT_ONCE)):
        yield from log_lines(batch)


def state() -> AuditChain:
    """Return the end of the chain with the outcome of the last check."""
    return AuditChain.objects.get()


def newest_number() -> int:
    """Return the number of the newest sealed entry: it grows with every change of the data."""
    return AuditChain.objects.values_list("number", flat=True).get()


def is_broken() -> bool:
    """Say whether the last check of the chain found something."""
    return AuditChain.objects.exclude(fault="").exists()


def changes_of(entry: AuditEntry) -> tuple[Change, ...]:
    """Return what changed with the labels people know from the forms."""
    model = _model(entry.subject_type)
    found = []
    for name, value in entry.changes.items():
        field = _field(model, name)
        label = str(getattr(field, "verbose_name", WORDS.get(name, name)))
        before, after = value if _is_pair(value) else ("", value)
        found.append(Change(label, _told(field, before), _told(field, after)))
    return tuple(found)


def readable_changes(entry: AuditEntry, *, is_sensitive: bool) -> tuple[Change, ...]:
    """Return what changed; of a sensitive voucher only what does not name anybody."""
    if not is_sensitive:
        return changes_of(entry)
    kept = {name: value for name, value in entry.changes.items() if name not in SENSITIVE}
    return changes_of(AuditEntry(subject_type=entry.subject_type, changes=kept))


def _sensitive() -> Q:
    keys = Voucher.objects.filter(is_sensitive=True).values_list(Cast("pk", CharField()))
    return Q(subject_type=Voucher._meta.label_lower, subject_id__in=keys)


def without_name(sentence: str) -> str:
    """Return a sentence about a sensitive voucher without the payee it was written with."""
    return _NAMED.sub(rf"\1 {HIDDEN}\2", sentence)


def _line(row: AuditEntry, voucher: tuple[int | None, bool]) -> LogLine:
    number, is_sensitive = voucher
    model = _model(row.subject_type)
    kind = str(model._meta.verbose_name) if model else row.subject_type
    subject = f"{kind} {number}" if number else kind
    return LogLine(
        entry=row,
        subject=subject,
        subject_key=f"{row.subject_type}:{row.subject_id}",
        voucher=number,
        changes=readable_changes(row, is_sensitive=is_sensitive),
        sentence=without_name(row.sentence) if is_sensitive else row.sentence,
    )


@cache
def _funding_types() -> tuple[str, ...]:
    models = apps.get_app_config("programme").get_models()
    return tuple(
        model._meta.label_lower
        for model in models
        if model.__module__.rpartition(".")[2] in FUNDING_MODULES
    )


def _about(topic: LogTopic) -> Q:
    if topic == LogTopic.FUNDING:
        return Q(subject_type__in=_funding_types())
    if topic == LogTopic.RIGHTS:
        return Q(subject_type__in=RIGHTS)
    if topic == LogTopic.PORTAL:
        others = Q(subject_type__in=(*_funding_types(), *RIGHTS))
        return Q(subject_type__startswith="programme.") & ~others
    return Q(subject_type__startswith=f"{topic.value}.")


def _model(label: str) -> type[Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def _field(model: type[Model] | None, name: str) -> Field[Any, Any] | None:
    try:
        field = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, Field) else None


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2


def _told(field: Field[Any, Any] | None, value: object) -> str:
    if value is None or value in ("", []):
        return "–"
    if isinstance(value, bool):
        return YES_NO[value]
    if isinstance(value, list):
        return ", ".join(_told(field, part) for part in value)
    labels: Iterable[tuple[object, object]] = getattr(field, "flatchoices", None) or ()
    return str(dict(labels).get(value, value))
