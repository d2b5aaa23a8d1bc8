"""What tests of the funding begin with: an approved plan, a person who records."""

from collections.abc import Callable

import pytest
from django.test import Client

from programme.enums import Role
from programme.models import FinancingPlan, Programme, User
from tests.factories.funding import funded_plan
from tests.factories.programme import UserFactory


@pytest.fixture
def plan(programme: Programme) -> FinancingPlan:
    """The approved plan of the programme, with two lines."""
    return funded_plan(programme=programme)


@pytest.fixture
def clerk(db: None) -> User:
    """Somebody who records vouchers."""
    return UserFactory.create(roles=[Role.FINANCE], full_name="Sören Weiß")


@pytest.fixture
def finance(signed_in: Callable[..., Client], clerk: User) -> Client:
    """A browser in which the clerk is signed in."""
    return signed_in(user=clerk)
