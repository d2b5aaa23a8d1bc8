"""What stands behind a value: single readings, groups, evidence."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath

from django.core.files import File
from django.db import transaction

from programme import audit, clock, storing
from programme.errors import RuleBroken
from programme.models import User
from programme.rules.uploads import CheckedFile
from sites.models import (
    IndicatorEvidence,
    IndicatorGroup,
    IndicatorReading,
    IndicatorValue,
    Site,
)
from sites.rules.indicator_details import (
    MOST_GROUPS,
    MOST_READINGS,
    GroupDraft,
    ReadingDraft,
    RowsBroken,
    group_draft,
    group_flaws,
    mark,
    reading_draft,
    reading_flaws,
    value_of,
    words,
)
from sites.rules.lifecycle import takes_entries

LONGEST_STEM = 110


class RowsClash(RuleBroken):
    """Somebody else saved the rows since; `current` is what stands now."""

    def __init__(self, current: Sequence[ReadingDraft] | Sequence[GroupDraft]) -> None:
        super().__init__(
            "Jemand anderes hat diese Angaben geändert, während Sie sie bearbeitet haben. Es wurde "
            "nichts überschrieben. Bitte vergleichen Sie beide Fassungen und speichern Sie dann "
            "noch einmal."
        )
        self.current = current


@dataclass(frozen=True)
class NewEvidence:
    """A file that passed the check of its content."""

    checked: CheckedFile
    content: File[bytes]


@transaction.atomic
def set_readings(
    *, value: IndicatorValue, drafts: Sequence[ReadingDraft], seen: str | None, by: User
) -> list[IndicatorReading]:
    """Write all readings of a value anew; the value itself stays what was entered.

    `seen` is the mark of the readings the person opened (None: nobody opened them). Refuses
    flawed rows (RowsBroken), rows somebody changed since (RowsClash), a site without entries.
    """
    row = _locked(value)
    stands = list(row.readings.order_by("measured_on", "pk"))
    before = [reading_draft(reading, row.indicator) for reading in stands]
    programme = row.site.programme
    flaws = reading_flaws(
        drafts=drafts,
        indicator=row.indicator,
        value=row,
        run_time=(programme.starts_on, programme.ends_on),
        today=clock.today(),
    )
    if len(drafts) > MOST_READINGS:
        raise RuleBroken(f"Höchstens {MOST_READINGS} Messungen sind möglich.")
    if flaws:
        raise RowsBroken(flaws)
    _same_as_seen(before, seen)
    row.readings.all().delete()
    made = IndicatorReading.objects.bulk_create(
        IndicatorReading(
            value_of=row,
            measured_on=draft.measured_on,
            value=value_of(draft, row.indicator),
            n=draft.n,
            note=draft.note.strip(),
        )
        for draft in drafts
        if draft.measured_on
    )
    _note_rows(row, "readings_saved", "Einzelmessungen", by, (before, drafts))
    return made


@transaction.atomic
def set_groups(
    *, value: IndicatorValue, drafts: Sequence[GroupDraft], seen: str | None, by: User
) -> list[IndicatorGroup]:
    """Write the breakdown of a value anew; a share computes its value from its parts.

    Refuses as `set_readings` does, and groups that are together more than the value.
    """
    row = _locked(value)
    stands = list(row.groups.order_by("position", "pk"))
    before = [group_draft(group, row.indicator) for group in stands]
    flaws = group_flaws(drafts=drafts, indicator=row.indicator, value=row)
    if len(drafts) > MOST_GROUPS:
        raise RuleBroken(f"Höchstens {MOST_GROUPS} Gruppen sind möglich.")
    if flaws:
        raise RowsBroken(flaws)
    _same_as_seen(before, seen)
    row.groups.all().delete()
    made = IndicatorGroup.objects.bulk_create(
        IndicatorGroup(
            **asdict(draft)
            | {
                "value_of": row,
                "position": position,
                "label": draft.label.strip(),
                "value": value_of(draft, row.indicator),
                "n": draft.denominator if row.indicator.kind == "percent" else draft.n,
            }
        )
        for position, draft in enumerate(drafts, start=1)
    )
    _note_rows(row, "groups_saved", "Gruppen", by, (before, drafts))
    return made


@transaction.atomic
def add_evidence(
    *, value: IndicatorValue, files: Sequence[NewEvidence], note: str, by: User
) -> list[IndicatorEvidence]:
    """Keep files that show where a value comes from; what lies there already is left out.

    Refuses a site that takes no entries, and files that all lie there already.
    """
    row = _locked(value)
    known = set(row.evidence.values_list("sha256", flat=True))
    kept = []
    for new in files:
        if new.checked.sha256 in known:
            continue
        known.add(new.checked.sha256)
        stem = PurePosixPath(new.checked.name).stem[:LONGEST_STEM]
        evidence = IndicatorEvidence(
            value_of=row,
            note=note.strip(),
            name=f"{stem}.{new.checked.extension}",
            content_type=new.checked.content_type,
            size_bytes=new.checked.size_bytes,
            sha256=new.checked.sha256,
            by=by,
        )
        name = f"{new.checked.sha256[:32]}.{new.checked.extension}"
        storing.keep(evidence.file, name=name, content=new.content)
        evidence.save()
        kept.append(evidence)
    if not kept:
        raise RuleBroken("Diese Datei liegt bei dem Wert schon vor.", field="uploads")
    for evidence in kept:
        _note(row, "evidence_added", "Nachweis", by, ({}, {evidence.name: evidence.note or "da"}))
    return kept


@transaction.atomic
def remove_evidence(*, evidence: IndicatorEvidence, by: User) -> None:
    """Take a file away for good; twice changes nothing. Refuses a site that takes no entries."""
    row = _locked(evidence.value_of)
    if not row.evidence.filter(pk=evidence.pk).exists():
        return
    storage, name = evidence.file.storage, evidence.file.name
    _note(row, "evidence_removed", "Nachweis", by, ({evidence.name: evidence.note or "da"}, {}))
    evidence.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name), robust=True)


def _locked(value: IndicatorValue) -> IndicatorValue:
    # The site first, as where values are entered: it is not withdrawn meanwhile.
    sites = Site.objects.select_for_update(of=("self",)).select_related("programme")
    site = sites.get(pk=value.site_id)
    rows = IndicatorValue.objects.select_for_update(of=("self",))
    row = rows.select_related("indicator").get(pk=value.pk)
    row.site = site
    if not takes_entries(row.site.status):
        raise RuleBroken(
            f"{row.site.name} hat den Stand „{row.site.get_status_display()}“. Angaben zu Werten "
            "können dort nicht geändert werden."
        )
    return row


def _same_as_seen(stands: Sequence[ReadingDraft] | Sequence[GroupDraft], seen: str | None) -> None:
    if seen is not None and seen != mark(stands):
        raise RowsClash(stands)


def _note_rows(
    value: IndicatorValue,
    verb: str,
    what: str,
    by: User,
    versions: tuple[
        Sequence[ReadingDraft] | Sequence[GroupDraft], Sequence[ReadingDraft] | Sequence[GroupDraft]
    ],
) -> None:
    before, after = (words(rows, value.indicator) for rows in versions)
    _note(value, verb, what, by, (before, after))


def _note(
    value: IndicatorValue,
    verb: str,
    what: str,
    by: User,
    versions: tuple[dict[str, str], dict[str, str]],
) -> None:
    before, after = versions
    changes = {
        name: [before.get(name, ""), after.get(name, "")]
        for name in dict.fromkeys((*before, *after))
        if before.get(name) != after.get(name)
    }
    if changes:
        audit.record(
            by=by,
            verb=f"indicator_value.{verb}",
            subject=value,
            sentence=f"Am Standort {value.site.name} wurden Angaben zu „{value.indicator.name}“ "
            f"({value.get_phase_display()}) geändert: {what}.",
            changes=changes,
        )
