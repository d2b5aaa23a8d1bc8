"""Published editions as catalogues and feeds need them."""

from typing import Any

from django.db.models import F

from publications.models import Edition

FROZEN_HEAD = ("publication", "edition", "imprint", "programme")


def described_editions() -> list[tuple[Edition, dict[str, Any]]]:
    """Return all published editions with the head of their snapshots, the newest first; one query.

    The chapters stay in the database: catalogues and feeds do not show them.
    """
    heads = {f"frozen_{name}": F(f"snapshot__{name}") for name in FROZEN_HEAD}
    rows = (
        Edition.objects.published()
        .filter(publication__programme__is_current=True)
        .defer("snapshot")
        .annotate(**heads)
        .order_by("-published_at", "-pk")
    )
    return [(row, {name: getattr(row, f"frozen_{name}") for name in FROZEN_HEAD}) for row in rows]
