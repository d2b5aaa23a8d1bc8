"""The way of records to the state archive: which days an offer and its decision may have."""

from datetime import date

from programme.errors import RuleBroken


def offer_in_order(
    *, offered_on: date, decided_on: date | None, is_decided: bool, today: date
) -> None:
    """Refuse (RuleBroken) days to come, a decision without its day, before the offer or reverse."""
    if offered_on > today:
        raise RuleBroken("Dieser Tag liegt in der Zukunft.", field="offered_on")
    if not is_decided and decided_on:
        raise RuleBroken("Bitte wählen Sie, wie das Archiv entschieden hat.", field="decision")
    if not is_decided:
        return
    if decided_on is None:
        raise RuleBroken("Bitte geben Sie den Tag der Entscheidung an.", field="decided_on")
    if decided_on > today:
        raise RuleBroken("Dieser Tag liegt in der Zukunft.", field="decided_on")
    if decided_on < offered_on:
        raise RuleBroken("Entschieden wird nach dem Angebot.", field="decided_on")
