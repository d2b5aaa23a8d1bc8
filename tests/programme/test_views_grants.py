"""The pages of notices and numbers: one form a notice, the numbers beside it."""

from datetime import date
from uuid import uuid4

import pytest

from programme.enums import ParameterKey, Role
from programme.models import FundingDocument, GrantNotice, RuleParameter
from tests.factories.drawdowns import paid
from tests.factories.funding import PDF
from tests.factories.programme import (
    FundingSourceFactory,
    GrantNoticeFactory,
    ProgrammeFactory,
    RuleParameterFactory,
)
from tests.programme.voucher_forms import upload

LIST = "/intern/foerderung/bescheide/"
ADD = f"{LIST}neu/"


@pytest.fixture
def land(programme):
    return FundingSourceFactory(programme=programme)


def fields(source, /, **changes):
    typed = {
        "source": source.pk,
        "kind": "grant",
        "reference": "IV-2015-7",
        "issued_on": "2015-09-21",
        "valid_from": "2015-10-01",
        "valid_to": "2017-06-30",
        "granted_eur": "112.000,00 €",
        "conditions": "Abruf höchstens halbjährlich.",
        "paper": upload(name="Bescheid Größe.pdf"),
        "form_key": str(uuid4()),
    }
    return typed | changes


def test_a_notice_is_recorded_on_one_page_and_its_file_comes_back(land, finance):
    response = finance.post(ADD, fields(land), follow=True)

    html = response.content.decode()
    document = FundingDocument.objects.get()
    assert response.redirect_chain == [(LIST, 302)]
    assert "Zuwendungsbescheid IV-2015-7 vom 21.09.2015" in html
    assert "Bewilligt sind 112.000,00 EUR." in html
    file = finance.get(f"/intern/foerderung/unterlagen/{document.pk}/")
    assert b"".join(file.streaming_content) == PDF


def test_the_message_names_what_is_granted_after_the_notice_not_before_it(land, finance):
    GrantNoticeFactory(source=land, issued_on="2015-09-01", granted_eur="112000.00")

    response = finance.post(
        ADD, fields(land, kind="amendment", granted_eur="70.000,00"), follow=True
    )

    assert "Bewilligt sind 70.000,00 EUR." in response.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("granted_eur", "1.234", "nicht eindeutig"),
        ("granted_eur", "0", "größer als 0,00"),
        ("issued_on", "29.02.2015", "gültiges Datum"),
        ("paper", "", "füllen Sie"),
        ("kind", "gift", "gültige Auswahl"),
        ("source", "0", "gültige Auswahl"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(
    land, finance, field, value, message
):
    response = finance.post(ADD, fields(land, **{field: value}))

    form = response.context["form"]
    assert response.status_code == 422
    assert message in " ".join(form.errors[field])
    assert "Abruf höchstens halbjährlich." in response.content.decode()
    assert not GrantNotice.objects.exists()


def test_a_second_file_is_one_too_many(land, finance):
    two = [upload(), upload(name="zwei.pdf", content=PDF + b"\n")]

    response = finance.post(ADD, fields(land, paper=two))

    assert "nur eine Datei" in " ".join(response.context["form"].errors["paper"])


def test_a_notice_is_mended_without_its_file(land, finance):
    notice = GrantNoticeFactory(source=land, granted_eur="11200.00")

    html = finance.get(f"{LIST}{notice.pk}/").content.decode()
    response = finance.post(f"{LIST}{notice.pk}/", fields(land, paper=""))

    assert 'value="11.200,00"' in html
    assert response.status_code == 302
    notice.refresh_from_db()
    assert str(notice.granted_eur) == "112000.00"


def test_a_number_gets_a_new_value_in_percent(land, finance):
    RuleParameterFactory(source=land)
    address = f"{LIST}land/groessen/line_tolerance/"

    html = finance.get(address).content.decode()
    refused = finance.post(address, {"value": "0,15", "valid_from": "2016-03-01", "basis": "IV"})
    typed = {"value": "15", "valid_from": "2016-03-01", "basis": "IV", "form_key": str(uuid4())}
    response = finance.post(address, typed)

    assert "Bisher: <strong>20 %</strong>, ab 01.10.2015." in html
    assert "nicht eindeutig" in refused.content.decode()
    assert response["Location"] == LIST
    assert [str(row.value) for row in RuleParameter.objects.order_by("valid_from")] == [
        "0.2000",
        "0.1500",
    ]


def test_a_number_above_the_law_is_refused_at_its_field(land, finance):
    RuleParameterFactory(source=land, key=ParameterKey.MAX_EU_RATE, value="0.75")
    typed = {"value": "95", "valid_from": "2016-03-01", "basis": "Test", "form_key": str(uuid4())}

    response = finance.post(f"{LIST}land/groessen/max_eu_rate/", typed)

    assert response.context["form"].errors["value"] == [
        "Regel F03: Mehr als 75 % sind nicht zulässig (Art. 16 Verordnung (EU) Nr. 514/2014). "
        "Bitte geben Sie höchstens diesen Wert an."
    ]


def test_a_start_in_the_past_waits_for_the_tick(plan, finance):
    RuleParameterFactory(source=plan.programme.sources.get(key="land"))
    paid(plan=plan, on=date(2016, 3, 1), gross_eur="100.00")
    address = f"{LIST}land/groessen/line_tolerance/"
    typed = {"value": "15", "valid_from": "2016-03-01", "basis": "IV", "form_key": str(uuid4())}

    first = finance.get(address).content.decode()
    warned = finance.post(address, typed).content.decode()
    response = finance.post(address, typed | {"confirmed": "on"})

    assert "1 geprüfter Beleg hat ein Rechnungsdatum ab dem 01.03.2016." in warned
    assert 'type="checkbox" name="confirmed"' not in first
    assert 'type="checkbox" name="confirmed"' in warned
    assert response["Location"] == LIST


@pytest.mark.parametrize("amount", [1, 3])
def test_the_list_costs_the_same_for_any_amount(land, signed_in, amount, django_assert_num_queries):
    for _ in range(amount):
        GrantNoticeFactory(source=land)
    RuleParameterFactory(source=land)
    client = signed_in(Role.AUDITOR)

    with django_assert_num_queries(8):
        html = client.get(LIST).content.decode()

    assert html.count("Bescheid Größe.pdf") == amount
    assert "Bescheid erfassen" not in html


def test_pages_of_another_programme_are_missing(land, finance):
    foreign = GrantNoticeFactory(source__programme=ProgrammeFactory())
    RuleParameterFactory(source=foreign.source)

    assert finance.get(f"{LIST}{foreign.pk}/").status_code == 404
    assert finance.get(f"{LIST}land/groessen/line_tolerance/").status_code == 404
    assert finance.get(f"{LIST}mars/groessen/line_tolerance/").status_code == 404
    assert finance.get(f"/intern/foerderung/unterlagen/{foreign.document_id}/").status_code == 404


def test_the_source_of_the_link_is_chosen_already(land, finance):
    form = finance.get(f"{ADD}?quelle=land").context["form"]

    assert form["source"].value() == land.pk
    assert finance.get(f"{ADD}?quelle=x").status_code == 200


def test_the_form_offers_one_file(land, finance):
    assert "multiple" not in finance.get(ADD).content.decode()
