"""Papers of the funding that are no vouchers."""

from django.db.models import QuerySet

from programme.models import FundingDocument


def documents() -> QuerySet[FundingDocument]:
    """Return the papers of the current programme."""
    return FundingDocument.objects.filter(programme__is_current=True)
