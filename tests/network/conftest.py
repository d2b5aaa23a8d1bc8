"""What most tests of the network begin with: the programme team, a meeting, a moment."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from network.models import Meeting
from network.rules import agenda
from network.rules.meetings import Plan
from network.services import meetings
from programme import clock
from programme.enums import Role
from programme.models import Programme, User
from tests.factories.network import MeetingFactory
from tests.factories.programme import UserFactory
from tests.network.moments import DOOR


@pytest.fixture
def by(db: None) -> User:
    """Somebody who does what the test is about."""
    return UserFactory.create()


@pytest.fixture
def office(signed_in: Callable[..., Client], programme: Programme) -> Client:
    """A browser in which somebody of the programme team is signed in."""
    return signed_in(Role.OFFICE)


@pytest.fixture
def meeting(programme: Programme) -> Meeting:
    """A published meeting of the programme."""
    return MeetingFactory.create(programme=programme)


@pytest.fixture
def plan() -> Plan:
    """What is decided about a meeting in two months, with an agenda of two items."""
    start = clock.now().replace(microsecond=0) + timedelta(days=60)
    return Plan(
        title="3. Landesnetzwerktreffen",
        starts_at=start,
        ends_at=start + timedelta(hours=5),
        reply_until=start - timedelta(days=14),
        venue="Rathaus",
        city="Fulda",
        seats=2,
        agenda=agenda.read("10:00 Begrüßung\n10:15 Terminvergabe | Stadt Gießen"),
    )


@pytest.fixture
def published(programme: Programme, plan: Plan, by: User) -> Meeting:
    """A meeting as the services make it."""
    drafted = meetings.draft(programme=programme, plan=plan, by=by)
    return meetings.publish(meeting=drafted, by=by)


@pytest.fixture
def on_the_day() -> Iterator[time_machine.Traveller]:
    """The moment when the first people stand at the door."""
    with time_machine.travel(DOOR, tick=False) as traveller:
        yield traveller


@pytest.fixture
def in_may() -> Iterator[None]:
    """Two days after the answers of the corpus were written."""
    with time_machine.travel(datetime(2026, 5, 4, 10, tzinfo=UTC), tick=False):
        yield
