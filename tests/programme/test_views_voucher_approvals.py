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
    assert "3 Belege warten, zusammen 3.000,00 EUR brutto" in plain.content.decode()


def test_a_long_list_has_pages_that_say_what_they_show_and_choose_in_one_click(
    plan, finance, clerk
):
    for number in range(27):
        recorded_voucher(plan=plan, invoice_number=str(number))

    first = finance.get("/intern/foerderung/pruefen/?auswahl=alle")
    second = finance.get("/intern/foerderung/pruefen/?seite=2")
    beyond = finance.get("/intern/foerderung/pruefen/?seite=99")
    chosen = [value for _, value, ticked in first.context["rows"] if ticked]
    sent = finance.post("/intern/foerderung/pruefen/?auswahl=alle", {"chosen": chosen}, follow=True)

    assert [len(answer.context["rows"]) for answer in (first, second, beyond)] == [25, 2, 2]
    html = first.content.decode()
    assert "27 Belege warten, zusammen 27.000,00 EUR brutto." in html
    assert "Diese Seite zeigt davon die Nummern 1 bis 25." in html
    assert "25 von 25 Belegen auf dieser Seite vorausgewählt" in html
    assert 'rel="next" href="?seite=2"' in html
    assert 'href="?seite=2&amp;auswahl=alle">Alle 2 auf dieser Seite' in second.content.decode()
    assert "Seite 2 von 2" in second.content.decode()
    left = sent.content.decode()
    assert "2 Belege warten, zusammen 2.000,00 EUR brutto." in left
    assert "Seiten der Liste" not in left


def test_what_was_unticked_stays_unticked_after_a_refusal(plan, finance, clerk):
    for number in range(2):
        recorded_voucher(plan=plan, invoice_number=str(number))

    page = finance.post("/intern/foerderung/pruefen/?auswahl=alle", {"chosen": ["2:9"]})
    none = finance.post("/intern/foerderung/pruefen/?auswahl=alle", {"chosen": []})

    assert [value for _, value, ticked in page.context["rows"] if ticked] == []
    assert none.context["ticked"] == 0


@pytest.mark.parametrize("amount", [1, 3, 30])
def test_the_list_costs_the_same_for_any_number_of_vouchers(
    plan, finance, clerk, django_assert_num_queries, amount
):
    for number in range(amount):
        recorded_voucher(plan=plan, invoice_number=str(number))

    with django_assert_num_queries(8):
        finance.get("/intern/foerderung/pruefen/")


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
