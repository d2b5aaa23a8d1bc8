"""What pages owe the public: statements in reach, notices before the button (W01, W07, W09)."""

import pytest
from django.urls import NoReverseMatch, reverse

from programme.enums import Role
from programme.services import master_data
from tests.factories.network import InvitationFactory, MeetingFactory
from tests.factories.publications import PublicationFactory
from tests.house.access_matrix import MATRIX
from tests.network.answering import address

pytestmark = pytest.mark.django_db
STATEMENTS = [
    f'href="{reverse(name)}"'
    for name in ("programme:accessibility", "programme:legal_notice", "programme:privacy")
]


def addresses():
    """Return the addresses of all public pages that need no record."""
    for name, page in MATRIX.items():
        if page.may != "everybody" or page.get != 200:
            continue
        try:
            yield reverse(name)
        except NoReverseMatch:
            continue


def test_every_public_page_links_the_statements(client):
    master_data.load()
    answers = {url: client.get(url) for url in [*addresses(), "/konto/login/", "/gibt/es/nicht/"]}

    pages = {url: page for url, page in answers.items() if "text/html" in page["Content-Type"]}

    assert {"/", "/publikationen/", "/bestellen/", "/konto/login/", "/gibt/es/nicht/"} <= set(pages)
    assert [
        (url, statement)
        for url, page in pages.items()
        for statement in STATEMENTS
        if statement not in page.text
    ] == []


def test_the_workspace_links_the_statements(signed_in):
    master_data.load()

    page = signed_in(Role.OFFICE).get("/intern/").text

    assert all(statement in page for statement in STATEMENTS)


def test_the_start_page_leads_to_easy_and_sign_language_at_once(client):
    master_data.load()

    head = client.get("/").text.split("<main")[0]

    for name in ("programme:easy_language", "programme:sign_language"):
        assert f'href="{reverse(name)}"' in head


def test_who_registers_or_orders_reads_first_what_happens_to_their_data(client):
    programme = master_data.load()
    PublicationFactory.create(programme=programme, slug="probe", stock=5)
    invitation = InvitationFactory.create(meeting=MeetingFactory.create(programme=programme))

    pages = (address(invitation), "/publikationen/probe/bestellen/")
    forms = [client.get(url).text.split("<main")[1].split("</main>")[0] for url in pages]

    for form in forms:
        assert form.index("DSGVO") < form.index('type="submit"')
