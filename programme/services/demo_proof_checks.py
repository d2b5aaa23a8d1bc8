"""Made-up notices about interim proofs: the Land's is confirmed, that of AMIF waits for it."""

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.db import transaction

from programme import clock
from programme.enums import SourceKey
from programme.exports.sample_files import sample_pdf
from programme.models import Programme, ProofOfUse, User
from programme.rules.money import written
from programme.rules.proof_checks import CheckEntry, proved_eur
from programme.rules.uploads import checked
from programme.services import proof_checks
from programme.services.funding_documents import NewPaper

NOON = time(12)
CONDITIONS = "Beispiel, erfunden: Die nachgewiesenen Ausgaben dieser Quelle sind anerkannt."


class Row(NamedTuple):
    """A notice: about which proof, of which source, when it came and when it was confirmed."""

    proof: int
    source: str
    reference: str
    issued_on: date
    recorded_on: date
    confirmed_on: date | None


ROWS = (
    Row(
        2016,
        SourceKey.LAND,
        "BEISPIEL-LAND-2017-04",
        date(2017, 6, 12),
        date(2017, 6, 15),
        date(2017, 6, 19),
    ),
    Row(3, SourceKey.AMIF, "BEISPIEL-AMIF-2017-02", date(2017, 6, 22), date(2017, 6, 27), None),
)


@transaction.atomic
def load(*, programme: Programme, people: Mapping[str, User]) -> None:
    """Record what two authorities said about interim proofs; all they proved is recognised.

    `people` are the demo accounts by e-mail; what one of the two finance accounts records, the
    other confirms.
    """
    clerk, second = (people[f"{name}@example.org"] for name in ("finanzen", "finanzen2"))
    sources = {source.key: source for source in programme.sources.all()}
    for row in ROWS:
        proof = ProofOfUse.objects.filter(programme=programme, number=row.proof).first()
        if proof is None:
            continue
        source = sources[row.source]
        entry = CheckEntry(
            proof=proof,
            source=source,
            reference=row.reference,
            issued_on=row.issued_on,
            recognised_eur=proved_eur(proof, source),
            reclaimed_eur=Decimal("0.00"),
            conditions=CONDITIONS,
        )
        check = proof_checks.record(
            entry=entry, paper=_paper(entry), by=clerk, at=clock.at(row.recorded_on, NOON)
        )
        if row.confirmed_on:
            proof_checks.confirm(
                check=check, seen_revision=1, by=second, at=clock.at(row.confirmed_on, NOON)
            )


def _paper(entry: CheckEntry) -> NewPaper:
    name = f"Prüfbescheid {entry.reference}.pdf"
    facts = [str(entry.proof), f"Anerkannt: {written(entry.recognised_eur)}", entry.conditions]
    content = sample_pdf(title="Prüfbescheid (Beispiel, erfunden)", lines=facts)
    return NewPaper(checked(name=name, content=content), ContentFile(content, name=name))
