"""What is noted about a contact with a site, and which days ask for a second look."""

from dataclasses import dataclass
from datetime import date

from programme.errors import RuleBroken
from sites.rules.lifecycle import lies_outside

OUTSIDE = (
    "Das Datum liegt außerhalb der Laufzeit des Programms. Bitte prüfen Sie es oder begründen Sie "
    "kurz, warum es stimmt."
)


@dataclass(frozen=True)
class CommunicationDraft:
    """What somebody wrote about a contact; `partner` is a function, never a name."""

    happened_on: date
    kind: str
    partner: str
    topic: str
    text: str = ""
    due_on: date | None = None
    done_on: date | None = None
    outside_reason: str = ""


def check(draft: CommunicationDraft, *, starts_on: date, ends_on: date, today: date) -> None:
    """Refuse (RuleBroken) days in the future or out of order, and a day outside the run time
    without a reason.
    """
    if draft.happened_on > today:
        raise RuleBroken(
            "Dieser Tag liegt in der Zukunft. Bitte tragen Sie den Kontakt ein, wenn er "
            "stattgefunden hat; für Geplantes gibt es die Wiedervorlage.",
            field="happened_on",
        )
    if draft.due_on is not None and draft.due_on < draft.happened_on:
        raise RuleBroken("Die Wiedervorlage liegt vor dem Kontakt.", field="due_on")
    if draft.done_on is not None:
        _check_done(draft, draft.done_on, today)
    is_outside = lies_outside(draft.happened_on, starts_on, ends_on)
    if is_outside and not draft.outside_reason.strip():
        raise RuleBroken(OUTSIDE, field="outside_reason")


def _check_done(draft: CommunicationDraft, done_on: date, today: date) -> None:
    if draft.due_on is None:
        raise RuleBroken("Erledigt werden kann nur, was wiedervorgelegt wird.", field="due_on")
    if done_on > today:
        raise RuleBroken("Dieser Tag liegt in der Zukunft.", field="done_on")
    if done_on < draft.happened_on:
        raise RuleBroken("Dieser Tag liegt vor dem Kontakt.", field="done_on")
