"""What every test of the sites can use: one site, who writes there, who coaches it."""

import pytest

from programme.enums import Role
from programme.models import Programme, User
from sites.enums import AssignmentKind
from sites.models import Site
from tests.factories.programme import UserFactory
from tests.factories.sites import SiteAssignmentFactory, SiteFactory


@pytest.fixture
def site(programme: Programme) -> Site:
    """Gießen, in coaching."""
    return SiteFactory.create(programme=programme, name="Gießen", slug="giessen")


@pytest.fixture
def staff(site: Site) -> User:
    """A person who works at the site."""
    user = UserFactory.create(roles=[Role.SITE], full_name="Uta Größ")
    SiteAssignmentFactory.create(user=user, site=site, kind=AssignmentKind.STAFF)
    return user


@pytest.fixture
def coach(site: Site) -> User:
    """The coach of the site."""
    user = UserFactory.create(roles=[Role.COACH], full_name="Carla Rinaldi")
    SiteAssignmentFactory.create(user=user, site=site, kind=AssignmentKind.COACH)
    return user
