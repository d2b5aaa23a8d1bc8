"""Values of the indicators: entered by the phase, released to everybody."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from programme import audit, clock
from programme.errors import RuleBroken
from programme.models import User
from programme.services import notices
from sites.enums import IndicatorPhase
from sites.models import Indicator, IndicatorRelease, IndicatorValue, Site
from sites.queries.audience import involved
from sites.rules.indicator_values import (
    COLUMNS,
    Seen,
    ValueDraft,
    completed,
    draft_of,
    fingerprint,
    flaws,
)
from sites.rules.lifecycle import takes_entries

NO_VALUES = "Zu dieser Kennzahl gibt es noch keine zwei Werte. Bitte tragen Sie sie zuerst ein."


CHANGED = (
    "Jemand anderes hat einen Teil dieser Werte geändert, während Sie sie bearbeitet haben. Es "
    "wurde nichts überschrieben. Bitte vergleichen Sie beide Fassungen und speichern Sie dann "
    "noch einmal."
)
REDEFINED = (
    "Was gemessen wird, wurde neu festgelegt, während Sie Werte eingetragen haben. Es wurde "
    "nichts gespeichert. Bitte vergleichen Sie beide Definitionen, passen Sie Ihren Wert an und "
    "speichern Sie dann noch einmal."
)


class ValueClash(RuleBroken):
    """Somebody else saved values or definitions since: `current` and `redefined` stand now."""

    def __init__(
        self, current: dict[int, ValueDraft], redefined: dict[int, Indicator] | None = None
    ) -> None:
        self.current, self.redefined = current, redefined or {}
        super().__init__(CHANGED if current else REDEFINED)


@dataclass(frozen=True)
class Entry:
    """A draft that stands up to the rules, its indicator and what it replaces."""

    indicator: Indicator
    draft: ValueDraft
    value: IndicatorValue | None


@transaction.atomic
def enter(
    *,
    site: Site,
    phase: str,
    drafts: Mapping[int, ValueDraft],
    seen: Mapping[int, Seen] | None,
    by: User,
) -> int:
    """Write the values of one phase and return how many changed; an empty draft takes one away.

    `drafts` and `seen` (what was opened; None if nobody opened it) go by indicator. Raises
    ValueClash if somebody saved one of the changed values or its definition since, RuleBroken
    for a site that takes no entries, for a flaw, and for a later value by another definition.
    """
    site = _locked(site)
    entries = _entries(site, phase, drafts, seen)
    baseline = {
        row.indicator_id: row
        for row in IndicatorValue.objects.filter(site=site, phase=IndicatorPhase.BASELINE)
    }
    changes: dict[str, list[str]] = {}
    for entry in entries:
        _check(site, entry)
        if phase != IndicatorPhase.BASELINE:
            _same_definition(entry, baseline.get(entry.indicator.pk))
        changes |= _changes(entry)
    _nothing_behind(entries)
    _write(site, phase, entries, by)
    if entries:
        _announce(site, phase, changes, len(entries), by)
    return len(entries)


def _announce(site: Site, phase: str, changes: dict[str, list[str]], count: int, by: User) -> None:
    """Write the changed values down and tell those who work with the site."""
    label = IndicatorPhase(phase).label
    audit.record(
        by=by,
        verb="indicators.saved",
        subject=site,
        sentence=f"Am Standort {site.name} wurden Kennzahlen geändert ({label}): {count}.",
        changes={"phase": [phase, phase]} | changes,
    )
    _tell(
        site,
        f"entered:{phase}",
        f"Am Standort {site.name} wurden Kennzahlen eingetragen oder geändert ({label}).",
        by,
    )


def _tell(site: Site, what: str, sentence: str, by: User) -> None:
    """Tell those who work with the site, of the same thing at most once a day."""
    notices.tell(
        topic="indicators",
        people=involved(site, without=by),
        key=f"indicators:{site.pk}:{what}:{clock.today():%Y-%m-%d}",
        sentence=sentence,
        path=reverse("sites:indicators", args=[site.slug]),
        by=by,
    )


def _locked(site: Site) -> Site:
    rows = Site.objects.select_for_update(of=("self",)).select_related("programme")
    site = rows.get(pk=site.pk)
    if not takes_entries(site.status):
        raise RuleBroken(
            f"{site.name} hat den Stand „{site.get_status_display()}“. Werte können dort nicht "
            "eingetragen werden."
        )
    return site


def _entries(
    site: Site, phase: str, drafts: Mapping[int, ValueDraft], seen: Mapping[int, Seen] | None
) -> list[Entry]:
    """Return what really changed; a value nobody touched is left alone, whoever saved it."""
    # Locked, so that no definition changes between the version written here and the commit.
    known = Indicator.objects.of(site).filter(pk__in=drafts).order_by("pk")
    indicators = {row.pk: row for row in known.select_for_update(of=("self",))}
    rows = IndicatorValue.objects.filter(site=site, phase=phase)
    values = {row.indicator_id: row for row in rows}
    entries, clashes, redefined = [], {}, {}
    for pk, typed in drafts.items():
        if pk not in indicators:
            raise RuleBroken("Diese Kennzahl gehört nicht zu diesem Standort.")
        draft = completed(typed, indicators[pk])
        stands = draft_of(values.get(pk))
        is_now = Seen(fingerprint(stands), indicators[pk].version)
        was_seen = is_now if seen is None else seen.get(pk, Seen.read(""))
        if draft == stands or fingerprint(draft) == was_seen.mark:
            continue
        if is_now.mark != was_seen.mark:
            clashes[pk] = stands
        if is_now.version != was_seen.version and not draft.is_empty:
            redefined[pk] = indicators[pk]
        entries.append(Entry(indicators[pk], draft, values.get(pk)))
    if clashes or redefined:
        raise ValueClash(clashes, redefined)
    return entries


def _check(site: Site, entry: Entry) -> None:
    found = flaws(
        draft=entry.draft,
        indicator=entry.indicator,
        run_time=(site.programme.starts_on, site.programme.ends_on),
        today=clock.today(),
    )
    if found:
        field = f"{found[0].column}_{entry.indicator.pk}"
        raise RuleBroken(f"{entry.indicator.name}: {found[0].message}", field=field)


def _nothing_behind(entries: list[Entry]) -> None:
    """Refuse to empty a value with readings, groups or evidence, which would go with it."""
    emptied = {entry.value.pk: entry for entry in entries if entry.value and entry.draft.is_empty}
    behind = Q(readings__isnull=False) | Q(groups__isnull=False) | Q(evidence__isnull=False)
    kept = IndicatorValue.objects.filter(behind, pk__in=emptied).first() if emptied else None
    if kept:
        name = emptied[kept.pk].indicator.name
        raise RuleBroken(
            f"{name}: Zu diesem Wert gibt es Einzelmessungen, Gruppen oder Nachweise. Bitte nehmen "
            "Sie sie zuerst weg oder geben Sie an, warum der Wert nicht verfügbar ist."
        )


def _same_definition(entry: Entry, baseline: IndicatorValue | None) -> None:
    if entry.draft.value is None or baseline is None or baseline.value is None:
        return
    if baseline.definition_version != entry.indicator.version:
        raise RuleBroken(
            f"{entry.indicator.name}: Der Ausgangswert folgt einer früheren Definition. Bitte "
            "tragen Sie zuerst den Ausgangswert nach der heutigen Definition ein.",
            field=f"value_{entry.indicator.pk}",
        )


def _changes(entry: Entry) -> dict[str, list[str]]:
    before = draft_of(entry.value)
    return {
        f"{entry.indicator.key}.{column}": [
            str(getattr(before, column)),
            str(getattr(entry.draft, column)),
        ]
        for column in COLUMNS
        if getattr(before, column) != getattr(entry.draft, column)
    }


def _write(site: Site, phase: str, entries: list[Entry], by: User) -> None:
    new: list[IndicatorValue] = []
    changed: list[IndicatorValue] = []
    gone: list[int] = []
    for entry in entries:
        if entry.draft.is_empty:
            gone.append(entry.value.pk if entry.value else 0)
            continue
        row = entry.value or IndicatorValue(site=site, indicator=entry.indicator, phase=phase)
        for column in COLUMNS:
            setattr(row, column, getattr(entry.draft, column))
        row.definition_version = entry.indicator.version
        row.entered_by, row.changed_at = by, clock.now()
        (changed if entry.value else new).append(row)
    IndicatorValue.objects.bulk_create(new)
    extra = ["definition_version", "entered_by", "changed_at"]
    IndicatorValue.objects.bulk_update(changed, [*COLUMNS, *extra])
    IndicatorValue.objects.filter(pk__in=gone).delete()


@transaction.atomic
def release(*, site: Site, indicator: Indicator, by: User) -> IndicatorRelease:
    """Let everybody read the values of one indicator at one site; twice is once.

    Refuses an indicator without a first and a later entry.
    """
    rows = IndicatorValue.objects.filter(site=site, indicator=indicator, value__isnull=False)
    phases = set(rows.values_list("phase", flat=True))
    if IndicatorPhase.BASELINE not in phases or len(phases) < 2:
        raise RuleBroken(NO_VALUES)
    released, is_new = IndicatorRelease.objects.get_or_create(
        site=site, indicator=indicator, defaults={"released_by": by}
    )
    if is_new:
        audit.record(
            by=by,
            verb="indicator.released",
            subject=site,
            sentence=f"Am Standort {site.name} wurde „{indicator.name}“ veröffentlicht.",
        )
        _tell(
            site,
            f"released:{indicator.pk}",
            f"Am Standort {site.name} ist „{indicator.name}“ jetzt öffentlich.",
            by,
        )
    return released


@transaction.atomic
def withdraw(*, site: Site, indicator: Indicator, by: User) -> None:
    """Take the values of one indicator back from the public pages; refuses nothing."""
    deleted, _ = IndicatorRelease.objects.filter(site=site, indicator=indicator).delete()
    if deleted:
        audit.record(
            by=by,
            verb="indicator.withdrawn",
            subject=site,
            sentence=f"Am Standort {site.name} wurde „{indicator.name}“ zurückgezogen.",
        )
