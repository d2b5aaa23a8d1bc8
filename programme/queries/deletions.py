"""The receipts of deletions, as people check them."""

from django.db.models import QuerySet

from programme.models import DeletionReceipt


def receipts(*, search: str = "") -> QuerySet[DeletionReceipt]:
    """Return the receipts of the current programme, the latest first; `search` looks in titles."""
    rows = DeletionReceipt.objects.filter(programme__is_current=True)
    if search:
        rows = rows.filter(subject__icontains=search)
    return rows.order_by("-done_at", "-pk")
