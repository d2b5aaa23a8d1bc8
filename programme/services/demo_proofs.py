"""The made-up interim proofs: written, signed by two people, submitted in time; the last is due."""

import json
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from django.db import transaction

from programme import audit, clock
from programme.models import Drawdown, Programme, ProofCheck, ProofOfUse, User
from programme.services import demo_proof_checks, proofs
from programme.services.proofs import Narrative

TABLE = Path(__file__).resolve().parent.parent / "data" / "demo_proofs.json"
MORNING = time(10)


@transaction.atomic
def load(*, programme: Programme, people: Mapping[str, User]) -> None:
    """Submit the interim proofs of both budget years and of all drawdowns but the last, in time.

    Two authorities have answered. Does nothing without a drawdown or if there is a proof.
    `people` are the demo accounts by e-mail; what one of the two finance accounts writes, the
    other signs last.
    """
    drawdowns = {row.number: row for row in programme.drawdowns.all()}
    if programme.proofs.exists() or not drawdowns:
        return
    told = cast("list[dict[str, Any]]", json.loads(TABLE.read_text(encoding="utf-8")))
    for row in told:
        drawdown = drawdowns.get(row.get("drawdown", 0))
        if drawdown or "year" in row:
            _submit(programme, drawdown, row, people)
    demo_proof_checks.load(programme=programme, people=people)


@transaction.atomic
def remove(*, programme: Programme) -> None:
    """Take out all proofs, later versions first."""
    with audit.erasing(reason="Beispieldaten entfernen"):
        ProofCheck.objects.filter(proof__programme=programme).delete()
        for proof in ProofOfUse.objects.filter(programme=programme).order_by("-version"):
            proof.delete()


def _submit(
    programme: Programme,
    drawdown: Drawdown | None,
    told: dict[str, Any],
    people: Mapping[str, User],
) -> None:
    writer, signer = (people[f"{name}@example.org"] for name in told["people"])
    written_at, checked_at, submitted_at = (
        clock.at(date.fromisoformat(day), MORNING) for day in told["days"]
    )
    proof = proofs.begin(
        programme=programme, drawdown=drawdown, year=told.get("year"), by=writer, at=written_at
    )
    narrative = Narrative(
        overview=told["overview"],
        texts=told["texts"],
        values={key: Decimal(value) for key, value in told["values"].items()},
        reasons=told["reasons"],
    )
    proofs.describe(proof=proof, seen_revision=1, narrative=narrative, by=writer, at=written_at)
    proofs.check(proof=proof, seen_revision=2, by=writer, at=checked_at)
    proofs.submit(proof=proof, seen_revision=3, by=signer, at=submitted_at)
