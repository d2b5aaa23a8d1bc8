"""The audit room at a glance: figures, proofs, findings that are not closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from programme.enums import FindingState
from programme.models import AuditFinding, Drawdown, Programme, ProofOfUse
from programme.queries import findings
from programme.queries.funding import FundingOverview, overview

SHOWN = 10


@dataclass(frozen=True)
class Room:
    """What the start page of the room shows; `open_count` counts all that is not closed."""

    overview: FundingOverview
    drawdowns: int
    proofs: Sequence[ProofOfUse]
    findings: Sequence[findings.Row]
    open_count: int


def room(*, programme: Programme, as_of: date, day: date) -> Room:
    """Return figures as they stand on `as_of` and findings as due on `day`; six queries."""
    found = findings.open_findings(programme=programme)
    open_states = Q(state__in=[FindingState.OPEN, FindingState.ANSWERED])
    counted = AuditFinding.objects.filter(open_states, programme=programme)
    return Room(
        overview=overview(programme=programme, as_of=as_of),
        drawdowns=Drawdown.objects.filter(programme=programme).count(),
        proofs=list(ProofOfUse.objects.filter(programme=programme)),
        findings=findings.listed(rows=found[:SHOWN], day=day),
        open_count=counted.aggregate(number=Count("pk"))["number"],
    )
