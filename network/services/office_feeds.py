"""Give offices the link of their private calendar, and a new one when the old got about."""

from collections.abc import Iterable

from django.db import transaction

from network.models import Organisation
from programme import audit, tokens
from programme.models import User


@transaction.atomic
def issue_missing(*, keys: Iterable[int]) -> int:
    """Give each of these organisations a calendar link if it has none; returns how many."""
    rows = Organisation.objects.select_for_update().filter(pk__in=set(keys), feed_digest=None)
    without = list(rows.order_by("pk"))
    for row in without:
        row.feed_seed, row.feed_digest = tokens.issue("calendar")
    Organisation.objects.bulk_update(without, ["feed_seed", "feed_digest"])
    return len(without)


@transaction.atomic
def complete(*, organisation: Organisation) -> None:
    """Give an organisation a calendar link if it has none, before a letter names it.

    Organisations that were invited before there were such links get theirs with the next letter.
    """
    if issue_missing(keys=[organisation.pk]):
        organisation.refresh_from_db(fields=["feed_seed", "feed_digest"])


@transaction.atomic
def renew(*, organisation: Organisation, by: User) -> Organisation:
    """Give an organisation a new calendar link; the old one leads nowhere from now on."""
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    row.feed_seed, row.feed_digest = tokens.issue("calendar")
    row.save(update_fields=["feed_seed", "feed_digest"])
    sentence = f"Kalender-Abo von {row} erneuert."
    audit.record(by=by, verb="organisation.feed_renewed", subject=row, sentence=sentence)
    return row
