"""Journey J1a: the next meeting from an earlier one in 2 pages, 5 fields and 3 clicks."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from network.enums import MeetingStatus
from network.models import Meeting
from programme import clock
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)

MOST_PAGES, MOST_FIELDS, MOST_CLICKS = 2, 5, 3


def test_the_next_meeting_within_its_budget(visit: Callable[[], Visitor]) -> None:
    office = visit()
    office.sign_in("team@example.org")
    office.open("/intern/netzwerk/")
    last = Meeting.objects.get(slug="fachaustausch-terminvergabe")
    day = clock.today() + timedelta(days=120)
    wanted = {
        "day": day.isoformat(),
        "begins": "09:30",
        "ends": "14:30",
        "venue": "Stadthaus, Sitzungssaal, Berliner Straße 60, 63065 Offenbach am Main",
        "reply_until": (day - timedelta(days=21)).isoformat(),
    }
    pages: list[str] = []
    clicks = 0

    office.press(f"Kopieren: {last.title}", role="link")
    clicks, pages = clicks + 1, [*pages, office.page.url]
    for name, value in wanted.items():
        office.page.locator(f"[name={name}]").fill(value)
    office.press("Entwurf anlegen")
    clicks, pages = clicks + 1, [*pages, office.page.url]
    assert "Nur das Programmteam sieht den Entwurf" in office.text()
    office.press("Einladen", role="link", exact=True)
    clicks += 1

    assert "Organisationen" in office.text()
    assert (len(set(pages)), len(wanted), clicks) == (MOST_PAGES, MOST_FIELDS, MOST_CLICKS)
    made = Meeting.objects.get(slug="fachaustausch-terminvergabe-2")
    assert made.status == MeetingStatus.DRAFT
    assert (made.street, made.postcode, made.city) == (
        "Berliner Straße 60",
        "63065",
        "Offenbach am Main",
    )
    assert made.starts_at is not None
    assert clock.day_of(made.starts_at) == day
    assert made.change_until is not None
    assert clock.day_of(made.change_until) == day - timedelta(days=2)
    assert [f"{row.begins:%H:%M}" for row in made.workshops.all()] == ["12:45"] * 3
    assert next(f"{row.begins:%H:%M}" for row in made.agenda.all()) == "09:00"
    assert not made.invitations.exists()
    assert not made.registrations.exists()
    assert list(made.reminders.values_list("days_before", flat=True)) == [14, 7, 2]
