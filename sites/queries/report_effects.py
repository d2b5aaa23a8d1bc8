"""What the report says about effects: released values before and after, practice cards."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from programme.models import Programme
from sites.models import PracticeCard
from sites.queries.comparisons import AcrossSites
from sites.rules.comparisons import Comparison
from sites.rules.effects import told_hours, with_n


@dataclass(frozen=True)
class EffectRow:
    """One indicator at one site; numbers only where both may stand side by side."""

    site: str
    before: str
    after: str
    change: str
    before_number: Decimal | None
    after_number: Decimal | None


@dataclass(frozen=True)
class EffectFigures:
    """One indicator across the sites that released it; small numbers are hidden already."""

    name: str
    unit: str
    sentence: str
    rows: tuple[EffectRow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class CardFigures:
    """A practice card everybody may read."""

    title: str
    site: str
    field: str
    problem: str
    effect: str
    effort: str


def effect_figures(released: Iterable[AcrossSites]) -> tuple[EffectFigures, ...]:
    """Return all released comparisons by indicator; the same as on the public page."""
    return tuple(
        EffectFigures(
            name=found.indicator.name,
            unit=found.indicator.unit,
            sentence=found.sentence,
            rows=tuple(_row(row) for row in found.rows),
            notes=tuple(dict.fromkeys(note for row in found.rows for note in row.notes)),
        )
        for found in released
    )


def _row(row: Comparison) -> EffectRow:
    return EffectRow(
        site=row.site_name,
        before=row.before.text,
        after=row.after.text,
        change=row.change,
        before_number=row.before.number if row.is_drawn else None,
        after_number=row.after.number if row.is_drawn else None,
    )


def public_cards(programme: Programme) -> list[PracticeCard]:
    """Return the public practice cards of the programme by field of action; one query."""
    cards = PracticeCard.objects.public().filter(site__programme=programme)
    rows = cards.select_related("site", "field_of_action")
    return list(rows.order_by("field_of_action__position", "title", "pk"))


def card_figures(cards: Iterable[PracticeCard]) -> tuple[CardFigures, ...]:
    """Return what the report tells of practice cards, in their order."""
    return tuple(
        CardFigures(
            title=card.title,
            site=card.site.name,
            field=card.field_of_action.title,
            problem=card.problem,
            effect=with_n(card.effect, card.effect_n),
            effort=told_hours(card.effort_hours or Decimal(0)),
        )
        for card in cards
    )
