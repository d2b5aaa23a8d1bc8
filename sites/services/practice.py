"""Practice cards: made from measures, released, tried by other offices."""

from dataclasses import fields
from datetime import datetime

from django.db import transaction

from network.models import Organisation
from network.rules.names import slug_of
from programme import audit, clock, tokens
from programme.errors import RuleBroken
from programme.models import User
from sites.enums import AdoptionState
from sites.models import Adoption, Measure, PracticeCard
from sites.rules.practice import WORKED, CardDraft, Feedback, check_draft, check_feedback
from sites.services import news

COLUMNS = tuple(column.name for column in fields(CardDraft))


class CardClash(RuleBroken):
    """Somebody else saved the card after it was opened; `current` is what stands now."""

    def __init__(self, current: PracticeCard) -> None:
        super().__init__(
            "Jemand anderes hat diesen Baustein geändert, während Sie ihn bearbeitet haben. Es "
            "wurde nichts überschrieben. Bitte prüfen Sie Ihre Fassung und speichern Sie noch "
            "einmal, wenn sie gelten soll."
        )
        self.current = current


@transaction.atomic
def make(*, measure: Measure, draft: CardDraft, by: User) -> PracticeCard:
    """Make a card from a measure; it is a draft until it gets an audience.

    Refuses a second card of the same measure and a measure that is only planned or was stopped.
    """
    measure = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
    if measure.status not in WORKED:
        raise RuleBroken("Ein Praxisbaustein entsteht aus einer Maßnahme, die läuft oder wirkt.")
    if PracticeCard.objects.filter(measure=measure).exists():
        raise RuleBroken("Zu dieser Maßnahme gibt es schon einen Praxisbaustein.")
    check_draft(draft)
    card = PracticeCard(site_id=measure.site_id, measure=measure, slug=_free_slug(draft.title))
    _write(card, draft)
    audit.record(
        by=by,
        verb="card.made",
        subject=card,
        sentence=f"Praxisbaustein „{card}“ angelegt ({_stand(card)}).",
    )
    if card.released_at:
        news.card_released(card=card, by=by)
    return card


@transaction.atomic
def revise(
    *, card: PracticeCard, draft: CardDraft, seen_at: datetime | None, by: User
) -> PracticeCard:
    """Change a card that still stands as it did at `seen_at`, and who may read it.

    Raises CardClash if somebody saved it since, RuleBroken if it may not be released like this.
    """
    card = PracticeCard.objects.select_for_update().get(pk=card.pk)
    if card.changed_at != seen_at:
        raise CardClash(card)
    check_draft(draft)
    before, was_out = _stand(card), card.released_at is not None
    _write(card, draft)
    audit.record(
        by=by,
        verb="card.revised",
        subject=card,
        sentence=f"Praxisbaustein „{card}“ geändert ({_stand(card)}).",
        changes={"audience": [before, _stand(card)]} if before != _stand(card) else {},
    )
    if card.released_at and not was_out:
        news.card_released(card=card, by=by)
    return card


@transaction.atomic
def try_out(*, card: PracticeCard, organisation: Organisation, by: User) -> Adoption:
    """Note that an office tries a card; it is asked about it after the next meeting.

    Refuses a card that is not released, the office it comes from, and a second time.
    """
    card = PracticeCard.objects.select_for_update().get(pk=card.pk)
    if card.released_at is None:
        raise RuleBroken("Dieser Baustein ist zurzeit nicht freigegeben.")
    if card.site.organisation_id == organisation.pk:
        raise RuleBroken("Dieser Baustein kommt aus Ihrem Haus.")
    if card.adoptions.filter(organisation=organisation).exists():
        raise RuleBroken("Ihre Stelle probiert diesen Baustein schon.")
    seed, digest = tokens.issue("adoption")
    adoption = Adoption.objects.create(
        card=card, organisation=organisation, token_seed=seed, token_digest=digest
    )
    audit.record(
        by=by,
        verb="adoption.begun",
        subject=adoption,
        sentence=f"{organisation} probiert den Praxisbaustein „{card}“ aus.",
    )
    news.card_tried(adoption=adoption, by=by)
    return adoption


@transaction.atomic
def give_up(*, adoption: Adoption, by: User) -> None:
    """Take "we try this" back; refused once the office has told what became of it."""
    adoption = Adoption.objects.select_for_update(of=("self",)).get(pk=adoption.pk)
    if adoption.answered_at is not None:
        raise RuleBroken(
            "Ihre Stelle hat zu diesem Baustein schon eine Rückmeldung gegeben. Sie lässt sich "
            "ändern, aber nicht zurücknehmen."
        )
    audit.record(
        by=by,
        verb="adoption.taken_back",
        subject=adoption,
        sentence=f"{adoption.organisation} probiert „{adoption.card}“ doch nicht aus.",
    )
    adoption.delete()


@transaction.atomic
def answer(*, adoption: Adoption, feedback: Feedback, by: User | None = None) -> Adoption:
    """Note what became of a card at an office; may be corrected by answering again.

    Refuses an adopted card without a figure, and a figure without its unit.
    """
    check_feedback(feedback)
    adoption = Adoption.objects.select_for_update(of=("self",)).get(pk=adoption.pk)
    before = adoption.get_state_display()
    for column, value in feedback.columns().items():
        setattr(adoption, column, value)
    adoption.answered_at = clock.now()
    adoption.save()
    audit.record(
        by=by,
        verb="adoption.answered",
        subject=adoption,
        sentence=f"{adoption.organisation} zu „{adoption.card}“: "
        f"{AdoptionState(adoption.state).label}.",
        changes={"state": [before, adoption.get_state_display()]},
    )
    return adoption


def _write(card: PracticeCard, draft: CardDraft) -> None:
    moment = clock.now()
    for column in COLUMNS:
        setattr(card, column, getattr(draft, column))
    card.released_at = (card.released_at or moment) if draft.is_released else None
    card.changed_at = moment
    card.save()


def _stand(card: PracticeCard) -> str:
    return card.get_audience_display() if card.released_at else "nicht freigegeben"


def _free_slug(title: str) -> str:
    wanted = slug_of(title, prefix="baustein")
    taken = set(PracticeCard.objects.values_list("slug", flat=True))
    slug, number = wanted, 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug
