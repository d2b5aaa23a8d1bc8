"""Guards: who has no role may nothing but what everybody may."""

import inspect

import pytest
from django.contrib.auth.models import AnonymousUser

from programme import permissions
from programme.enums import Role
from tests.factories.programme import UserFactory

GUARDS = [
    guard
    for name, guard in inspect.getmembers(permissions, inspect.isfunction)
    if guard.__module__ == permissions.__name__ and name.startswith(("may_", "is_"))
]


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_strangers_pass_no_guard(guard):
    assert not guard(AnonymousUser())


@pytest.mark.django_db
@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_a_closed_account_passes_no_guard(guard):
    closed = UserFactory.create(roles=list(Role), is_active=False)

    assert not guard(closed)


def test_everybody_is_everybody():
    assert permissions.everybody(AnonymousUser())
    assert not permissions.needs_second_factor(AnonymousUser())


@pytest.mark.django_db
def test_an_ended_role_opens_nothing_and_roles_are_asked_once(django_assert_num_queries):
    person = UserFactory.create(roles=[Role.OFFICE, Role.FINANCE])
    person.role_grants.filter(role=Role.FINANCE).update(ended_at="2016-01-01T00:00:00Z")

    with django_assert_num_queries(1):
        assert permissions.is_office(person)
        assert not permissions.is_finance(person)
