"""Requests after a deadline that wait for the programme team."""

from django.db.models import QuerySet

from network.models import LateRequest


def open_requests() -> QuerySet[LateRequest]:
    """Return what nobody has answered, the next meeting first, then the oldest request."""
    return (
        LateRequest.objects.filter(settled_at__isnull=True)
        .select_related("invitation__meeting__programme", "invitation__organisation")
        .order_by("invitation__meeting__starts_at", "asked_at", "pk")
    )


def count_open() -> int:
    """Return how many requests wait."""
    return LateRequest.objects.filter(settled_at__isnull=True).count()
