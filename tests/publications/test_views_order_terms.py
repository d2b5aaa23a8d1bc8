"""Limits and rules, kept by the office and seen by who orders."""

from uuid import uuid4

import pytest
from django.urls import reverse

from programme.enums import Role
from programme.models import AuditEntry
from tests.factories.publications import OrderRuleFactory

pytestmark = pytest.mark.django_db
TERMS = reverse("publications:order_terms", args=["bericht"])
TYPED = {
    "is_orderable": "on",
    "max_copies": "7",
    "max_copies_per_address": "9",
    "limit_days": "14",
    "reprint_below": "25",
}


def post(client, address, typed):
    return client.post(address, {"form_key": str(uuid4())} | typed)


def test_the_office_sets_the_limits_that_people_read(signed_in, client, publication):
    answer = post(signed_in(Role.OFFICE), TERMS, TYPED)

    publication.refresh_from_db()
    assert answer.status_code == 302
    assert (publication.max_copies, publication.limit_is_soft) == (7, False)
    assert publication.reprint_warned_at is not None
    page = client.get(reverse("publications:publication", args=["bericht"])).content.decode()
    assert "bis 7 Exemplare je Bestellung, bis 9 je Anschrift in 14 Tagen</li>" in page
    assert AuditEntry.objects.get(verb="publication.terms_set").changes["max_copies"] == [5, 7]


def test_an_address_may_have_at_least_what_an_order_may(signed_in, publication):
    answer = post(signed_in(Role.OFFICE), TERMS, TYPED | {"max_copies_per_address": "6"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["max_copies_per_address"]


def test_a_rule_of_region_is_a_list_of_postcodes(signed_in, client, publication, programme):
    rule = OrderRuleFactory(programme=programme)
    address = reverse("publications:order_rule", args=[rule.pk])
    typed = {"text": "nur Mittelhessen", "effect": "refuse", "is_active": "on"}
    office = signed_in(Role.OFFICE)

    shown = office.get(address).context["form"]["postcodes"].value()
    wrong = post(office, address, typed | {"postcodes": "35999-35001"})
    right = post(office, address, typed | {"postcodes": "35001 – 35799\n\n36304"})

    rule.refresh_from_db()
    assert shown == "60001-63699\n65183-65326"
    assert (wrong.status_code, right.status_code) == (422, 302)
    assert (rule.effect, rule.postcodes) == ("refuse", [["35001", "35799"], ["36304", "36304"]])
    assert "nur Mittelhessen" in client.get(reverse("publications:basket")).content.decode()


def test_a_rule_of_purpose_has_a_number_and_can_be_switched_off(signed_in, client, programme):
    rule = OrderRuleFactory(programme=programme, kind="purpose", name="Zweck", text="ab 6")
    address = reverse("publications:order_rule", args=[rule.pk])

    answer = post(
        signed_in(Role.OFFICE), address, {"text": "ab 3", "effect": "hold", "from_copies": "3"}
    )

    rule.refresh_from_db()
    assert answer.status_code == 302
    assert (rule.from_copies, rule.is_active, rule.text) == (3, False, "ab 3")
    assert "ab 3" not in client.get(reverse("publications:basket")).content.decode()


def test_the_list_of_rules_says_what_each_one_does(signed_in, publication, programme):
    OrderRuleFactory(programme=programme, name="Hessen", effect="hold")
    OrderRuleFactory(programme=programme, kind="purpose", from_copies=6, effect="refuse")

    page = signed_in(Role.OFFICE).get(TERMS).text

    assert "Versand nach „Hessen“</a>: Eine Bestellung von außerhalb wird geprüft" in page
    assert "Ab 6 Exemplaren fragen, wofür</a>: Eine Bestellung ohne Antwort wird abgelehnt" in page
