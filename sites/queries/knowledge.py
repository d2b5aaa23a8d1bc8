"""One search over released material and practice cards."""

from dataclasses import dataclass

from django.urls import reverse

from network.enums import Audience
from network.queries import own_office
from network.rules.names import matches
from sites.models import PracticeCard
from sites.queries.practice import readable

CARD, FILE = "Praxisbaustein", "Material"


@dataclass(frozen=True)
class Hit:
    """Something the reader may open."""

    kind: str
    title: str
    text: str
    where: str
    url: str


def search(*, words: str, audience: Audience, reads_network: bool) -> list[Hit]:
    """Return what matches all words, hits in the title first; two queries.

    Umlauts may be typed either way and parts of words are enough. `audience` and `reads_network`
    say what the reader may see; without words everything of that is returned.
    """
    cards = [_card(row) for row in readable(reads_network=reads_network) if _speaks(row, words)]
    files = [
        Hit(
            kind=FILE,
            title=file.material.title,
            text=file.material.description,
            where=file.material.meeting.title,
            url=file.url,
        )
        for file in own_office.files(audience=audience, search=words)
    ]
    return sorted([*cards, *files], key=lambda hit: not matches(words, hit.title))


def _speaks(card: PracticeCard, words: str) -> bool:
    texts = (card.title, card.problem, card.steps, card.effect)
    return matches(words, *texts, card.field_of_action.title, card.site.name)


def _card(card: PracticeCard) -> Hit:
    return Hit(
        kind=CARD,
        title=card.title,
        text=card.problem,
        where=f"Standort {card.site.name}",
        url=reverse("sites:practice_card", args=[card.slug]),
    )
