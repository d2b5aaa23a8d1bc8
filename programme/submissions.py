"""The same form sent twice has one result: double click, retry, lost answer (trap T12)."""

from collections.abc import Callable
from uuid import UUID

from django.db import IntegrityError, transaction

from programme.models import Submission


def once(*, key: UUID, act: Callable[[], str]) -> str:
    """Run `act` for this form key at most once and return the address of its result page.

    `act` returns the address to show afterwards. A second call with the same key does nothing
    and returns the address of the first; if `act` raises, the key is free again.
    """
    try:
        with transaction.atomic():
            submission = Submission.objects.create(key=key)
            submission.result_url = act()
            submission.save(update_fields=["result_url"])
            return submission.result_url
    except IntegrityError:
        earlier = Submission.objects.filter(key=key).first()
        if earlier is None:
            raise
        return earlier.result_url
