"""The pages of a site with 3 and with 3,000 measures: queries, KB and time."""

import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from crowd import current_programme

FEW, MANY, ROUNDS = 3, 3_000, 15
OF_SITE = (
    "workspace_site",
    "goals",
    "monthly_update",
    "history",
    "indicators",
    "next_steps",
    "contribution",
    "site",
)
ACROSS = ("workspace", "compare", "balance", "public_compare")


def build(measures: int, programme, office):
    """Make a site that has so many measures and everything that comes with them."""
    from tests.factories.crowds import crowd
    from tests.factories.sites import SiteFactory

    site = SiteFactory.create(programme=programme, slug=f"massnahmen-{measures}")
    crowd(site=site, by=office, measures=measures)
    return site


def measured(client, address: str) -> tuple[float, int, int]:
    """Return the median in ms, the queries and the KB of one page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    seconds = []
    for _ in range(ROUNDS):
        with CaptureQueriesContext(connection) as caught:
            started = time.perf_counter()
            answer = client.get(address)
            seconds.append(time.perf_counter() - started)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}")
    return statistics.median(seconds) * 1000, len(caught), len(answer.content) // 1024


def main() -> None:
    """Open each page with few and with many measures and print both beside each other."""
    from django.test import Client
    from django.urls import reverse

    from tests.factories.programme import UserFactory

    programme = current_programme(count_from=40_000)
    office = UserFactory.create(roles=["office"])
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(office)
    found: dict[str, list[str]] = {}
    for count in (FEW, MANY):
        site = build(count, programme, office)
        for name in (*OF_SITE, *ACROSS):
            address = reverse(f"sites:{name}", args=[site.slug] if name in OF_SITE else [])
            ms, queries, kb = measured(client, address)
            found.setdefault(name, []).append(f"{ms:.0f} ms, {queries} queries, {kb} KB")
    for name, (few, many) in found.items():
        print(f"    {name}: {FEW} measures {few}; {MANY} measures {many}")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings.dev")
    import django

    django.setup()
    main()
