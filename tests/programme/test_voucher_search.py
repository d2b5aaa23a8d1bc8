"""Finding a voucher by payee, invoice number, reason or its own number."""

from decimal import Decimal

import pytest
from django.urls import reverse

from programme.enums import Role
from tests.factories.funding import recorded_voucher

LIST = reverse("programme:vouchers")


@pytest.fixture
def three(plan, clerk):
    for payee, number in (("Öko-Reisen Łącka", "R-A"), ("Müßig & Söhne", "R-29")):
        recorded_voucher(
            plan=plan, by=clerk, payee=payee, invoice_number=number, reason="Moderation"
        )
    recorded_voucher(
        plan=plan,
        by=clerk,
        payee="Özge Ünal",
        invoice_number="R-30",
        reason="Fahrt nach Kassel",
        gross_eur=Decimal("7.07"),
        is_sensitive=True,
    )


def numbers(client, words, **asked):
    shown = client.get(LIST, {"suche": words} | asked).context
    found = [row.number for row in shown["page"].object_list]
    assert shown["count"] == len(found)
    return found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("öko", [1]),
        ("MÜSSIG", []),
        ("müßig & s", [2]),
        ("r-29", [2]),
        ("R-", [3, 2, 1]),
        ("kassel", [3]),
        ("29", [2]),
        ("1", [1]),
        ("łącka", [1]),
        ("3", [3]),
        ("%", []),
        ("_", []),
        ("99999999999999999999", []),
        ("' OR 1=1 --", []),
        ("   ", [3, 2, 1]),
    ],
)
def test_a_word_finds_payee_invoice_reason_or_number(three, finance, words, found):
    assert numbers(finance, words) == found


def test_the_sum_and_the_other_filters_follow_the_word(three, plan, finance):
    shown = finance.get(LIST, {"suche": "kassel", "ansatz": "1"}).context

    assert (shown["count"], shown["total_eur"]) == (1, Decimal("7.07"))
    assert numbers(finance, "kassel", ansatz="2") == []
    assert shown["overview"].lines == ()
    nothing = finance.get(LIST, {"suche": "gibt es nicht"}).content.decode()
    assert "Zu dieser Auswahl gibt es keine Belege." in nothing
    assert 'value="gibt es nicht"' in nothing


@pytest.mark.parametrize(
    ("role", "found"), [(Role.FINANCE, [3]), (Role.AUDITOR, [3]), (Role.OFFICE, [])]
)
@pytest.mark.parametrize("words", ["Ünal", "R-30", "Kassel"])
def test_nobody_learns_by_searching_what_the_page_hides(three, signed_in, words, role, found):
    client = signed_in(role)

    assert numbers(client, words) == found
    assert numbers(client, "3") == [3]


def test_too_many_letters_are_refused_and_nothing_is_narrowed(three, finance):
    answer = finance.get(LIST, {"suche": "x" * 81})

    assert answer.status_code == 200
    assert answer.context["count"] == 3


@pytest.mark.parametrize("words", ["", "R-"])
def test_searching_stays_within_the_queries_of_a_list(
    three, finance, words, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        finance.get(LIST, {"suche": words})
