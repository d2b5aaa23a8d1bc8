"""How often an edition is downloaded: one number a day, nothing about the person."""

import hashlib
import hmac

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import F

from programme import clock
from publications.enums import DownloadFormat
from publications.models import DownloadCount, Edition
from publications.rules.visitors import is_program

DOUBLE_CLICK_SECONDS = 30


@transaction.atomic
def count(
    *,
    edition: Edition,
    format: DownloadFormat,  # noqa: A002  as the column
    address: str,
    agent: str,
) -> None:
    """Add one to today's number of this format; refuses nothing, loses none in a race.

    Programs that name themselves do not count, nor does the same file for the same visitor again
    within 30 seconds. What recognises the visitor for that long is a keyed hash of the day, never
    the address; the portal deletes it afterwards.
    """
    if is_program(agent) or not _is_new(edition, format, address, agent):
        return
    today = {"edition": edition, "format": format, "day": clock.today()}
    if not DownloadCount.objects.filter(**today).update(count=F("count") + 1):
        row, _ = DownloadCount.objects.get_or_create(**today, defaults={"count": 0})
        DownloadCount.objects.filter(pk=row.pk).update(count=F("count") + 1)


def _is_new(edition: Edition, form: str, address: str, agent: str) -> bool:
    text = f"download:{clock.today()}:{edition.pk}:{form}:{address}:{agent}".encode()
    seen = hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()
    return cache.add(f"download:{seen}", 1, timeout=DOUBLE_CLICK_SECONDS)
