"""Practice cards as others read them, and what became of them elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet

from network.enums import Audience
from network.models import Organisation
from programme import tokens
from programme.models import FieldOfAction
from sites.enums import AdoptionState
from sites.models import Adoption, PracticeCard
from sites.queries import documents
from sites.rules.documents import RELEASED

BALANCES = {
    "ordnung": ("dient eher Ordnungsaufgaben", Q(measure__balance__lt=0)),
    "beiden": ("dient beiden gleichermaßen", Q(measure__balance=0)),
    "integration": ("dient eher Integrationsaufgaben", Q(measure__balance__gt=0)),
}
FOR_OFFICES = (Audience.OFFICES, Audience.PUBLIC)


@dataclass(frozen=True)
class OwnAdoption:
    """What one of the reader's offices does with a card; None if it does not try it."""

    organisation: Organisation
    adoption: Adoption | None

    @property
    def answer_token(self) -> str:
        """Return the token of the office's page for feedback, empty if it does not try it."""
        return tokens.token("adoption", self.adoption.token_seed) if self.adoption else ""


def readable(*, reads_network: bool) -> QuerySet[PracticeCard]:
    """Return the released cards of the public, with those of the offices if they may be read."""
    rows = PracticeCard.objects.released() if reads_network else PracticeCard.objects.public()
    if reads_network:
        rows = rows.filter(audience__in=FOR_OFFICES)
    return rows.filter(site__programme__is_current=True).select_related(
        "site", "field_of_action", "measure"
    )


def cards(*, reads_network: bool, field: str = "", balance: str = "") -> QuerySet[PracticeCard]:
    """Return readable cards with how many offices use them, narrowed by field and weight."""
    rows = readable(reads_network=reads_network)
    if field:
        rows = rows.filter(field_of_action__key=field)
    if balance in BALANCES:
        rows = rows.filter(BALANCES[balance][1])
    used = Count("adoptions", filter=~Q(adoptions__state=AdoptionState.DROPPED))
    return rows.annotate(used=used).order_by("field_of_action__position", "title", "pk")


def fields_of_action() -> list[tuple[str, str]]:
    """Return key and title of the fields cards can be sorted by."""
    return list(FieldOfAction.objects.values_list("key", "title"))


def any_card() -> QuerySet[PracticeCard]:
    """Return all cards to pick one from; the page's guard decides who reads it."""
    rows = PracticeCard.objects.select_related("site__organisation", "field_of_action", "measure")
    return rows.filter(site__programme__is_current=True)


def card_with_documents() -> QuerySet[PracticeCard]:
    """Return all cards with the released documents of their site packed beside them."""
    return any_card().annotate(**documents.packed_of(OuterRef("site"), audiences=RELEASED))


def outcomes(*, card: PracticeCard) -> dict[str, int]:
    """Return how many offices try, adopted and dropped a card."""
    rows = card.adoptions.order_by().values_list("state").annotate(Count("pk"))
    return dict(rows)


def own_adoptions(*, card: PracticeCard, offices: Iterable[Organisation]) -> list[OwnAdoption]:
    """Return what each of these offices does with the card; its own office is left out."""
    others = [row for row in offices if row.pk != card.site.organisation_id]
    if not others:
        return []
    known = {row.organisation_id: row for row in card.adoptions.filter(organisation__in=others)}
    return [OwnAdoption(row, known.get(row.pk)) for row in others]


def tried(*, offices: Iterable[Organisation]) -> list[OwnAdoption]:
    """Return everything these offices try or adopted, the newest first."""
    rows = Adoption.objects.filter(organisation__in=list(offices))
    found = rows.select_related("card", "organisation").order_by("-started_on", "-pk")
    return [OwnAdoption(row.organisation, row) for row in found]


def by_token(*, token: str) -> QuerySet[Adoption]:
    """Return the adoption a link speaks for, or nothing."""
    return Adoption.objects.filter(token_digest=tokens.digest(token)).select_related(
        "card", "organisation", "asked_at_meeting"
    )


def adoptions(*, state: str = "") -> QuerySet[Adoption]:
    """Return which card is used where with its figure, card by card (feature B12)."""
    rows = Adoption.objects.filter(card__site__programme__is_current=True).select_related(
        "card__site", "organisation", "asked_at_meeting"
    )
    if state:
        rows = rows.filter(state=state)
    return rows.order_by("card__title", "card", "organisation__short_name", "pk")


def counted(*, rows: QuerySet[Adoption]) -> list[tuple[str, int]]:
    """Return label and number of each state, all states named."""
    found = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    return [(str(state.label), found.get(state.value, 0)) for state in AdoptionState]
