"""How often an edition is downloaded: one number a day, nothing about the person."""

from django.db import transaction
from django.db.models import F

from programme import clock
from publications.enums import DownloadFormat
from publications.models import DownloadCount, Edition


@transaction.atomic
def count(*, edition: Edition, format: DownloadFormat) -> None:  # noqa: A002  as the column
    """Add one to today's number of this format; refuses nothing, loses none in a race."""
    row, _ = DownloadCount.objects.get_or_create(
        edition=edition, format=format, day=clock.today(), defaults={"count": 0}
    )
    DownloadCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
