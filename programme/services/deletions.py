"""The receipt of each deletion that was promised (feature B10)."""

from datetime import timedelta

from django.db import transaction

from programme import clock
from programme.models import DeletionReceipt, Programme

BACKUPS_KEPT = timedelta(days=30)


@transaction.atomic
def confirm(
    *,
    programme: Programme,
    subject: str,
    deleted: dict[str, int],
    held: dict[str, str] | None = None,
) -> DeletionReceipt:
    """Write down what was deleted, in the transaction that deletes it; refuses nothing.

    `deleted` maps a German word to a number of records, `held` to the legal ground on which
    something stays. No names. Backups are kept for 30 days.
    """
    return DeletionReceipt.objects.create(
        programme=programme,
        subject=subject[:200],
        deleted=deleted,
        held=held or {},
        backups_until=clock.today() + BACKUPS_KEPT,
    )
