"""The notices about proofs as they are handed over with the file of the funding (B16)."""

from collections.abc import Iterator

from programme.models import Programme, ProofCheck
from programme.queries.funding_records import NONE, Record, person_text
from programme.queries.proof_checks import proof_checks
from programme.rules.funding.finding import day_text
from programme.rules.money import written


def proof_check_records(*, programme: Programme) -> Iterator[Record]:
    """Yield every notice about a proof with its file, oldest first."""
    for row in proof_checks().filter(proof__programme=programme):
        yield _proof_check(row)


def _proof_check(row: ProofCheck) -> Record:
    return Record(
        kind="Prüfbescheid",
        path=f"bescheide/pruefbescheid-{row.pk}",
        title=str(row),
        on=row.issued_on,
        amount_eur=row.recognised_eur,
        state="bestätigt" if row.confirmed_by else "wartet auf die zweite Person",
        facts=(
            ("Geprüfter Nachweis", str(row.proof)),
            ("Förderquelle", row.source.name),
            ("Aktenzeichen", row.reference),
            ("Bescheid vom", day_text(row.issued_on)),
            ("anerkannter Betrag", written(row.recognised_eur)),
            ("Rückforderung", written(row.reclaimed_eur)),
            ("Gründe und Auflagen", row.conditions or NONE),
            ("erfasst", person_text(row.recorded_by, row.recorded_at)),
            ("bestätigt", person_text(row.confirmed_by, row.confirmed_at)),
        ),
        papers=(row.document,),
    )
