"""Correct an approved voucher on screen: form, refusal, what the pages then say."""

from decimal import Decimal

import pytest
from django.urls import reverse

from programme.enums import Role
from programme.models import Voucher
from programme.services import approvals
from tests.factories.funding import funded_plan, recorded_voucher
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(programme):
    return funded_plan(programme=programme)


@pytest.fixture
def approved(plan):
    voucher = recorded_voucher(plan=plan)
    return approvals.approve(voucher=voucher, seen_version=1, by=UserFactory.create())


def address(voucher):
    return reverse("programme:correct_voucher", args=[voucher.number])


def fields(plan, **changes):
    return {
        "correction_reason": "Zahlendreher",
        "line": plan.lines.get(position=1).pk,
        "payee": "Beratung Müßig & Söhne GmbH",
        "invoice_number": "RE-2016-7",
        "invoiced_on": "2016-05-02",
        "paid_on": "2016-05-20",
        "gross_eur": "999,90",
        "reason": "Begleittage im April 2016",
    } | changes


def test_the_form_shows_the_voucher_as_it_is(signed_in, approved, django_assert_max_num_queries):
    client = signed_in(Role.FINANCE)
    with django_assert_max_num_queries(12):
        page = client.get(address(approved)).content.decode()

    assert "Beratung Müßig &amp; Söhne GmbH" in page
    assert "Grund der Berichtigung" in page
    assert "Nur zurücknehmen und nichts neu buchen" in page


def test_a_correction_leads_to_the_new_voucher_and_all_three_name_each_other(
    signed_in, plan, approved
):
    client = signed_in(Role.FINANCE)

    response = client.post(address(approved), fields(plan), follow=True)

    page = response.content.decode()
    assert response.redirect_chain == [(reverse("programme:voucher", args=[3]), 302)]
    assert "Beleg 1 ist mit Beleg 2 zurückgenommen und durch Beleg 3 ersetzt." in page
    assert "Dieser Beleg steht anstelle von" in page
    assert "Zahlendreher" in page
    old = client.get(reverse("programme:voucher", args=[1])).content.decode()
    assert "Dieser Beleg ist zurückgenommen durch" in old
    assert "Beleg berichtigen" not in old
    counter = client.get(reverse("programme:voucher", args=[2])).content.decode()
    assert "auf den Cent genau die Anteile zurück" in counter
    assert "Beleg ändern" not in counter


def test_who_checks_the_replacement_first_is_led_to_the_counter_entry(signed_in, plan, approved):
    signed_in(Role.FINANCE).post(address(approved), fields(plan))
    checker = signed_in(Role.FINANCE)

    waits = checker.get(reverse("programme:voucher", args=[3])).content.decode()
    counter = Voucher.objects.get(number=2)
    approvals.approve(voucher=counter, seen_version=1, by=UserFactory.create())
    ready = checker.get(reverse("programme:voucher", args=[3])).content.decode()

    assert "Bitte prüfen Sie zuerst die Gegenbuchung, <a" in waits
    assert (">Rechnerisch richtig<" in waits, ">Rechnerisch richtig<" in ready) == (False, True)


def test_taking_back_alone_asks_for_the_reason_only(signed_in, plan, approved):
    client = signed_in(Role.FINANCE)
    sent = {"only_take_back": "on", "correction_reason": "gehört nicht zur Förderung"}

    response = client.post(address(approved), sent)

    assert response["Location"] == reverse("programme:voucher", args=[2])
    assert list(Voucher.objects.values_list("number", "gross_eur")) == [
        (1, Decimal("1000.00")),
        (2, Decimal("-1000.00")),
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"correction_reason": ""}, "Bitte füllen Sie dieses Feld aus."),
        ({"gross_eur": "viel"}, "viel"),
        ({"gross_eur": "-5"}, "-5"),
        ({"invoiced_on": "2020-01-01"}, "Regel F05"),
    ],
)
def test_wrong_input_is_said_and_kept(signed_in, plan, approved, changes, message):
    response = signed_in(Role.FINANCE).post(address(approved), fields(plan, **changes))

    assert response.status_code == 422
    assert message in response.content.decode()
    assert Voucher.objects.count() == 1


def test_a_voucher_that_waits_says_why_it_is_changed_and_not_corrected(signed_in, plan):
    voucher = recorded_voucher(plan=plan)

    page = signed_in(Role.FINANCE).get(address(voucher)).content.decode()

    assert "Bitte ändern Sie ihn, statt ihn zu berichtigen." in page
    assert "<textarea" not in page


def test_the_same_form_twice_corrects_once(signed_in, plan, approved):
    client = signed_in(Role.FINANCE)
    sent = fields(plan, form_key="5b3f4b0e-6d0a-4d61-9a58-0d9f3f4f8f01")

    for _ in range(2):
        client.post(address(approved), sent)

    assert Voucher.objects.count() == 3
