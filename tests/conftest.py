"""What every test can use: the programme, people by role, signed-in clients."""

from collections.abc import Callable

import pytest
from django.test import Client

from programme.enums import Role
from programme.models import Programme, User
from tests.factories.programme import ProgrammeFactory, UserFactory


@pytest.fixture
def programme(db: None) -> Programme:
    """The current programme."""
    return ProgrammeFactory.create(is_current=True)


@pytest.fixture
def signed_in(db: None) -> Callable[..., Client]:
    """Return a client signed in as a person with these roles, or as the person given."""

    def sign_in(*roles: Role, user: User | None = None) -> Client:
        client = Client()
        client.force_login(user or UserFactory.create(roles=roles))
        return client

    return sign_in
