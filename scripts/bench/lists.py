"""The list of registrations with 1,000 and with 10,000 people: queries and time.

A hybrid meeting with workshops, people who wait and people who cancelled, so that everything the
page counts is there. PostgreSQL measures after VACUUM ANALYZE: its autovacuum does the same within
a minute of so many new rows, but not between filling a table and the first look at it.
"""

import os
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from crowd import current_programme

FEW, MANY, OFFICES, WORKSHOPS, ROUNDS = 1_000, 10_000, 500, 3, 25
STATES = [{"status": "confirmed"}] * 17 + [
    {"status": "waiting", "mode": "online", "workshop_place": "waiting"},
    {"status": "waiting", "workshop_place": "waiting"},
    {"status": "cancelled"},
]


def build(count: int, programme) -> str:
    """Make a meeting with so many people and return the address of its list."""
    from django.urls import reverse

    from network.models import Registration
    from tests.factories.network import (
        InvitationFactory,
        MeetingFactory,
        RegistrationFactory,
        WorkshopFactory,
    )

    meeting = MeetingFactory.create(seats=None, mode="hybrid", programme=programme)
    offices = InvitationFactory.create_batch(OFFICES, meeting=meeting)
    workshops = WorkshopFactory.create_batch(WORKSHOPS, meeting=meeting)
    rows = [
        RegistrationFactory.build(
            meeting=meeting,
            invitation=offices[number % OFFICES],
            full_name=f"Person {number:05d}",
            workshop=workshops[number % WORKSHOPS],
            **{"workshop_place": "confirmed"} | STATES[number % len(STATES)],
        )
        for number in range(count)
    ]
    random.Random(3).shuffle(rows)  # noqa: S311  nobody registers in the order of the alphabet
    Registration.objects.bulk_create(rows, batch_size=500)
    return reverse("network:registrations", args=[meeting.slug])


def settle() -> None:
    """Leave the tables as the database keeps them by itself."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def main() -> None:
    """Open the pages in turn, print medians, queries and ratios."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tests.factories.programme import UserFactory

    programme = current_programme(count_from=20_000)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(UserFactory.create(roles=["office"]))
    few, many = (build(count, programme) for count in (FEW, MANY))
    settle()
    seconds: dict[str, list[float]] = {few: [], many: [], f"{many}?seite=last": []}
    queries: dict[str, int] = {}
    for _ in range(ROUNDS):
        for address, spent in seconds.items():
            with CaptureQueriesContext(connection) as caught:
                started = time.perf_counter()
                answer = client.get(address)
                spent.append(time.perf_counter() - started)
            if answer.status_code != 200:
                raise RuntimeError(f"{address} answered {answer.status_code}")
            queries[address] = len(caught)
    of_few, of_many, deepest = (statistics.median(spent) for spent in seconds.values())
    print(
        f"{FEW} people {of_few * 1000:.0f} ms, {queries[few]} queries; {MANY} people "
        f"{of_many * 1000:.0f} ms, {queries[many]} queries; ratio {of_many / of_few:.2f}; "
        f"last page {deepest * 1000:.0f} ms, {deepest / of_many:.2f} of the first"
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings.dev")
    import django

    django.setup()
    main()
