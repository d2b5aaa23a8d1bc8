"""Published editions as catalogues and feeds need them."""

from typing import Any

from django.db.models import F

from publications.models import Edition

FROZEN_HEAD = ("publication", "edition", "imprint", "programme")


def described_editions(*, with_files: bool = False) -> list[tuple[Edition, dict[str, Any]]]:
    """Return all published editions with the head of their snapshots, the newest first; one query.

    One more `with_files`. The chapters stay in the database: catalogues do not show them.
    """
    heads = {f"frozen_{name}": F(f"snapshot__{name}") for name in FROZEN_HEAD}
    rows = (
        Edition.objects.published()
        .filter(publication__programme__is_current=True)
        .defer("snapshot")
        .annotate(**heads)
        .order_by("-published_at", "-pk")
    )
    if with_files:
        rows = rows.prefetch_related("files")
    return [(row, {name: getattr(row, f"frozen_{name}") for name in FROZEN_HEAD}) for row in rows]
