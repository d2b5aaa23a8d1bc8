"""What the authorities said about the proofs, and what their last word leaves to draw."""

from decimal import Decimal

from django.db.models import DateField, OuterRef, QuerySet, Subquery, Sum, Value

from programme.enums import ProofKind
from programme.models import DrawdownShare, FundingSource, Programme, ProofCheck, ProofOfUse
from programme.rules.money import rounded
from programme.rules.proof_checks import SENT


def proof_checks() -> QuerySet[ProofCheck]:
    """Return the notices about proofs of the current programme with all they name."""
    found = ProofCheck.objects.filter(proof__programme__is_current=True)
    return found.select_related(
        *("proof__programme", "source__programme", "document", "recorded_by", "confirmed_by"),
    ).order_by("issued_on", "source__position", "pk")


def submitted_proofs(*, programme: Programme) -> QuerySet[ProofOfUse]:
    """Return the proofs an authority may have examined, the newest first."""
    found = ProofOfUse.objects.filter(programme=programme, status__in=SENT)
    return found.order_by("-submitted_on", "-pk")


def received_eur(*, source: FundingSource) -> Decimal:
    """Return what a source has paid so far, in EUR."""
    rows = DrawdownShare.objects.filter(source=source, received_eur__isnull=False)
    return rounded(rows.aggregate(total=Sum("received_eur"))["total"] or Decimal(0))


def final_checks() -> QuerySet[ProofCheck]:
    """Return the confirmed notices about final proofs, the newest first."""
    confirmed = ProofCheck.objects.filter(confirmed_by__isnull=False, proof__kind=ProofKind.FINAL)
    return confirmed.order_by("-issued_on", "-pk")


def recognised_of(source: OuterRef, *, on: object) -> Subquery:
    """Return the amount a source has finally recognised by a day, None before that."""
    day = Value(on, output_field=DateField())
    found = final_checks().filter(source=source, issued_on__lte=day)
    return Subquery(found.values("recognised_eur")[:1])
