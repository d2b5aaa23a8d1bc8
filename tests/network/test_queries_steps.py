"""Where a meeting stands and what comes next."""

from datetime import timedelta

import pytest

from network.enums import MeetingStatus
from network.queries.steps import steps
from programme import clock
from tests.factories.network import MeetingFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def told(meeting, *, has_invited=True):
    """Return the current station and the pages the two links lead to."""
    found = steps(meeting=meeting, has_invited=has_invited, moment=clock.now())
    links = (found.action, found.other)
    pages = [each.page.removeprefix("network:") if each else "" for each in links]
    return [step.label for step in found.stations if step.state == "current"], *pages


def going_on(**changes):
    start = clock.now() - HOUR
    return MeetingFactory(
        starts_at=start, ends_at=start + 4 * HOUR, reply_until=start - DAY, **changes
    )


@pytest.mark.parametrize(
    ("status", "has_invited", "expected"),
    [
        ("draft", False, (["Entwurf"], "invite", "publish_meeting")),
        ("published", False, (["veröffentlicht"], "invite", "")),
        ("published", True, (["veröffentlicht"], "", "close_meeting")),
        ("closed", True, (["Anmeldung geschlossen"], "", "reopen_meeting")),
        ("held", True, (["durchgeführt"], "minutes", "close_out")),
        ("documented", True, (["dokumentiert"], "", "")),
        ("cancelled", True, (["abgesagt"], "", "")),
    ],
)
def test_each_status_has_its_next_step(status, has_invited, expected):
    assert told(MeetingFactory(status=status), has_invited=has_invited) == expected


def test_a_draft_about_the_past_is_published_not_invited_to():
    start = clock.now() - DAY
    meeting = MeetingFactory(
        status=MeetingStatus.DRAFT, starts_at=start, ends_at=start + HOUR, reply_until=start - DAY
    )

    assert told(meeting) == (["Entwurf"], "publish_meeting", "")


def test_while_it_goes_on_the_door_comes_first():
    assert told(going_on(status=MeetingStatus.CLOSED)) == (
        ["Anmeldung geschlossen"],
        "check_in",
        "hold_meeting",
    )


def test_what_ran_out_is_not_opened_by_a_button():
    meeting = MeetingFactory(status=MeetingStatus.CLOSED, reply_until=clock.now() - HOUR)

    assert told(meeting) == (["Anmeldung geschlossen"], "", "")


def test_the_stations_to_come_say_when(programme):
    found = steps(meeting=MeetingFactory(), has_invited=True, moment=clock.now())

    assert [(step.label, step.note, step.words) for step in found.stations] == [
        ("Entwurf", "", "erledigt"),
        ("veröffentlicht", "", "jetzt"),
        ("Anmeldung geschlossen", "15. Februar", "kommt noch"),
        ("durchgeführt", "1. März", "kommt noch"),
        ("dokumentiert", "", "kommt noch"),
    ]
