"""Approving vouchers: two persons, two clicks, several at once."""

from uuid import uuid4

import pytest

from programme.enums import VoucherStatus
from programme.models import Voucher
from programme.services import approvals
from tests.factories.funding import entry, recorded_voucher
from tests.factories.programme import BudgetLineFactory


def test_approving_takes_two_clicks_and_several_go_at_once(plan, finance, clerk):
    first, second = recorded_voucher(plan=plan), recorded_voucher(plan=plan)
    own = recorded_voucher(plan=plan, by=clerk)

    page = finance.get("/intern/foerderung/pruefen/")
    response = finance.post(
        "/intern/foerderung/pruefen/", {"chosen": ["1:1", "2:1"], "form_key": str(uuid4())}
    )

    assert [voucher for voucher, _, _ in page.context["rows"]] == [first, second]
    assert response.status_code == 302
    assert list(Voucher.objects.values_list("status", flat=True)) == [
        VoucherStatus.APPROVED,
        VoucherStatus.APPROVED,
        VoucherStatus.RECORDED,
    ]
    assert own.version == 1


def test_all_are_chosen_with_one_click_and_without_a_script(plan, finance, clerk):
    for number in range(3):
        recorded_voucher(plan=plan, invoice_number=str(number))

    plain = finance.get("/intern/foerderung/pruefen/")
    every = finance.get("/intern/foerderung/pruefen/?auswahl=alle")

    assert [ticked for *_, ticked in plain.context["rows"]] == [False] * 3
    assert [ticked for *_, ticked in every.context["rows"]] == [True] * 3
    assert "3 Belege warten, zusammen 3.000,00 EUR" in plain.content.decode()


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ([], "mindestens einen Beleg"),
        (["x"], "mindestens einen Beleg"),
        ([f"{number}:1" for number in range(201)], "höchstens 200 Belege"),
        (["77:1"], "mindestens einen Beleg"),
        (["1:9"], "inzwischen geändert"),
        (["2:1"], "Regel F28"),
    ],
)
def test_a_choice_that_cannot_be_approved_is_explained(plan, finance, clerk, chosen, message):
    recorded_voucher(plan=plan)
    recorded_voucher(plan=plan, by=clerk)

    response = finance.post("/intern/foerderung/pruefen/", {"chosen": chosen})

    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Voucher.objects.filter(status=VoucherStatus.APPROVED).exists()


def test_a_list_that_others_emptied_meanwhile_says_so_where_the_summary_points(
    plan, finance, clerk
):
    recorded_voucher(plan=plan, by=clerk)

    page = finance.post("/intern/foerderung/pruefen/", {"chosen": []}).content.decode()

    assert 'href="#id_chosen_0"' in page
    assert 'id="id_chosen_0"' in page


def test_one_voucher_is_approved_or_rejected_on_its_page(plan, finance):
    recorded_voucher(plan=plan)
    recorded_voucher(plan=plan)

    approved = finance.post("/intern/foerderung/belege/1/pruefen/", {"seen_version": 1})
    nothing = finance.post("/intern/foerderung/belege/2/zurueckweisen/", {"seen_version": 1})
    rejected = finance.post(
        "/intern/foerderung/belege/2/zurueckweisen/",
        {"seen_version": 1, "reason": "Übertrag falsch"},
        follow=True,
    )

    assert (approved.status_code, nothing.status_code) == (302, 422)
    assert "Übertrag falsch" in rejected.content.decode()
    assert list(Voucher.objects.values_list("status", flat=True)) == ["approved", "rejected"]


def test_who_comes_to_a_form_by_a_link_is_told_what_to_do(plan, finance):
    recorded_voucher(plan=plan)

    page = finance.get("/intern/foerderung/belege/1/pruefen/")

    assert (page.status_code, page["Allow"]) == (405, "POST, OPTIONS")
    assert "Diese Adresse lässt sich nicht öffnen" in page.content.decode()


def test_the_second_tab_is_told_that_the_voucher_is_decided(plan, finance):
    recorded_voucher(plan=plan)
    fields = {"seen_version": 1}

    finance.post("/intern/foerderung/belege/1/pruefen/", fields)
    second = finance.post("/intern/foerderung/belege/1/pruefen/", fields)

    assert second.status_code == 422
    assert "bereits geprüft" in second.content.decode()


def test_a_rejected_voucher_shows_the_reason(plan, finance, clerk):
    voucher = recorded_voucher(plan=plan)
    approvals.reject(voucher=voucher, seen_version=1, reason="Skonto vergessen", by=clerk)

    assert "Skonto vergessen" in finance.get("/intern/foerderung/belege/1/").content.decode()
    assert entry(plan=plan).line != BudgetLineFactory()
