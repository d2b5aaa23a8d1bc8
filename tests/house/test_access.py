"""Every page × every role × GET and POST, and the HTML of the pages that opened."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.house.access_matrix import MATRIX
from tests.house.access_page import OPEN, ROLES
from tests.house.addresses import ARGS
from tests.house.markup import problems
from tests.house.world import World
from tests.pages import put_away

REFUSED = ("PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND")
# Django and allauth bring these.
FOREIGN = ("account_", "mfa_", "usersessions_", "socialaccount_", "static", "media")


def walk(resolver, namespace=""):
    """Yield (name, pattern) of every address."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from walk(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", entry


PAGES = dict(walk(get_resolver()))
OURS = {name: page for name, page in PAGES.items() if not name.startswith(FOREIGN)}


MAILS = {"network:invite_letter"}  # a mail brings its own styles, under a policy of its own


def expected(row, role, answer):
    """What the row says this role gets."""
    if row.may == OPEN or role in row.may.split():
        return answer
    return 302 if role == "anonymous" else row.refused


def client_of(world, role):
    client = Client()
    if role != "anonymous":
        client.force_login(world.people[role])
    return client


def test_every_page_is_in_the_matrix_and_the_matrix_knows_no_other():
    assert set(MATRIX) == set(OURS)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(MATRIX) & set(OURS)))
def test_each_role_gets_exactly_its_pages(name):
    row, world = MATRIX[name], World()
    address = reverse(name, kwargs=ARGS[row.args](world))
    wrong = {}

    for role in ROLES:
        client = client_of(world, role)
        for method, answer in (("get", row.get), ("post", row.post)):
            response = getattr(client, method)(address)
            wanted = expected(row, role, answer)
            if response.status_code != wanted:
                wrong[role, method] = f"{response.status_code} instead of {wanted}"
            elif not response.streaming and b"<html" in response.content and name not in MAILS:
                wrong[role, method] = problems(response.content.decode())
            put_away(response)

    assert {cell: found for cell, found in wrong.items() if found} == {}


@pytest.mark.django_db
def test_no_page_answers_other_methods():
    world = World()
    clients = {role: client_of(world, role) for role in ROLES}
    answers = {}

    for name in sorted(set(MATRIX) & set(OURS)):
        row = MATRIX[name]
        client = clients["anonymous" if row.may == OPEN else row.may.split()[0]]
        address = reverse(name, kwargs=ARGS[row.args](world))
        answers[name] = {client.generic(verb, address).status_code for verb in REFUSED}

    assert {name: found for name, found in answers.items() if found != {405}} == {}
