"""Home, programme and workspace start: with data, without data, by role, with bounded queries."""

import pytest
from django.urls import reverse

from programme.enums import Role


@pytest.mark.parametrize("name", ["dashboard:home", "dashboard:programme"])
def test_public_pages_stand_without_any_data(client, db, name):
    response = client.get(reverse(name))

    assert response.status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_start_page(programme, signed_in, role):
    response = signed_in(role).get(reverse("dashboard:start"))

    assert response.status_code == 200
