"""Changes in the database that no service would make, to set up what a test is about."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from programme import triggers


@contextmanager
def unguarded() -> Iterator[None]:
    """Take the triggers away until the block ends."""
    with transaction.atomic():
        triggers.remove(connection)
        yield
        triggers.install(connection)
