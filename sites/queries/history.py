"""Everything between programme and one site in time order: many tables, one query."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    F,
    IntegerField,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils.formats import date_format

from sites.enums import DocumentAudience
from sites.models import (
    Application,
    ContributionVersion,
    DocumentVersion,
    MeasureUpdate,
    Site,
    SitePhase,
)
from sites.queries.history_entries import Entry, Row, told
from sites.rules.documents import readable_by

Rows = QuerySet[Any, Any]

# On one day a call comes before the application to it, and the end comes last.
FIRST = ("called", "applied", "decided", "selected", "agreed", "started", "phase_begun")
LAST = ("phase_done", "completed", "withdrawn")


def _turn(what: str) -> int:
    """Return the place of an event among those of the same day."""
    if what in FIRST:
        return FIRST.index(what)
    return len(FIRST) + (1 + LAST.index(what) if what in LAST else 0)


@dataclass(frozen=True)
class Month:
    """A month with what happened in it."""

    title: str
    entries: tuple[Entry, ...]


def _rows(found: Rows, what: str, *, day: Any, words: Any, more: Any = "", ref: Any = "pk") -> Rows:
    """Bring any table into one shape; events without a day are left out."""
    text = CharField()
    shaped = found.order_by().annotate(
        h_day=Cast(day, DateField()),
        h_turn=Value(_turn(what), IntegerField()),
        h_what=Value(what, text),
        h_ref=Cast(ref, BigIntegerField()),
        h_words=Cast(words, text),
        h_more=Cast(more or Value(""), text),
    )
    columns = ("h_day", "h_turn", "h_what", "h_ref", "h_words", "h_more")
    dated: Rows = shaped.filter(h_day__isnull=False).values_list(*columns)
    return dated


def _selection(site: Site, audience: DocumentAudience) -> list[Rows]:
    of_office = {"organisation": site.organisation_id, "call__programme": site.programme_id}
    handed_in = Application.objects.handed_in().filter(**of_office)
    title = F("call__title")
    return [
        _rows(handed_in, "called", day=F("call__opened_on"), words=title, more=F("call__slug")),
        _rows(handed_in, "applied", day=TruncDate("handed_in_at"), words=title),
        _rows(handed_in, "decided", day=TruncDate("decided_at"), words=title, more=F("status")),
        _rows(_this(site), "selected", day=F("selected_on"), words=F("selected_label")),
    ]


def _life(site: Site, audience: DocumentAudience) -> list[Rows]:
    return [
        _rows(_this(site), "started", day=F("started_on"), words=F("name")),
        _rows(_this(site), "completed", day=F("completed_on"), words=F("completed_reason")),
        _rows(_this(site), "withdrawn", day=F("withdrawn_on"), words=F("withdrawn_reason")),
        _rows(site.agreements.all(), "agreed", day=F("agreed_on"), words=F("note")),
    ]


def _phases(site: Site, audience: DocumentAudience) -> list[Rows]:
    rows = SitePhase.objects.filter(site=site)
    return [
        _rows(rows, "phase_begun", day=F("actual_from"), words=F("phase")),
        _rows(rows, "phase_done", day=F("actual_to"), words=F("phase")),
    ]


def _days(site: Site, audience: DocumentAudience) -> list[Rows]:
    rows = site.coaching_days.current()
    return [_rows(rows, "coached", day=F("held_on"), words=F("topic"), more=F("state"))]


def _contacts(site: Site, audience: DocumentAudience) -> list[Rows]:
    rows = site.communications.all()
    return [_rows(rows, "talked", day=F("happened_on"), words=F("topic"), more=F("kind"))]


def _measures(site: Site, audience: DocumentAudience) -> list[Rows]:
    steps = MeasureUpdate.objects.filter(measure__site=site)
    title = F("measure__title")
    return [
        _rows(
            steps,
            "stepped",
            day=F("happened_on"),
            words=title,
            more=F("status"),
            ref=F("measure__pk"),
        )
    ]


def _documents(site: Site, audience: DocumentAudience) -> list[Rows]:
    rows = DocumentVersion.objects.filter(
        document__site=site, document__audience__in=readable_by(audience)
    )
    return [
        _rows(
            rows,
            "filed",
            day=TruncDate("added_at"),
            words=F("document__title"),
            more=F("number"),
            ref=F("document__pk"),
        )
    ]


def _values(site: Site, audience: DocumentAudience) -> list[Rows]:
    rows = site.indicator_values.filter(value__isnull=False)
    day = Coalesce("measured_on", "period_to")
    name = F("indicator__name")
    return [_rows(rows, "measured", day=day, words=name, more=F("phase"))]


def _report(site: Site, audience: DocumentAudience) -> list[Rows]:
    rows = ContributionVersion.objects.filter(contribution__site=site)
    return [
        _rows(rows, "written", day=TruncDate("handed_in_at"), words=F("number")),
        _rows(rows, "signed", day=TruncDate("signed_at"), words=F("number")),
    ]


Source = Callable[[Site, DocumentAudience], list[Rows]]
KINDS: dict[str, tuple[str, Source]] = {
    "auswahl": ("Aufruf und Auswahl", _selection),
    "standort": ("Stand und Vereinbarung", _life),
    "phasen": ("Phasen", _phases),
    "begleittage": ("Begleittage", _days),
    "kontakte": ("Kontakte", _contacts),
    "massnahmen": ("Maßnahmen", _measures),
    "unterlagen": ("Unterlagen", _documents),
    "kennzahlen": ("Kennzahlen", _values),
    "beitrag": ("Beitrag zum Bericht", _report),
}


def events(
    *, site: Site, audience: DocumentAudience, kind: str = "", newest_first: bool = False
) -> Rows:
    """Return what happened between programme and site, ready to be paged; one query.

    `audience` says which documents the reader may know of; `kind` is a key of KINDS.
    """
    chosen = [KINDS[kind]] if kind in KINDS else list(KINDS.values())
    parts = [rows for _, source in chosen for rows in source(site, audience)]
    order = ("h_day", "h_turn", "h_what", "h_ref")
    united = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return united.order_by(*(f"-{name}" if newest_first else name for name in order))


def months(*, site: Site, rows: Iterable[tuple[Any, ...]]) -> list[Month]:
    """Return the events of a page as sentences with their pages, grouped by month."""
    entries = [told(site, Row(*row)) for row in rows]
    grouped = groupby(entries, key=lambda entry: date_format(entry.day, "F Y"))
    return [Month(title, tuple(found)) for title, found in grouped]


def _this(site: Site) -> Rows:
    return Site.objects.filter(pk=site.pk)
