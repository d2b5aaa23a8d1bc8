"""One search over what was released: practice cards, measures, documents of sites, material."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef
from django.urls import reverse

from network.enums import Audience
from network.queries import own_office
from network.rules.names import matches
from programme.models import FieldOfAction
from programme.queries.packed import packed
from sites.enums import DocumentKind, MeasureStatus
from sites.models import Measure, PracticeCard, Site, SiteDocument
from sites.queries import documents
from sites.queries.practice import readable

CARD, MEASURE, DOCUMENT, FILE = "Praxisbaustein", "Maßnahme", "Unterlage", "Material"
KINDS = {"baustein": CARD, "massnahme": MEASURE, "unterlage": DOCUMENT, "material": FILE}
TOLD_CARD = ("title", "slug", "problem", "steps", "effect", "site__name")
TOLD_MEASURE = (
    "title",
    "description",
    "effect",
    "reconciliation",
    "status",
    "site__name",
    "site__slug",
)


@dataclass(frozen=True)
class Hit:
    """Something the reader may open."""

    kind: str
    title: str
    text: str
    where: str
    url: str


@dataclass(frozen=True)
class Asked:
    """What somebody looks for; empty parts narrow nothing. `field` is the key of a field."""

    words: str = ""
    field: str = ""
    kind: str = ""

    def wants(self, kind: str, *, has_field: bool) -> bool:
        """Say whether things of this kind are looked for; files belong to no field."""
        return self.kind in {"", kind} and (has_field or not self.field)


@dataclass(frozen=True)
class FieldKnowledge:
    """A field of action with what was told about it."""

    key: str
    title: str
    cards: Sequence[dict[str, Any]]
    measures: Sequence[dict[str, Any]]


def fields(*, reads_network: bool) -> list[FieldKnowledge]:
    """Return the fields of action with their readable cards and public measures; one query.

    A measure that is told as a public card stands there already.
    """
    here = OuterRef("pk")
    cards = readable(reads_network=reads_network).filter(field_of_action=here)
    told = PracticeCard.objects.public().filter(measure__isnull=False).values("measure")
    measures = Measure.objects.public().filter(
        field_of_action=here, site__programme__is_current=True, site__in=Site.objects.public()
    )
    rows = FieldOfAction.objects.annotate(
        cards=packed(cards.select_related(None), by="field_of_action", columns=TOLD_CARD),
        measures=packed(measures.exclude(pk__in=told), by="field_of_action", columns=TOLD_MEASURE),
    )
    return [FieldKnowledge(row.key, row.title, row.cards or (), row.measures or ()) for row in rows]


def search(
    *,
    asked: Asked,
    known: Iterable[FieldKnowledge],
    audience: Audience,
    reads_network: bool,
) -> list[Hit]:
    """Return what matches all words, hits in the title first; two queries beside `known`.

    Umlauts may be typed either way and parts of words are enough. `audience` and `reads_network`
    say what the reader may see; without words everything of that is returned.
    """
    areas = [area for area in known if asked.field in {"", area.key}]
    found = [
        *_cards(asked, areas),
        *_measures(asked, areas),
        *_documents(asked, reads_network=reads_network),
        *_material(asked, audience),
    ]
    return sorted(found, key=lambda hit: not matches(asked.words, hit.title))


def _cards(asked: Asked, areas: Iterable[FieldKnowledge]) -> list[Hit]:
    if not asked.wants("baustein", has_field=True):
        return []
    hits = [
        Hit(
            kind=CARD,
            title=row["title"],
            text=row["problem"],
            where=f"Standort {row['site__name']}",
            url=reverse("sites:practice_card", args=[row["slug"]]),
        )
        for area in areas
        for row in area.cards
        if matches(asked.words, area.title, *(row[name] for name in TOLD_CARD))
    ]
    return sorted(hits, key=lambda hit: hit.title)


def _measures(asked: Asked, areas: Iterable[FieldKnowledge]) -> list[Hit]:
    if not asked.wants("massnahme", has_field=True):
        return []
    hits = [
        Hit(
            kind=MEASURE,
            title=row["title"],
            text=row["description"],
            where=f"Standort {row['site__name']}, {MeasureStatus(row['status']).label}",
            url=reverse("sites:site", args=[row["site__slug"]]),
        )
        for area in areas
        for row in area.measures
        if matches(asked.words, area.title, *(row[name] for name in TOLD_MEASURE))
    ]
    return sorted(hits, key=lambda hit: hit.title)


def _documents(asked: Asked, *, reads_network: bool) -> list[Hit]:
    if not asked.wants("unterlage", has_field=False):
        return []
    rows = documents.released(reads_network=reads_network)
    return [_document(row) for row in rows if _speaks(row, asked.words)]


def _speaks(row: SiteDocument, words: str) -> bool:
    return matches(words, row.title, row.description, row.get_kind_display(), row.site.name)


def _document(row: SiteDocument) -> Hit:
    return Hit(
        kind=DOCUMENT if row.kind == DocumentKind.OTHER else row.get_kind_display(),
        title=row.title,
        text=row.description,
        where=f"Standort {row.site.name}",
        url=reverse("sites:document", args=[row.site.slug, row.pk]),
    )


def _material(asked: Asked, audience: Audience) -> list[Hit]:
    if not asked.wants("material", has_field=False):
        return []
    return [
        Hit(
            kind=FILE,
            title=file.material.title,
            text=file.material.description,
            where=file.material.meeting.title,
            url=file.url,
        )
        for file in own_office.files(audience=audience, search=asked.words)
    ]
