"""The made-up first interim proof: written, signed by two people, submitted in time."""

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal

from django.db import transaction

from programme import audit, clock
from programme.models import Programme, ProofOfUse, User
from programme.services import proofs
from programme.services.proofs import Narrative

WRITTEN_ON, CHECKED_ON, SUBMITTED_ON = date(2016, 1, 18), date(2016, 1, 20), date(2016, 1, 22)
MORNING = time(10)
OVERVIEW = (
    "Das Programm hat im Oktober 2015 begonnen. Die Auftaktveranstaltung hat stattgefunden, und "
    "die Prozessbegleitung hat die Standorte besucht."
)
TEXT = "Die Standortbestimmung hat begonnen; Ergebnisse folgen mit dem nächsten Nachweis."
NOT_YET = "Maßnahmen beginnen erst nach der Ist-Analyse."


@transaction.atomic
def load(*, programme: Programme, people: Mapping[str, User]) -> None:
    """Submit the interim proof of the first drawdown.

    Does nothing without a drawdown or if there is a proof already. `people` are the demo accounts
    by e-mail.
    """
    drawdown = programme.drawdowns.order_by("number").first()
    if drawdown is None or programme.proofs.exists():
        return
    first, second = people["finanzen@example.org"], people["finanzen2@example.org"]
    proof = proofs.begin(
        programme=programme, drawdown=drawdown, by=first, at=clock.at(WRITTEN_ON, MORNING)
    )
    narrative = Narrative(
        overview=OVERVIEW,
        texts={text.key: TEXT for text in proof.texts.all()},
        values={"offices": Decimal(6)},
        reasons={"people": NOT_YET, "measures": NOT_YET},
    )
    proofs.describe(
        proof=proof,
        seen_revision=1,
        narrative=narrative,
        by=first,
        at=clock.at(WRITTEN_ON, MORNING),
    )
    proofs.check(proof=proof, seen_revision=2, by=first, at=clock.at(CHECKED_ON, MORNING))
    proofs.submit(proof=proof, seen_revision=3, by=second, at=clock.at(SUBMITTED_ON, MORNING))


@transaction.atomic
def remove(*, programme: Programme) -> None:
    """Take out all proofs, later versions first."""
    with audit.erasing(reason="Beispieldaten entfernen"):
        for proof in ProofOfUse.objects.filter(programme=programme).order_by("-version"):
            proof.delete()
