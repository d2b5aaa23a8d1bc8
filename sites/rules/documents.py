"""Documents of a site: who reads them, how long they are kept, what the archive is offered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from programme.rules.funding.deadlines import plus_months
from sites.enums import DocumentAudience, Retention

FROM_FEW_TO_ALL = (
    DocumentAudience.TEAM,
    DocumentAudience.SITE,
    DocumentAudience.OFFICES,
    DocumentAudience.PUBLIC,
)
RELEASED = frozenset({DocumentAudience.OFFICES, DocumentAudience.PUBLIC})
MONTHS_KEPT = {Retention.WORKING: 24, Retention.SHORT: 3}
ARCHIVE = (
    "Akte des Programms: vor dem Löschen dem Hessischen Landesarchiv anzubieten (HArchivG); die "
    "Entscheidung des Archivs steht aus"
)


@dataclass(frozen=True)
class ProofPeriod:
    """The numbers of one funding source: proof due after months, records kept for years."""

    proof_months: int
    years: int


@dataclass(frozen=True)
class DocumentDraft:
    """What is said about a document, who reads it and how long it is kept."""

    kind: str
    title: str
    description: str
    audience: str
    retention: str


def readable_by(audience: DocumentAudience) -> frozenset[DocumentAudience]:
    """Return the audiences whose documents a reader of this audience may see."""
    return frozenset(FROM_FEW_TO_ALL[FROM_FEW_TO_ALL.index(audience) :])


def keep_until(
    *, retention: str, ends_on: date, periods: Iterable[ProofPeriod] = ()
) -> date | None:
    """Return the last day a document is kept, counted from the end of the programme.

    Records follow the money: the final proof, handed in on its last day, and the years after it,
    by the strictest funding source; None while no source has numbers.
    """
    months = MONTHS_KEPT.get(Retention(retention))
    if months is not None:
        return plus_months(ends_on, months)
    ends = [plus_months(ends_on, row.proof_months + 12 * row.years) for row in periods]
    return max(ends, default=None)


def kept_in_words(*, retention: str, until: date | None) -> str:
    """Say how long a document is kept and what happens then."""
    if until is None:
        return "Wird aufbewahrt, bis die Frist der Förderakte feststeht."
    if retention == Retention.RECORD:
        return (
            f"Wird als Akte bis zum {until:%d.%m.%Y} aufbewahrt und danach dem Hessischen "
            "Landesarchiv angeboten."
        )
    return f"Wird bis zum {until:%d.%m.%Y} aufbewahrt und am Tag danach von selbst gelöscht."


def is_offered(retention: str) -> bool:
    """Say whether a document must be offered to the archive before it may go."""
    return retention == Retention.RECORD
