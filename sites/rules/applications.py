"""What an application has to say, until when it counts, and what its scores amount to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format

from programme.errors import RuleBroken
from programme.models import FieldOfAction
from sites.models import Call, Criterion

MOST_POINTS = 4
SHEETS_NEEDED = 2


@dataclass(frozen=True)
class ApplicationDraft:
    """What an office writes; figures are totals of the office, never of single people."""

    reasons: str = ""
    situation: str = ""
    foreign_population: int | None = None
    staff_fte: Decimal | None = None
    visitors_per_day: int | None = None
    backlog_cases: int | None = None
    figures_as_of: date | None = None
    wishes: tuple[FieldOfAction, ...] = ()
    wishes_note: str = ""
    head_function: str = ""
    head_consents: bool = False
    contact_email: str = ""

    @property
    def figures(self) -> tuple[Decimal | int | None, ...]:
        return (self.foreign_population, self.staff_fte, self.visitors_per_day, self.backlog_cases)


def takes_applications(call: Call, today: date) -> bool:
    """Say whether the call is open and the last day has not passed."""
    return call.is_open and today <= call.deadline


def check_in_time(call: Call, today: date) -> None:
    """Refuse (RuleBroken), in a friendly way, what comes before the opening or after the end."""
    if takes_applications(call, today):
        return
    if call.opened_on is None:
        raise RuleBroken("Dieser Aufruf ist noch nicht geöffnet.")
    raise RuleBroken(
        f"Vielen Dank für Ihr Interesse. Bewerbungen waren bis zum "
        f"{date_format(call.deadline, 'j. F Y')} möglich; der Aufruf ist beendet. Ihr Text steht "
        "noch unten, falls Sie ihn aufbewahren möchten. Das Programmteam berät Sie gern, welche "
        "Angebote des Landesnetzwerks Ihnen weiterhin offenstehen."
    )


def missing(draft: ApplicationDraft) -> dict[str, str]:
    """Return what an application needs before it is handed in: field and German sentence.

    Reasons, wishes, dated figures, the consent of the head of office and an address.
    """
    needed = (
        (draft.reasons.strip(), "reasons", "Bitte beschreiben Sie, warum Sie teilnehmen möchten."),
        (draft.wishes, "wishes", "Bitte wählen Sie mindestens ein Handlungsfeld."),
        (
            draft.figures_as_of or all(figure is None for figure in draft.figures),
            "figures_as_of",
            "Bitte nennen Sie den Stand der Zahlen.",
        ),
        (draft.head_function.strip(), "head_function", "Bitte nennen Sie die Funktion."),
        (
            draft.head_consents,
            "head_consents",
            "Ohne die Zustimmung der Behördenleitung können wir die Bewerbung nicht annehmen. "
            "Speichern Sie sie solange als Entwurf.",
        ),
        (draft.contact_email, "contact_email", "Bitte geben Sie eine Adresse für Rückfragen an."),
    )
    return {field: message for given, field, message in needed if not given}


def check_complete(draft: ApplicationDraft) -> None:
    """Refuse (RuleBroken) to take in an application that lacks something; names the first."""
    for field, message in missing(draft).items():
        raise RuleBroken(message, field=field)


def check_as_of(draft: ApplicationDraft, today: date) -> None:
    """Refuse (RuleBroken) figures that are said to come from a day still ahead."""
    if draft.figures_as_of and draft.figures_as_of > today:
        raise RuleBroken("Dieser Tag liegt in der Zukunft.", field="figures_as_of")


def weighted(points: Mapping[int, int], criteria: list[Criterion]) -> Decimal:
    """Return the mean of the points (0 to 4), each counted as often as its criterion weighs."""
    weights = sum(criterion.weight for criterion in criteria)
    if not weights:
        return Decimal(0)
    total = sum(points.get(criterion.pk, 0) * criterion.weight for criterion in criteria)
    return _two_places(Decimal(total) / weights)


def average(results: list[Decimal]) -> Decimal | None:
    """Return the mean of the results of several sheets, None without any."""
    return _two_places(sum(results, Decimal(0)) / len(results)) if results else None


def _two_places(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)
