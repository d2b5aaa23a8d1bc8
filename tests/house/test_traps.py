"""Nothing a client sends may cause a 5xx: the traps that are known."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.house.access_matrix import MATRIX
from tests.house.access_page import OPEN
from tests.house.addresses import ARGS
from tests.house.world import World
from tests.pages import put_away

PUBLIC = sorted(name for name, row in MATRIX.items() if row.may == OPEN)
UTF16 = "application/x-www-form-urlencoded; charset=utf-16"
NASTY_QUERIES = (
    {"seite": "10" * 18, "page": "10" * 18},
    {"q": "Größe\x00", "stand": "\x00", "page": "\x00"},
    {"q": "a" * 5000, "stand": "2016-02-30", "page": "-1", "sort": "'; --"},
    {"stand": "99999-01-01", "page": "NaN", "region": b"\xed\xa0\xbd", "art": "[]"},
)


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def stranger():
    """A client that gets an answer also where the server breaks, as a browser does."""
    return Client(raise_request_exception=False)


def addresses(world):
    return [reverse(name, kwargs=ARGS[MATRIX[name].args](world)) for name in PUBLIC]


def test_a_form_in_utf16_is_refused(world, stranger):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = "a" * 32

    answers = {
        client.generic("POST", address, "a=1".encode("utf-16"), UTF16).status_code
        for address in [*addresses(world), reverse("account_login")]
    }

    assert answers == {415}


@pytest.mark.parametrize("host", ["evil.example.net", "a b", "127.0.0.1@evil.example.net", "\x00"])
def test_a_wrong_host_is_refused(world, stranger, host):
    for address in addresses(world):
        assert stranger.get(address, headers={"host": host}).status_code == 400


def test_a_wrong_host_with_a_broken_form_is_refused(world, stranger):
    wrong = {"host": "evil.example.net"}

    assert stranger.generic("POST", "/", b"\xff\xfe", UTF16, headers=wrong).status_code == 415


@pytest.mark.parametrize("query", NASTY_QUERIES)
def test_nasty_queries_never_break_a_public_page(world, stranger, query):
    answers = {}
    for address in addresses(world):
        response = stranger.get(address, query)
        answers[address] = response.status_code
        put_away(response)

    assert {key: code for key, code in answers.items() if code >= 500} == {}


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "value", ["\x00", "a" * 100_000, "\r\nBcc: x@example.org", "９" * 400, "-1e999"], ids=range(5)
)
def test_nasty_fields_never_break_a_page(world, value):
    fields = ("full_name", "email", "street", "copies", "title", "token", "form_key", "login")
    answers = {}
    for name, row in MATRIX.items():
        client = Client(raise_request_exception=False)
        if row.may != OPEN:
            client.force_login(world.people[row.may.split()[0]])
        address = reverse(name, kwargs=ARGS[row.args](world))
        answers[name] = client.post(address, dict.fromkeys(fields, value)).status_code

    assert {key: code for key, code in answers.items() if code >= 500} == {}


def test_a_hundred_thousand_fields_are_refused(world, stranger):
    body = "&".join(f"f{number}=1" for number in range(100_000))

    for address in addresses(world):
        response = stranger.post(address, body, content_type="application/x-www-form-urlencoded")
        assert response.status_code in {302, 400, 405, 413}


@pytest.mark.parametrize(
    "path",
    [
        "/static/%2e%2e/%2e%2e/manage.py",
        "/static/../manage.py",
        "/static/\x00",
        "/static/%00",
        "/" + "a/" * 500,
        "/%ff%fe",
        "/standorte/%00/",
        "/publikationen/" + "9" * 30 + "/1.pdf",
        "/publikationen/bericht/" + "9" * 30 + "/",
        "/einladung/" + "a" * 5000 + "/",
    ],
)
def test_strange_paths_are_not_found(world, stranger, path):
    assert stranger.get(path).status_code in {302, 400, 404}


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["PUT", "PATCH", "DELETE", "TRACE"])
def test_pages_of_libraries_answer_no_other_methods(stranger, verb):
    assert stranger.generic(verb, reverse("account_login")).status_code == 405
