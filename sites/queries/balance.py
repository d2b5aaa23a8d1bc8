"""All public measures of the programme by weight, and how sites reconciled both tasks."""

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from programme.models import FieldOfAction, Programme
from programme.queries.packed import packed, unpacked
from sites.enums import NormKind
from sites.models import LegalNorm, Measure, Site
from sites.queries.measures import with_effect
from sites.rules.balance import FieldBalance

NORM = ("key", "norm", "kind", "position", "in_force_from", "in_force_to")
WEIGHTS = {
    "ordnung": ("eher Ordnungsaufgaben", Q(balance__lt=0)),
    "beiden": ("beiden gleichermaßen", Q(balance=0)),
    "integration": ("eher Integrationsaufgaben", Q(balance__gt=0)),
}


@dataclass(frozen=True)
class Choices:
    """What the list can be narrowed by, as key and label."""

    programme: Programme
    fields: tuple[tuple[str, str], ...]
    norms: tuple[tuple[str, str], ...]
    sites: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Wanted:
    """What a reader asks for; empty finds everything."""

    field: str = ""
    weight: str = ""
    norm: str = ""
    site: str = ""


def choices() -> Choices:
    """Return programme, fields, legal bases of the run time and sites; one query."""
    sites = Site.objects.public().filter(programme=OuterRef("pk"))
    fields = FieldOfAction.objects.filter(is_cross_cutting=False)
    starts_on: Any = OuterRef("starts_on")
    ends_on: Any = OuterRef("ends_on")
    norms = LegalNorm.objects.within(starts_on, ends_on)
    rows = Programme.objects.filter(is_current=True).annotate(
        packed_sites=packed(sites, by="programme", columns=("slug", "name")),
        packed_fields=packed(fields, by="is_cross_cutting", columns=("key", "title", "position")),
        packed_order=packed(norms.filter(kind=NormKind.ORDER), by="kind", columns=NORM),
        packed_integration=packed(norms.filter(kind=NormKind.INTEGRATION), by="kind", columns=NORM),
    )
    programme = get_object_or_404(rows)
    parts = vars(programme)
    found = [*(parts["packed_order"] or ()), *(parts["packed_integration"] or ())]
    return Choices(
        programme=programme,
        fields=tuple(
            (row.key, row.title)
            for row in sorted(
                unpacked(FieldOfAction, parts["packed_fields"]), key=lambda row: row.position
            )
        ),
        norms=tuple(
            (row.key, row.norm)
            for row in sorted(unpacked(LegalNorm, found), key=lambda row: (row.kind, row.position))
        ),
        sites=tuple(
            sorted(
                ((row.slug, row.name) for row in unpacked(Site, parts["packed_sites"])),
                key=lambda pair: pair[1],
            )
        ),
    )


def public_measures(*, programme: Programme) -> QuerySet[Measure]:
    """Return the measures everybody may read."""
    sites = Site.objects.public().filter(programme=programme)
    return Measure.objects.public().filter(site__in=sites)


def by_field(*, programme: Programme) -> tuple[FieldBalance, ...]:
    """Return the number of public measures by field of action and weight; one query."""
    rows = (
        public_measures(programme=programme)
        .order_by("field_of_action__position", "field_of_action")
        .values_list("field_of_action__title", "balance")
        .annotate(n=Count("pk"))
    )
    counted: dict[str, dict[int | None, int]] = {}
    for title, weight, number in rows:
        counted.setdefault(title, {})[weight] = number
    return tuple(FieldBalance(title, counts) for title, counts in counted.items())


def solutions(*, programme: Programme, wanted: Wanted) -> QuerySet[Measure]:
    """Return public measures with site, effort and legal bases, told notes first."""
    rows = with_effect(Measure.objects.filter(pk__in=public_measures(programme=programme)))
    narrowed = {
        "field_of_action__key": wanted.field,
        "site__slug": wanted.site,
        "norms__key": wanted.norm,
    }
    rows = rows.filter(**{path: value for path, value in narrowed.items() if value})
    if wanted.weight in WEIGHTS:
        rows = rows.filter(WEIGHTS[wanted.weight][1])
    untold = ExpressionWrapper(Q(reconciliation=""), output_field=BooleanField())
    return rows.select_related("site", "field_of_action").order_by(
        untold, "field_of_action__position", "site__name", "pk"
    )
