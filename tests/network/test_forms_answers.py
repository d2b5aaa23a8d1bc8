"""Rows nobody typed in are drawn once: with the right offer, and never with anybody's words."""

import pytest

from network.forms.layout import Unchanged
from programme.templatetags.kern import kern_form
from tests.factories.network import (
    InvitationFactory,
    MeetingFactory,
    RegistrationFactory,
    WorkshopFactory,
)
from tests.network.answering import address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]


@pytest.fixture(autouse=True)
def nothing_drawn(monkeypatch):
    monkeypatch.setattr(Unchanged, "drawn", {})


@pytest.fixture
def meeting():
    meeting = MeetingFactory(seats=1)
    RegistrationFactory(invitation__meeting=meeting)
    return meeting


def test_what_one_office_typed_is_never_on_the_page_of_another(client, meeting):
    one, other = InvitationFactory.create_batch(2, meeting=meeting)
    typed = {
        "name_1": "Änne Eins",
        "email_1": "eins@example.org",
        "name_2": "Zoë Zwei",
        "email_2": "zwei@example.org",
        "access_2": "Rampe",
    }

    refused = client.post(address(one), typed).content.decode()
    page = client.get(address(other)).content.decode()

    assert refused.count("Zoë Zwei") == refused.count("Rampe") == 1
    assert not any(word in page for word in typed.values())


def test_a_page_from_memory_is_the_page_drawn_anew(client, meeting):
    form = client.get(address(InvitationFactory(meeting=meeting))).context["forms"]["people"]
    first, again = kern_form(form), kern_form(form)
    Unchanged.drawn.clear()

    assert first == again == kern_form(form)
    assert 'name="name_2"' in first


def test_an_empty_row_shows_a_workshop_that_was_renamed_or_filled_up(client):
    meeting = MeetingFactory(seats=9)
    workshop = WorkshopFactory(meeting=meeting, title="Früher", seats=3)
    invitation = InvitationFactory(meeting=meeting)
    assert client.get(address(invitation)).content.decode().count("Früher") > 1

    workshop.title, workshop.seats = "Später", 0
    workshop.save()
    page = client.get(address(invitation)).content.decode()

    assert "Früher" not in page
    assert page.count("Später (ausgebucht, Warteliste)") > 1


def test_a_refused_office_sees_its_workshop_still_chosen_in_an_empty_row(client, meeting):
    workshop = WorkshopFactory(meeting=meeting)
    invitation = InvitationFactory(meeting=meeting)
    client.get(address(invitation))

    page = client.post(
        address(invitation),
        {"name_1": "Änne", "email_1": "a@example.org", "workshop_2": workshop.pk},
    ).content.decode()

    assert page.count(f'value="{workshop.pk}" selected') == 1


def test_a_refused_form_costs_few_queries(client, meeting, django_assert_max_num_queries):
    invitation = InvitationFactory(meeting=meeting)

    with django_assert_max_num_queries(24):  # three of them count the letters of the link
        response = client.post(address(invitation), {"name_1": "Änne", "email_1": "a@example.org"})

    assert response.status_code == 422
