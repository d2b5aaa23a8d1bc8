"""What an indicator means: added by a site, defined anew without touching old values."""

from dataclasses import dataclass
from typing import Self

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from programme import audit
from programme.errors import RuleBroken
from programme.models import User
from sites.models import Indicator, Site
from sites.rules.lifecycle import takes_entries

TELLING = ("definition", "unit", "kind", "counts_cases")
LABELS = {
    "name": "Kennzahl",
    "unit": "Einheit",
    "kind": "Art",
    "better": "Was ist besser?",
    "definition": "Was genau gemessen wird",
    "counts_cases": "zählt Personen oder Fälle",
}


class DefinitionClash(RuleBroken):
    """Somebody else changed the indicator since; `current` is what stands now."""

    def __init__(self, current: Indicator) -> None:
        super().__init__(
            "Jemand anderes hat diese Kennzahl geändert, während Sie sie bearbeitet haben. Es "
            "wurde nichts überschrieben. Bitte vergleichen Sie beide Fassungen und speichern Sie "
            "dann noch einmal."
        )
        self.current = current


@dataclass(frozen=True)
class IndicatorDraft:
    """What somebody wrote about an indicator."""

    name: str
    unit: str
    kind: str
    better: str
    definition: str
    counts_cases: bool

    @classmethod
    def of(cls, indicator: Indicator) -> Self:
        """Return an indicator as it would be written."""
        return cls(**{column: getattr(indicator, column) for column in LABELS})


@transaction.atomic
def add_own(*, site: Site, draft: IndicatorDraft, by: User) -> Indicator:
    """Add an indicator of one site; refuses a name the site already uses."""
    site = Site.objects.select_for_update(of=("self",)).get(pk=site.pk)
    if not takes_entries(site.status):
        raise RuleBroken(
            f"{site.name} hat den Stand „{site.get_status_display()}“. Kennzahlen können dort "
            "nicht angelegt werden."
        )
    _unused_name(draft.name, Indicator.objects.of(site))
    number = Indicator.objects.filter(site=site).count() + 1
    indicator = Indicator.objects.create(
        site=site,
        key=f"{site.slug[:24]}-{number}-{slugify(draft.name)}"[:50].strip("-"),
        position=500 + number,
        **vars(draft),
    )
    audit.record(
        by=by,
        verb="indicator.added",
        subject=indicator,
        sentence=f"Am Standort {site.name} wurde die Kennzahl „{indicator.name}“ angelegt.",
    )
    return indicator


@transaction.atomic
def redefine(
    *, indicator: Indicator, draft: IndicatorDraft, by: User, seen: IndicatorDraft | None = None
) -> Indicator:
    """Change an indicator; another definition or unit makes a new version of it.

    Values by the old version stay and are no longer set against new ones. `seen` is what the
    person opened. Refuses a name in use, what somebody changed since (DefinitionClash), and
    another kind or protection of small numbers once there are values: old ones would be read,
    and shown, by rules they were not entered for.
    """
    row = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    stands = IndicatorDraft.of(row)
    if seen is not None and seen != stands:
        raise DefinitionClash(row)
    _unused_name(draft.name, _beside(row))
    _same_rules(row, draft)
    changes = {
        column: [str(getattr(stands, column)), str(told)]
        for column, told in vars(draft).items()
        if told != getattr(stands, column)
    }
    if not changes:
        return row
    for column, told in vars(draft).items():
        setattr(row, column, told)
    before = row.version
    row.version += any(column in changes for column in TELLING)
    row.save()
    # The definition is told even unchanged: the page of a value reads old versions from here.
    words = {"definition": [stands.definition, draft.definition]} | changes
    audit.record(
        by=by,
        verb="indicator.redefined",
        subject=row,
        sentence=f"Die Kennzahl „{row.name}“ wurde geändert, Fassung {row.version}.",
        changes=words | {"version": [before, row.version]},
    )
    return row


def _beside(row: Indicator) -> QuerySet[Indicator]:
    """Return what else may not have the same name: for the catalogue every other indicator."""
    others = Indicator.objects.exclude(pk=row.pk)
    return others.of(row.site) if row.site else others


def _unused_name(name: str, others: QuerySet[Indicator]) -> None:
    if name.casefold() in {row.name.casefold() for row in others}:
        raise RuleBroken("Eine Kennzahl mit diesem Namen gibt es hier schon.", field="name")


def _same_rules(row: Indicator, draft: IndicatorDraft) -> None:
    changed = [name for name in ("kind", "counts_cases") if getattr(row, name) != vars(draft)[name]]
    if changed and row.values.exists():
        raise RuleBroken(
            "Zu dieser Kennzahl gibt es schon Werte. Art und Schutz kleiner Zahlen lassen sich "
            "deshalb nicht mehr ändern. Bitte legen Sie dafür eine neue Kennzahl an.",
            field=changed[0],
        )
