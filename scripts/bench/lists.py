"""The list of registrations with 1,000 and with 10,000 people: queries and time."""

import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from crowd import current_programme

FEW, MANY, OFFICES, ROUNDS = 1_000, 10_000, 500, 25


def build(count: int, programme) -> str:
    """Make a meeting with so many people and return the address of its list."""
    from django.urls import reverse

    from network.models import Registration
    from tests.factories.network import InvitationFactory, MeetingFactory, RegistrationFactory

    meeting = MeetingFactory.create(seats=None, programme=programme)
    offices = InvitationFactory.create_batch(OFFICES, meeting=meeting)
    rows = [
        RegistrationFactory.build(
            meeting=meeting, invitation=offices[number % OFFICES], full_name=f"Person {number:05d}"
        )
        for number in range(count)
    ]
    Registration.objects.bulk_create(rows, batch_size=500)
    return reverse("network:registrations", args=[meeting.slug])


def main() -> None:
    """Open both lists in turn, print medians, queries and their ratio."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tests.factories.programme import UserFactory

    programme = current_programme(count_from=20_000)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(UserFactory.create(roles=["office"]))
    pages = {FEW: build(FEW, programme), MANY: build(MANY, programme)}
    seconds: dict[int, list[float]] = {FEW: [], MANY: []}
    queries: dict[int, int] = {}
    for _ in range(ROUNDS):
        for count, address in pages.items():
            with CaptureQueriesContext(connection) as caught:
                started = time.perf_counter()
                answer = client.get(address)
                seconds[count].append(time.perf_counter() - started)
            if answer.status_code != 200:
                raise RuntimeError(f"{address} answered {answer.status_code}")
            queries[count] = len(caught)
    few, many = (statistics.median(seconds[count]) for count in (FEW, MANY))
    print(
        f"{FEW} people {few * 1000:.0f} ms, {queries[FEW]} queries; {MANY} people "
        f"{many * 1000:.0f} ms, {queries[MANY]} queries; ratio {many / few:.2f}"
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings.dev")
    import django

    django.setup()
    main()
