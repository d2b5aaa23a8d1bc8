"""What most tests of the network begin with: the programme team, a meeting."""

from collections.abc import Callable

import pytest
from django.test import Client

from network.models import Meeting
from programme.enums import Role
from programme.models import Programme, User
from tests.factories.network import MeetingFactory
from tests.factories.programme import UserFactory


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
