"""A login that ends while somebody types: nothing is lost, and nobody else reads it."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from programme import unsent
from programme.enums import Role
from sites.models import Communication, Site
from tests.factories.programme import UserFactory
from tests.factories.sites import SiteAssignmentFactory, SiteFactory
from tests.pages import text

pytestmark = pytest.mark.django_db
ADD = reverse("sites:add_communication", args=["giessen"])
LOGIN = reverse("account_login")
PASSWORD = "ein-langes-Passwort-2017"
STORY = "Die Größe der Schlange, in „ganzen Sätzen“."


@pytest.fixture
def writer(programme):
    """Somebody who works in Gießen."""
    person = UserFactory.create(roles=[Role.SITE])
    person.set_password(PASSWORD)
    person.save()
    site = SiteFactory.create(programme=programme, slug="giessen")
    SiteAssignmentFactory.create(user=person, site=site)
    return person


def typed(person, **changes):
    return {
        "form_key": "5ae7b9b4-2f0f-4d5d-9c1c-2b8f8f0f9a11",
        "form_owner": unsent.owner_mark(person),
        "happened_on": "29.02.2016",
        "kind": "phone",
        "partner": "Leitung",
        "topic": "Öffnungszeiten",
        "text": STORY,
    } | changes


def log_in(client, person):
    return client.post(f"{LOGIN}?next={ADD}", {"login": person.email, "password": PASSWORD})


def waiting(client):
    return client.session.get(unsent.SLOT)


def test_what_was_typed_stands_in_the_form_again_and_counts_only_when_sent(writer):
    client = Client()

    refused = client.post(ADD, typed(writer))
    told = text(client.get(refused.url))
    back = log_in(client, writer)
    form = client.get(back.url)

    assert (refused.status_code, refused.url, back.url) == (302, f"{LOGIN}?next={ADD}", ADD)
    assert "Was Sie geschrieben haben, ist noch eine Stunde da" in told
    assert form.status_code == 200
    assert STORY in form.content.decode()
    assert "gesendet ist es noch nicht" in text(form)
    assert Communication.objects.count() == 0
    assert waiting(client) is None
    assert STORY not in client.get(ADD).content.decode()
    assert client.post(ADD, typed(writer)).status_code == 302
    assert Communication.objects.get().text == STORY


def test_what_waits_is_encrypted_and_without_passwords_needs_and_files(writer):
    client = Client()

    client.post(ADD, typed(writer, password="geheim", diet_1="vegan", access="Rampe", new_code="1"))

    kept = waiting(client)
    assert STORY not in str(kept)
    row = Session.objects.get(session_key=client.session.session_key)
    assert STORY not in str(row.get_decoded())
    client.force_login(writer)
    page = client.get(ADD)
    given = page.wsgi_request.POST
    assert {"password", "diet_1", "access", "new_code", "form_owner"} & set(given) == set()


def test_somebody_else_at_the_same_browser_never_reads_it(writer):
    other = UserFactory.create(roles=[Role.SITE])
    other.set_password(PASSWORD)
    other.save()
    SiteAssignmentFactory.create(user=other, site=Site.objects.get())
    client = Client()
    client.post(ADD, typed(writer))

    log_in(client, other)

    assert waiting(client) is None
    assert STORY not in client.get(ADD).content.decode()
    client.logout()
    log_in(client, writer)
    assert STORY not in client.get(ADD).content.decode()


def test_it_is_gone_after_an_hour(writer, time_machine):
    client = Client()
    time_machine.move_to("2017-03-01 09:00:00+01:00", tick=False)
    client.post(ADD, typed(writer))

    time_machine.shift(timedelta(minutes=61))
    client.force_login(writer)

    assert STORY not in client.get(ADD).content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"form_owner": ""},
        {"form_owner": "5:gefälscht"},
        {"text": "ä" * unsent.LONGEST},
        {"is_sensitive": "on"},
    ],
    ids=["stranger", "forged", "too long", "only for finance"],
)
def test_nothing_is_kept_for_strangers_nor_too_much_nor_what_is_closed(writer, changes):
    client = Client()

    response = client.post(ADD, typed(writer, **changes))

    assert response.status_code == 302
    assert waiting(client) is None


def test_one_address_does_not_fill_the_table_of_sessions(writer):
    for _ in range(unsent.MOST_PER_HOUR):
        assert Client().post(ADD, typed(writer)).status_code == 302
    client = Client()

    client.post(ADD, typed(writer))

    assert waiting(client) is None


def test_a_form_older_than_a_login_in_another_tab_comes_back_filled(writer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(writer)

    stale = client.post(ADD, typed(writer, csrfmiddlewaretoken="a" * 64))

    assert (stale.status_code, stale.url) == (302, ADD)
    assert STORY in client.get(ADD).content.decode()
    assert Communication.objects.count() == 0


def test_a_foreign_page_gets_nothing_kept_and_nothing_shown(writer):
    other = UserFactory.create(roles=[Role.SITE])
    client = Client(enforce_csrf_checks=True)
    client.force_login(writer)

    for mark in ("", unsent.owner_mark(other)):
        answer = client.post(ADD, typed(writer, form_owner=mark))
        assert answer.status_code == 403
        assert "Dieses Formular ist abgelaufen" in answer.content.decode()
    assert waiting(client) is None


def test_a_button_without_a_login_leads_back_to_its_page(writer):
    button = reverse("sites:settle_step", args=["giessen", 1])
    page = reverse("sites:next_steps", args=["giessen"])

    ours = Client().post(button, headers={"referer": f"http://testserver{page}"})
    foreign = Client().post(button, headers={"referer": "https://example.org/x"})

    assert ours.url == f"{LOGIN}?next=http%3A//testserver{page}"
    assert foreign.url == f"{LOGIN}?next={reverse('dashboard:start')}"


def test_every_form_of_the_workspace_says_for_whom_it_was_made(writer):
    client = Client()
    client.force_login(writer)

    page = client.get(ADD).content.decode()

    assert f'name="{unsent.OWNER}"' in page
