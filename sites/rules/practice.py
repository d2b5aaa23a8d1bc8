"""What a practice card has to say before others read it, and what an answer has to say."""

from dataclasses import asdict, dataclass
from decimal import Decimal

from network.enums import Audience
from programme.errors import RuleBroken
from programme.models import FieldOfAction
from sites.enums import AdoptionState, MeasureStatus

WORKED = frozenset({MeasureStatus.RUNNING, MeasureStatus.DONE})
AUDIENCES = (Audience.TEAM, Audience.OFFICES, Audience.PUBLIC)
AUDIENCE_LABELS = {
    Audience.TEAM: "Entwurf: nur der Standort und das Programmteam",
    Audience.OFFICES: "alle Stellen des Landesnetzwerks",
    Audience.PUBLIC: "Öffentlichkeit",
}


@dataclass(frozen=True)
class CardDraft:
    """What somebody wrote on a card; the audience "team" means that it is not released."""

    field_of_action: FieldOfAction
    title: str
    problem: str
    steps: str
    effort_hours: Decimal | None
    effect: str
    effect_n: int | None
    contact: str
    audience: str

    @property
    def is_released(self) -> bool:
        return self.audience != Audience.TEAM


@dataclass(frozen=True)
class Feedback:
    """What an office says about a card it tried: what became of it, with one figure."""

    state: str
    figure: Decimal | None = None
    figure_unit: str = ""
    note: str = ""

    def columns(self) -> dict[str, object]:
        """Return what the row of the adoption holds."""
        return asdict(self)


def check_draft(draft: CardDraft) -> None:
    """Refuse (RuleBroken) to release a card without effort, effect or somebody to ask."""
    if draft.effect_n is not None and not draft.effect:
        raise RuleBroken(
            "Bitte beschreiben Sie die Wirkung, zu der die Zahl der Fälle gehört.", field="effect"
        )
    if not draft.is_released:
        return
    if not draft.effect:
        raise RuleBroken(
            "Bitte beschreiben Sie vor der Freigabe, was es bewirkt hat.", field="effect"
        )
    if draft.effort_hours is None:
        raise RuleBroken(
            "Bitte schätzen Sie vor der Freigabe den Aufwand in Stunden.", field="effort_hours"
        )
    if not draft.contact:
        raise RuleBroken(
            "Bitte sagen Sie vor der Freigabe, wen andere fragen können.", field="contact"
        )


def check_feedback(feedback: Feedback) -> None:
    """Refuse (RuleBroken) a figure without its unit, and an adopted card without a figure."""
    if feedback.state == AdoptionState.ADOPTED and feedback.figure is None:
        raise RuleBroken(
            "Bitte nennen Sie eine Kennzahl, zum Beispiel eingesparte Minuten je Vorsprache.",
            field="figure",
        )
    if feedback.figure is not None and not feedback.figure_unit:
        raise RuleBroken("Bitte sagen Sie, was die Zahl zählt.", field="figure_unit")
    if feedback.figure is None and feedback.figure_unit:
        raise RuleBroken("Zur Einheit fehlt die Zahl.", field="figure")
