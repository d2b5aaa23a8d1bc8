"""Every page × every role × GET and POST, and the HTML of the pages that opened."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.house.access_matrix import ARGS, MATRIX, ROLES, World
from tests.house.markup import problems

# Django and allauth bring these; they are asked for methods only.
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


def expected(row, role, answer):
    """What the row says this role gets."""
    if row.may == "everybody" or role in row.may.split():
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
    answers, wanted, html = {}, {}, {}

    for role in ROLES:
        for method, answer in (("get", row.get), ("post", row.post)):
            response = getattr(client_of(world, role), method)(address)
            answers[role, method] = response.status_code
            wanted[role, method] = expected(row, role, answer)
            if "text/html" in response.get("Content-Type", "") and response.content:
                html[role, method] = problems(response.content.decode())

    assert answers == wanted
    assert {cell: found for cell, found in html.items() if found} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(MATRIX) & set(OURS)))
@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_no_page_answers_other_methods(name, method):
    row, world = MATRIX[name], World()
    role = "anonymous" if row.may == "everybody" else row.may.split()[0]
    address = reverse(name, kwargs=ARGS[row.args](world))

    assert getattr(client_of(world, role), method)(address).status_code == 405
