"""Logging in: letter case, limits before the hash, second factor, links that work once."""

from datetime import timedelta

import pytest
from django.contrib.auth import hashers
from django.core.cache import cache
from django.urls import reverse

from programme import clock, tokens
from programme.enums import Role
from programme.models import AuditEntry, OutgoingMail, User
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "Waldmeister-Limo-27"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def person(**values):
    made = UserFactory(roles=[Role.OFFICE], **values)
    made.set_password(PASSWORD)
    made.save()
    return made


def log_in(client, email, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_the_login_knows_an_address_in_any_letter_case(client, programme):
    person(email="mueller@example.org")

    assert log_in(client, "Mueller@EXAMPLE.org")["Location"] == reverse("dashboard:start")


def test_the_login_speaks_german(client, programme):
    response = log_in(client, "niemand@example.org")

    text = response.content.decode()
    assert "Passwort" in text
    assert "E-Mail-Adresse" in text
    assert "password you specified" not in text


def test_the_session_id_changes_at_login_and_dies_at_logout(client, programme):
    person(email="mueller@example.org")
    client.get(reverse("account_login"))
    log_in(client, "mueller@example.org")
    key = client.session.session_key

    client.post(reverse("account_logout"))

    assert client.session.session_key != key
    assert client.get(reverse("dashboard:start")).status_code == 302


def test_ten_wrong_tries_close_the_account_before_any_hash(client, programme, monkeypatch):
    person(email="mueller@example.org")
    for _ in range(10):
        log_in(client, "mueller@example.org", "falsch")
    hashed = []
    monkeypatch.setattr(
        hashers, "check_password", lambda *args, **kwargs: hashed.append(args) or False
    )
    monkeypatch.setattr(User, "check_password", lambda *args: hashed.append(args) or False)

    response = log_in(client, "mueller@example.org")

    assert "Die Anmeldung ist mehrmals gescheitert" in response.content.decode()
    assert hashed == []


def test_a_forged_proxy_header_changes_nothing(client, programme):
    for number in range(31):
        client.post(
            reverse("account_login"),
            {"login": f"niemand{number}@example.org", "password": "falsch"},
            HTTP_X_FORWARDED_FOR=f"10.0.0.{number}",
        )

    response = log_in(client, "anderer@example.org")

    assert "Die Anmeldung ist mehrmals gescheitert" in response.content.decode()


def test_nobody_signs_up(client, programme):
    response = client.post(
        reverse("account_signup"),
        {"email": "neu@example.org", "password1": PASSWORD, "password2": PASSWORD},
    )

    assert not User.objects.exists()
    assert response.status_code in {200, 302}


def test_a_forgotten_password_gets_our_letter_and_a_stranger_none(client, programme):
    known = person(email="mueller@example.org", full_name="Jörg Müller")
    known.last_login = clock.now()
    known.save()

    for email in ("MUELLER@example.org", "fremd@example.org"):
        response = client.post(reverse("account_reset_password"), {"email": email})
        assert response["Location"] == reverse("account_reset_password_done")

    mail = OutgoingMail.objects.get()
    assert (mail.letter, mail.recipient) == ("programme/password_reset", "mueller@example.org")
    assert "https://portal.example.org/konto/" in mail.text_body


def test_a_foreign_host_does_not_get_into_the_letter(client, programme, settings):
    settings.ALLOWED_HOSTS = ["*"]
    person(email="mueller@example.org")

    client.post(
        reverse("account_reset_password"),
        {"email": "mueller@example.org"},
        HTTP_HOST="boese.example.com",
    )

    assert "boese" not in OutgoingMail.objects.get().text_body


def test_a_new_password_is_told_by_mail(client, programme):
    person(email="mueller@example.org")
    log_in(client, "mueller@example.org")

    client.post(
        reverse("account_change_password"),
        {
            "oldpassword": PASSWORD,
            "password1": "Rhabarber-Saft-99",
            "password2": "Rhabarber-Saft-99",
        },
    )

    assert OutgoingMail.objects.get().letter == "programme/account_notice"
    assert AuditEntry.objects.get().sentence == "Ihr Passwort wurde geändert."


@pytest.mark.parametrize(
    ("logged_in_before", "age", "holds"),
    [
        (False, timedelta(days=6, hours=23), True),
        (False, timedelta(days=7, hours=1), False),
        (True, timedelta(hours=3, minutes=59), True),
        (True, timedelta(hours=4, minutes=1), False),
    ],
)
def test_invitations_hold_a_week_and_resets_four_hours(time_machine, logged_in_before, age, holds):
    start = clock.now()
    time_machine.move_to(start)
    someone = UserFactory(last_login=start if logged_in_before else None)
    token = tokens.AccountTokens().make_token(someone)

    time_machine.move_to(start + age)

    assert tokens.AccountTokens().check_token(someone, token) is holds


def test_a_link_dies_with_the_new_password_and_nonsense_opens_nothing():
    someone = UserFactory()
    generator = tokens.AccountTokens()
    token = generator.make_token(someone)

    someone.set_password(PASSWORD)

    assert not generator.check_token(someone, token)
    assert not generator.check_token(someone, "nonsense")
    assert not generator.check_token(someone, None)
    assert not generator.check_token(None, token)


@pytest.mark.parametrize(
    ("roles", "target"),
    [
        ([Role.OFFICE], "mfa_activate_totp"),
        ([Role.MEMBER], None),
        ([Role.MEMBER, Role.SITE], "mfa_activate_totp"),
    ],
)
def test_staff_without_a_second_factor_go_to_its_set_up(
    signed_in, programme, settings, roles, target
):
    settings.REQUIRE_SECOND_FACTOR = True
    client = signed_in(*roles)

    response = client.get(reverse("dashboard:start"))

    if target is None:
        assert response.status_code == 200
    else:
        assert response["Location"] == reverse(target)
    assert client.get(reverse("programme:accessibility")).status_code in {200, 404}
    assert client.get(reverse("mfa_index")).status_code in {200, 302}


def test_staff_with_a_second_factor_pass(signed_in, programme, settings):
    from allauth.mfa.models import Authenticator

    settings.REQUIRE_SECOND_FACTOR = True
    someone = UserFactory(roles=[Role.OFFICE])
    Authenticator.objects.create(user=someone, type=Authenticator.Type.TOTP, data={"secret": "x"})

    assert signed_in(user=someone).get(reverse("dashboard:start")).status_code == 200
