"""Pages of the drawdowns: one page with three fields, findings at once, two people, receipts."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from programme.enums import Role
from programme.models import Drawdown, Printout
from tests.factories.drawdowns import (
    REASON,
    approved_drawdown,
    load_numbers,
    paid,
    received_drawdown,
    recorded_drawdown,
)
from tests.factories.funding import PDF
from tests.factories.programme import UserFactory
from tests.pdf import failures

ADD = "/intern/foerderung/abrufe/neu/"
SENT = {"requested_on": "2016-06-28", "requested_eur": "21.200,00", "reason": REASON}


@pytest.fixture
def funded(plan):
    load_numbers(programme=plan.programme)
    return plan


def page_of(name, drawdown):
    return reverse(f"programme:{name}", args=[drawdown.number])


def test_the_form_proposes_day_and_amount(funded, finance):
    paid(plan=funded, on=date(2016, 6, 1), gross_eur="10600.00")

    response = finance.get(ADD)

    form = response.context["form"]
    assert form["requested_on"].value() == date(2017, 6, 30)
    assert form["requested_eur"].value() == "10.600,00"
    assert [name for name in form.fields if not form[name].is_hidden] == [
        "requested_on",
        "requested_eur",
        "reason",
    ]


def test_a_drawdown_is_recorded_on_one_page(funded, finance, clerk):
    response = finance.post(ADD, SENT)

    drawdown = Drawdown.objects.get()
    assert response.url == page_of("drawdown", drawdown)
    assert (drawdown.requested_eur, drawdown.recorded_by) == (Decimal("21200.00"), clerk)
    shown = finance.get(response.url).content.decode()
    assert "Die zweite Prüfung macht eine andere Person" in shown
    assert "Rechnerisch richtig" not in shown


def test_findings_come_before_anything_is_sent_without_a_script(funded, finance):
    typed = SENT | {"requested_eur": "200.000,00", "reason": "", "preview": "1"}

    response = finance.post(ADD, typed)

    shown = response.content.decode()
    assert response.status_code == 200
    assert "Mit diesem Abruf wären aus der Quelle AMIF 94.339,62 EUR vorausgezahlt" in shown
    assert 'value="200.000,00"' in shown
    assert not response.context["form"].is_bound
    assert not Drawdown.objects.exists()


def test_the_preview_answers_while_somebody_types(funded, finance):
    address = reverse("programme:drawdown_preview")

    good = finance.get(address, {"datum": "2016-06-28", "betrag": "100,01"}).content.decode()
    odd = finance.get(address, {"datum": "gestern", "betrag": "1.234", "abruf": "x"})

    assert "Land Hessen 52,84 EUR, AMIF 47,17 EUR" in good
    assert "<html" not in good
    assert odd.context["judgement"].requested_on == date(2017, 6, 30)


def test_bad_input_is_named_at_its_field_and_kept(funded, finance):
    sent = {"requested_on": "2999-01-01", "requested_eur": "1.234", "reason": " "}

    first = finance.post(ADD, sent)
    second = finance.post(ADD, SENT | {"requested_on": "2999-01-01"})

    assert first.status_code == second.status_code == 422
    assert set(first.context["form"].errors) == {"requested_eur", "reason"}
    assert set(second.context["form"].errors) == {"requested_on"}
    assert 'value="1.234"' in first.content.decode()


def test_warnings_on_the_page_need_no_further_tick_new_ones_are_shown_first(funded, finance):
    paid(plan=funded, on=date(2016, 6, 1), gross_eur="1000.00")
    received_drawdown(plan=funded, on=date(2016, 7, 1))
    later = SENT | {"requested_on": "2016-12-28"}

    unseen = finance.post(ADD, later)
    warnings = " ".join(unseen.context["judgement"].warnings)
    seen = finance.post(ADD, later | {"seen_warnings": warnings})

    assert (unseen.status_code, warnings) == (422, "F13 F15")
    assert f'name="seen_warnings" value="{warnings}"' in unseen.content.decode()
    assert seen.status_code == 302


def test_another_person_approves_in_two_clicks(funded, signed_in):
    drawdown = recorded_drawdown(plan=funded)
    client = signed_in(Role.FINANCE)

    page = client.get(page_of("drawdown", drawdown))
    response = client.post(page_of("approve_drawdown", drawdown), {"seen_version": "1"})

    assert "Rechnerisch richtig" in page.content.decode()
    assert response.status_code == 302
    drawdown.refresh_from_db()
    assert drawdown.status == "approved"


def test_the_same_person_is_refused_also_from_a_second_tab(funded, signed_in):
    clerk = UserFactory(roles=[Role.FINANCE])
    drawdown = recorded_drawdown(plan=funded, by=clerk)
    tabs = [signed_in(user=clerk), signed_in(user=clerk)]

    answers = [
        tab.post(page_of("approve_drawdown", drawdown), {"seen_version": "1"}) for tab in tabs
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert "haben Sie selbst erfasst" in answers[1].content.decode()


def test_a_rejection_tells_its_reason_and_opens_the_way_to_correct(funded, signed_in):
    drawdown = recorded_drawdown(plan=funded)
    client = signed_in(Role.FINANCE)
    reject = page_of("reject_drawdown", drawdown)

    empty = client.post(reject, {"seen_version": "1", "reason": ""})
    client.post(reject, {"seen_version": "1", "reason": "Der Bedarf ist niedriger."})
    shown = client.get(page_of("drawdown", drawdown)).content.decode()
    form = client.get(page_of("edit_drawdown", drawdown))
    edited = client.post(
        page_of("edit_drawdown", drawdown),
        SENT | {"requested_eur": "10.600,00", "seen_version": "2"},
    )

    assert empty.status_code == 422
    assert "Der Bedarf ist niedriger." in shown
    assert "Mittelabruf ändern" in shown
    assert form.status_code == 200
    assert form.context["form"]["requested_eur"].value() == "21.200,00"
    assert edited.status_code == 302
    drawdown.refresh_from_db()
    assert (drawdown.status, drawdown.requested_eur) == ("recorded", Decimal("10600.00"))


def test_what_came_in_is_noted_in_one_small_form(funded, signed_in):
    drawdown = approved_drawdown(plan=funded)
    client = signed_in(Role.FINANCE)
    form = {"seen_version": "2", "received_eur_land": "11.200,00", "received_eur_amif": "9.000,00"}
    receive = page_of("receive_drawdown", drawdown)

    nothing = client.post(receive, form)
    wrong = client.post(receive, form | {"received_on_land": "2016-01-01"})
    both = {"received_on_land": "2016-07-20", "received_on_amif": "2016-07-25"}
    client.post(receive, form | both)

    assert (nothing.status_code, wrong.status_code) == (422, 422)
    assert set(wrong.context["receipt_form"].errors) == {"received_on_land"}
    drawdown.refresh_from_db()
    assert drawdown.status == "received"
    page = client.get(reverse("programme:drawdowns")).context["overview"]
    assert [(row.requested_eur, row.received_eur) for row in page.sources] == [
        (Decimal("11200.00"), Decimal("11200.00")),
        (Decimal("10000.00"), Decimal("9000.00")),
    ]


def test_the_signed_request_comes_in_and_goes_out_as_a_file(funded, signed_in):
    drawdown = approved_drawdown(plan=funded)
    client = signed_in(Role.FINANCE)
    upload = SimpleUploadedFile("Abruf 1.pdf", PDF, content_type="application/pdf")

    response = client.post(page_of("sign_drawdown", drawdown), {"paper": upload})
    wrong = client.post(
        page_of("sign_drawdown", drawdown), {"paper": SimpleUploadedFile("a.pdf", b"<html>")}
    )

    assert (response.status_code, wrong.status_code) == (302, 422)
    drawdown.refresh_from_db()
    shown = client.get(page_of("drawdown", drawdown)).content.decode()
    assert reverse("programme:funding_document", args=[drawdown.signed_copy.pk]) in shown


def test_the_request_on_paper_is_an_accessible_file_for_whoever_asked(funded, signed_in):
    drawdown = approved_drawdown(plan=funded)
    client = signed_in(Role.AUDITOR)

    response = client.post(page_of("print_drawdown", drawdown))
    for job in [*DBTaskResult.objects.ready()] * 2:
        job.task.call(**job.args_kwargs["kwargs"])

    printout = Printout.objects.get()
    with printout.file.open("rb") as file:
        content = file.read()
    assert response.url == reverse("programme:printout", args=[printout.pk])
    assert (printout.status, printout.pages) == ("ready", 1)
    assert printout.download_name == "mittelabruf-1.pdf"
    assert [found for profile in ("ua1", "3a") for found in failures(content, profile)] == []


def test_the_paper_names_amounts_reason_and_both_checks(funded):
    drawdown = approved_drawdown(plan=funded)

    context = {"programme": funded.programme, "drawdown": drawdown}
    shares = drawdown.shares.select_related("source")
    html = render_to_string("pdf/programme/drawdown.html", context | {"shares": shares})

    people = (drawdown.recorded_by.full_name, drawdown.approved_by.full_name)
    for words in ("11.200,00 EUR", "21.200,00 EUR", REASON, "rechnerisch richtig", *people):
        assert words in html
    assert "Europäische Union" in html


def test_a_rejected_drawdown_is_not_printed(funded, signed_in):
    drawdown = recorded_drawdown(plan=funded)
    client = signed_in(Role.FINANCE)
    client.post(page_of("reject_drawdown", drawdown), {"seen_version": "1", "reason": "Falsch"})

    response = client.post(page_of("print_drawdown", drawdown), follow=True)

    assert "wird nicht gedruckt" in response.content.decode()
    assert not Printout.objects.exists()


@pytest.mark.parametrize("amount", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_drawdowns(
    funded, signed_in, django_assert_num_queries, amount
):
    for month in range(amount):
        received_drawdown(
            plan=funded,
            on=date(2016, 7, 30),
            requested_on=date(2016, 2 + month, 1),
            requested_eur=Decimal("2120.00"),
        )
    client = signed_in(Role.AUDITOR)

    with django_assert_num_queries(11):
        response = client.get(reverse("programme:drawdowns"))

    assert len(response.context["overview"].rows) == amount


def test_form_and_page_stay_within_their_budget(funded, signed_in, django_assert_max_num_queries):
    drawdown = recorded_drawdown(plan=funded)
    client = signed_in(Role.FINANCE)

    for address in (ADD, page_of("drawdown", drawdown), page_of("edit_drawdown", drawdown)):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


def test_money_used_too_late_is_told_with_amount_and_days(funded, signed_in):
    received_drawdown(plan=funded, on=date(2016, 7, 1), requested_eur=Decimal("2120.00"))
    paid(plan=funded, on=date(2016, 9, 10), gross_eur="2120.00")

    page = signed_in(Role.OFFICE).get(reverse("programme:drawdowns"))

    assert page.context["use_sentence"] == (
        "Zu spät verwendet: 1.120,00 EUR der Quelle Land Hessen 11 Tage nach der Frist."
    )
    assert "rechtzeitig" in page.content.decode()
