"""Published editions as catalogues and feeds need them."""

from typing import Any

from django.db.models import F, QuerySet

from publications.models import Edition

FROZEN_HEAD = ("publication", "edition", "imprint", "programme")


def with_heads(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """Read the head of each snapshot along with the row; the chapters stay in the database."""
    heads = {f"frozen_{name}": F(f"snapshot__{name}") for name in FROZEN_HEAD}
    return editions.defer("snapshot").annotate(**heads)


def head_of(edition: Edition) -> dict[str, Any]:
    """Return the head of a snapshot that was read `with_heads`."""
    return {name: getattr(edition, f"frozen_{name}") for name in FROZEN_HEAD}


def described_editions(*, with_files: bool = False) -> list[tuple[Edition, dict[str, Any]]]:
    """Return all published editions with the head of their snapshots, the newest first; one query.

    One more `with_files`.
    """
    known = Edition.objects.published().filter(publication__programme__is_current=True)
    rows = with_heads(known).order_by("-published_at", "-pk")
    if with_files:
        rows = rows.prefetch_related("files")
    return [(row, head_of(row)) for row in rows]
