"""Tokens: what a log may say of an address that holds one."""

import io
import logging

import pytest
from django.conf import settings
from django.urls import reverse

from programme.tokens import HideTokens


@pytest.fixture
def log():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(HideTokens())
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize(
    "name", ["network:invitation", "network:registration", "network:undo_answer"]
)
def test_a_refused_form_leaves_no_token_in_the_log(db, client, log, name):
    client.handler.enforce_csrf_checks = True

    client.post(reverse(name, args=["geheimer-Schluessel_1"]))

    assert "CSRF" in log.getvalue()
    assert "/***/" in log.getvalue()
    assert "geheim" not in log.getvalue()


def test_the_link_to_a_new_password_is_hidden_too(log):
    logging.getLogger("django.request").error(
        "Internal Server Error: %s", "/konto/password/reset/key/1-geheim/"
    )

    assert log.getvalue() == "Internal Server Error: /konto/password/reset/key/***/\n"


def test_every_handler_of_the_log_hides_tokens():
    handlers = settings.LOGGING["handlers"].values()

    assert all("hide_tokens" in handler["filters"] for handler in handlers)
