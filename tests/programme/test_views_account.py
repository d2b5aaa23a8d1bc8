"""Account pages in KERN and German: login, password, second factor, sessions."""

import pytest
from django.urls import reverse

from programme import clock
from programme.enums import Role

PUBLIC = [
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_signup",
]
OWN = [
    "account_change_password",
    "account_email",
    "account_logout",
    "mfa_index",
    "usersessions_list",
]


@pytest.mark.parametrize("name", PUBLIC)
def test_strangers_reach_the_way_in(client, programme, name):
    response = client.get(reverse(name))

    assert response.status_code == 200
    assert response.content.count(b"<h1") == 1


@pytest.mark.parametrize("name", OWN)
def test_people_reach_their_own_account(programme, signed_in, name):
    response = signed_in(Role.MEMBER).get(reverse(name))

    assert response.status_code == 200
    assert response.content.count(b"<h1") == 1


def test_a_wrong_password_is_refused_in_german_and_the_address_is_kept(client, programme):
    response = client.post(
        reverse("account_login"), {"login": "wer@example.org", "password": "falsch"}
    )

    html = response.content.decode()
    assert 'role="alert"' in html
    assert 'value="wer@example.org"' in html
    assert "falsch" in html


def test_example_accounts_are_listed_only_while_sample_data_are_loaded(client, programme):
    before = client.get(reverse("account_login")).content.decode()
    programme.demo_loaded_at = clock.now()
    programme.save()
    after = client.get(reverse("account_login")).content.decode()

    assert "team@example.org" not in before
    assert "team@example.org" in after
    assert "Beispieldaten." in after


@pytest.mark.parametrize("name", ["account_login", "account_reset_password"])
def test_pages_that_lead_in_are_never_stored(client, programme, name):
    assert "no-store" in client.get(reverse(name))["Cache-Control"]
