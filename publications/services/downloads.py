"""How often an edition is downloaded: one number a day, nothing about the person."""

from collections import Counter
from collections.abc import Iterable
from operator import attrgetter

from django.core.cache import cache
from django.db import transaction
from django.db.models import F

from publications.models import DownloadCount
from publications.rules.visitors import Visit

DOUBLE_CLICK_SECONDS = 30


@transaction.atomic
def count(*, visits: Iterable[Visit]) -> None:
    """Add these to the numbers of their days; refuses nothing, loses none in a race.

    The same file for the same visitor again within 30 seconds is counted once, whichever process
    handed it over: what recognises the visitor is kept for that long. Two processes write in the
    same order, so that neither waits for the other.
    """
    new = [row for row in sorted(set(visits), key=attrgetter("visitor")) if _is_new(row)]
    found = Counter((row.edition, row.format, row.day) for row in new)
    for (edition, form, day), number in sorted(found.items()):
        row, _ = DownloadCount.objects.get_or_create(
            edition_id=edition, format=form, day=day, defaults={"count": 0}
        )
        DownloadCount.objects.filter(pk=row.pk).update(count=F("count") + number)


def _is_new(row: Visit) -> bool:
    return cache.add(f"download:{row.visitor}", 1, timeout=DOUBLE_CLICK_SECONDS)
