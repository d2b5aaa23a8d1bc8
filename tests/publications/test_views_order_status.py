"""The page of one order behind the link from its mail."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from programme import clock
from programme.models import OutgoingMail
from tests.publications.ordering import link, order_of

pytestmark = pytest.mark.django_db
NOON = datetime(2017, 8, 1, 10, 0, tzinfo=UTC)


def test_looking_at_the_link_changes_nothing_and_the_button_confirms(client, publication):
    order = order_of(publication)

    looked = client.get(link(order))
    order.refresh_from_db()
    assert (looked.status_code, order.status) == (200, "received")

    client.post(link(order))
    order.refresh_from_db()
    assert order.status == "confirmed"


@pytest.mark.parametrize(
    ("columns", "told", "ahead"),
    [
        ({"status": "received"}, "Noch ein Schritt", ["Bestätigt", "Versandt"]),
        ({"status": "confirmed", "confirmed_at": NOON}, "Wir packen Ihre Bestellung", ["Versandt"]),
        ({"status": "packed", "confirmed_at": NOON, "packed_at": NOON}, "packen", ["Versandt"]),
        ({"status": "sent", "confirmed_at": NOON, "sent_at": NOON}, "ist unterwegs", []),
        ({"status": "refused", "confirmed_at": NOON, "decided_at": NOON}, "leider nicht", []),
    ],
)
def test_the_page_of_an_order_says_where_it_is_and_what_is_still_to_come(
    client, publication, columns, told, ahead
):
    response = client.get(link(order_of(publication, **columns)))

    assert told in response.text
    found = [step.what for step in response.context["steps"] if step.is_ahead]
    assert found == [*ahead, "Angaben gelöscht"]
    assert response.text.count('class="timeline__ahead"') == len(found)


def test_an_order_confirmed_twice_shows_the_same_page_and_counts_once(client, publication):
    order = order_of(publication)

    answers = [client.post(link(order), follow=True) for _ in range(2)]

    seen = [answer.text.split("<main")[1].split('<dl class="')[-1] for answer in answers]
    assert [answer.redirect_chain for answer in answers] == [[(link(order), 302)]] * 2
    assert seen[0] == seen[1]
    letters = OutgoingMail.objects.order_by("letter").values_list("letter", flat=True)
    assert list(letters) == ["publications/order_confirmed", "publications/order_mailbox"]


def test_the_link_is_never_stored_listed_or_passed_on(client, publication):
    response = client.get(link(order_of(publication)))

    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "strict-origin"


def test_a_dead_link_shows_the_neutral_page(client, publication):
    assert client.get(reverse("publications:order_status", args=["erfunden"])).status_code == 404
    assert client.post(reverse("publications:order_status", args=["ä" * 300])).status_code == 404


def test_the_link_of_an_expired_order_says_so(client, publication):
    order = order_of(publication, status="cancelled", anonymised_at=clock.now())

    assert "abgelaufen" in client.get(link(order)).content.decode()
    assert client.post(link(order)).status_code == 302
