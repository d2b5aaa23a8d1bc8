"""The reading version of an edition, written once a process."""

from dataclasses import replace

from django.core.cache import caches
from django.urls import reverse

from publications.exports.reading import Reading, reading
from publications.exports.rendering import Body, rendered
from publications.models import Edition


def reading_version(edition: Edition) -> tuple[Reading, Body]:
    """Return the edition as HTML; frozen data never change, so each process writes it once."""
    kept = caches["drawings"]
    key = f"edition:{edition.pk}:{edition.snapshot_sha256}"
    found: tuple[Reading, Body] | None = kept.get(key)
    if found is None:
        report = reading(edition.snapshot, pictures=_below(edition, "edition_picture"))
        body = rendered(report, tables_at=_below(edition, "edition_table"))
        found = replace(report, sections=()), body
        kept.set(key, found)
    return found


def _below(edition: Edition, name: str) -> str:
    """Return what the addresses of all pictures or all tables of the edition begin with."""
    address = reverse(f"publications:{name}", args=[edition.publication.slug, edition.number, "x"])
    return f"{address.rpartition('/')[0]}/"
