"""The stock book on the screen."""

from uuid import uuid4

import pytest
from django.urls import reverse

from programme.enums import Role
from tests.publications.ordering import confirmed

pytestmark = pytest.mark.django_db
STOCK = reverse("publications:count_stock", args=["bericht"])


def post(client, kind, copies, **more):
    typed = {"form_key": str(uuid4()), "kind": kind, "copies": copies, "note": ""} | more
    return client.post(STOCK, typed)


def test_the_office_counts_adds_and_loses_copies(signed_in, publication):
    client = signed_in(Role.OFFICE)

    answers = [
        post(client, "counted", "25"),
        post(client, "arrived", "100", note="Nachdruck"),
        post(client, "lost", "5"),
    ]

    publication.refresh_from_db()
    page = client.get(STOCK).content.decode()
    assert [answer.status_code for answer in answers] == [302] * 3
    assert publication.stock == 120
    assert "Nachdruck eingetroffen, Nachdruck" in page
    assert ">−5</td>" in page
    assert ">-5</td>" not in page


@pytest.mark.parametrize(
    ("kind", "copies", "field"),
    [
        ("counted", "-1", "copies"),
        ("counted", "", "copies"),
        ("delivered", "1", "kind"),
        ("lost", "8", "copies"),
        ("counted", "2", "copies"),
    ],
)
def test_bad_numbers_are_said_at_the_field(signed_in, publication, kind, copies, field):
    confirmed(publication)

    response = post(signed_in(Role.OFFICE), kind, copies)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    publication.refresh_from_db()
    assert publication.stock == 10


@pytest.mark.parametrize("amount", [1, 3])
def test_the_book_costs_the_same_for_any_number_of_lines(
    signed_in, publication, amount, django_assert_num_queries
):
    client = signed_in(Role.OFFICE)
    for number in range(amount):
        post(client, "counted", str(number))
    client.get(STOCK)

    with django_assert_num_queries(7):
        response = client.get(STOCK)

    assert len(response.context["movements"]) == amount
