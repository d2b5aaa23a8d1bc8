"""Guards of the sites: without a site nobody is its staff or coach."""

import pytest

from programme.enums import Role
from sites import permissions
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("subject", [None, "giessen"])
def test_what_is_no_site_has_no_staff_and_no_coach(subject):
    person = UserFactory(roles=[Role.SITE, Role.COACH])

    assert not permissions.is_staff_of(person, subject)
    assert not permissions.may_log_coaching(person, subject)
    assert not permissions.may_see_site(person, subject)
