"""The form of a credit note, and the split that is shown while typing."""

from decimal import Decimal

import pytest

from programme.enums import ParameterKey, Role
from programme.models import Voucher
from programme.services import approvals
from tests.factories.funding import recorded_voucher
from tests.factories.programme import RuleParameterFactory, UserFactory
from tests.programme.voucher_forms import ADD, typed

PREVIEW = "/intern/foerderung/aufteilung/"


@pytest.fixture
def paid(plan):
    voucher = recorded_voucher(plan=plan)
    checker = UserFactory.create(roles=[Role.FINANCE])
    return approvals.approve(voucher=voucher, seen_version=1, by=checker)


def note(plan, **changes):
    fields = {"invoice_number": "GS-1", "gross_eur": "100,00", "is_credit_note": "on"}
    return typed(plan, **fields | changes)


@pytest.mark.parametrize("amount", ["100,00", "-100,00", "−100,00 €"])
def test_a_credit_note_is_recorded_with_or_without_its_sign(plan, finance, paid, amount):
    response = finance.post(ADD, note(plan, gross_eur=amount, credits="1"), follow=True)

    made = Voucher.objects.get(number=2)
    assert (made.gross_eur, made.credits, made.is_credit_note) == (Decimal(-100), paid, True)
    html = response.content.decode()
    assert "Gutschrift zu" in html
    assert "Beleg 2" in finance.get("/intern/foerderung/belege/1/").content.decode()


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ({"is_credit_note": ""}, "gross_eur", "Ist der Beleg eine Gutschrift"),
        ({"gross_eur": "0,00"}, "gross_eur", "größer als 0,00 EUR"),
        ({"credits": "99"}, "credits", "Einen Beleg 99 gibt es nicht."),
        ({"credits": "x"}, "credits", "Zahl"),
        ({"credits": "1", "gross_eur": "-1000,01"}, "gross_eur", "noch 1.000,00 EUR übrig"),
    ],
)
def test_what_a_credit_note_cannot_be_is_said_at_the_field(
    plan, finance, paid, changes, field, text
):
    response = finance.post(ADD, note(plan, **{"gross_eur": "-5,00"} | changes))

    form = response.context["form"]
    assert response.status_code == 422
    assert text in form.errors[field][0]
    assert Voucher.objects.count() == 1


def test_a_waiting_credit_note_is_edited_with_its_voucher(plan, finance, paid):
    finance.post(ADD, note(plan, credits="1"))

    page = finance.get("/intern/foerderung/belege/2/aendern/")

    form = page.context["form"]
    assert (form["credits"].value(), form["gross_eur"].value()) == (1, "-100,00")


def test_the_preview_splits_gross_and_says_so(plan, finance):
    told = finance.get(PREVIEW, {"betrag": "1.190,00", "netto": "1.000,00"}).json()

    assert told["basis"] == "Aufgeteilt werden 1.190,00 EUR brutto"
    assert [part["amount"] for part in told["parts"]] == ["628,68 EUR", "561,32 EUR"]


def test_where_the_tax_is_refunded_the_preview_splits_net(plan, finance):
    source = plan.funding.get(source__key="land").source
    RuleParameterFactory.create(source=source, key=ParameterKey.VAT_DEDUCTIBLE, value=1)

    net = finance.get(PREVIEW, {"betrag": "1.190,00", "netto": "1.000,00"}).json()
    without = finance.get(PREVIEW, {"betrag": "1.190,00", "rechnung": "2016-05-02"}).json()

    assert net["basis"] == "Aufgeteilt werden 1.000,00 EUR netto, die Umsatzsteuer wird erstattet"
    assert [part["amount"] for part in net["parts"]] == ["528,30 EUR", "471,70 EUR"]
    assert "der Nettobetrag des Belegs fehlt" in without["message"]


def test_the_preview_of_a_credit_note_is_below_zero(plan, finance, paid):
    told = finance.get(PREVIEW, {"betrag": "100,00", "gutschrift": "1"}).json()
    refused = finance.get(PREVIEW, {"betrag": "-100,00"}).json()

    assert [part["amount"] for part in told["parts"]] == ["−52,83 EUR", "−47,17 EUR"]
    assert "größer als 0,00 EUR" in refused["message"]
