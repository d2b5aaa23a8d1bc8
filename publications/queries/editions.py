"""Publications and editions as the pages need them."""

from django.db.models import Prefetch, QuerySet

from publications.models import Edition, Publication


def publications_with_editions() -> QuerySet[Publication]:
    """Return all publications with their editions, the newest first; the data stays behind."""
    editions = Edition.objects.defer("snapshot").order_by("-number")
    return Publication.objects.order_by("title", "pk").prefetch_related(
        Prefetch("editions", queryset=editions)
    )


def published_edition(slug: str, number: int) -> QuerySet[Edition]:
    """Return the one published edition of this address, or nothing."""
    return Edition.objects.published().filter(publication__slug=slug, number=number)
