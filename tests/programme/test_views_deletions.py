"""The receipts: who may read them, what they say, one search."""

import pytest
from django.urls import reverse

from programme.enums import Role
from programme.services import deletions

pytestmark = pytest.mark.django_db
PAGE = reverse("programme:deletions")


def confirm(programme, number):
    deletions.confirm(
        programme=programme,
        subject=f"Angaben zu Personen: {number}. Treffen",
        deleted={"E-Mail-Adressen": 7},
        held={"Namen (3)": "Teilnahmenachweis"},
    )


def test_receipts_say_what_went_and_what_stays(signed_in, programme, django_assert_max_num_queries):
    client = signed_in(Role.ADMIN)
    confirm(programme, 1)
    client.get(PAGE)
    with django_assert_max_num_queries(8) as one:
        page = client.get(PAGE).content.decode()
    confirm(programme, 2)
    confirm(programme, 3)
    with django_assert_max_num_queries(8) as three:
        client.get(PAGE)

    assert "7 × E-Mail-Adressen" in page
    assert "Teilnahmenachweis" in page
    assert len(one) == len(three)


def test_the_search_finds_a_meeting_and_survives_nonsense(signed_in, programme):
    client = signed_in(Role.OFFICE)
    confirm(programme, 1)

    assert "1. Treffen" in client.get(PAGE, {"suche": "1. treffen"}).content.decode()
    assert "Nichts gefunden" in client.get(PAGE, {"suche": "\x00Größe"}).content.decode()


def test_an_empty_list_says_when_something_will_stand_there(signed_in, programme):
    assert "Vier Wochen" in signed_in(Role.OFFICE).get(PAGE).content.decode()
