"""Contracts and assets: small lists, one form each, F26 and F27 ask back."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from programme.enums import ParameterKey, Role, SourceKey
from programme.models import Asset, AuditEntry, Contract, Voucher
from tests.factories.funding import recorded_voucher
from tests.factories.programme import (
    AssetFactory,
    ContractFactory,
    ProgrammeFactory,
    RuleParameterFactory,
    VoucherFactory,
)
from tests.programme.voucher_forms import upload

CONTRACTS = "/intern/foerderung/auftraege/"
ASSETS = "/intern/foerderung/inventar/"


@pytest.fixture(autouse=True)
def limits(plan):
    amif = plan.funding.get(source__key=SourceKey.AMIF).source
    for key, value in (
        (ParameterKey.PROCUREMENT_THRESHOLD_EUR, 100_000),
        (ParameterKey.INVENTORY_LIMIT_EUR, 410),
    ):
        RuleParameterFactory(source=amif, key=key, value=Decimal(value), unit="EUR")


def contract(**changes):
    fields = {
        "title": "Prozessbegleitung",
        "contractor": "Beratung Müßig & Söhne GmbH",
        "concluded_on": "2015-12-01",
        "value_eur": "117.647,06",
        "form_key": str(uuid4()),
    }
    return fields | changes


def test_a_big_contract_without_papers_is_asked_back_and_may_be_kept(plan, finance):
    asked = finance.post(f"{CONTRACTS}neu/", contract())
    kept = finance.post(f"{CONTRACTS}neu/", contract(confirmed="on"), follow=True)

    assert asked.status_code == 422
    assert "fehlt: Vergabeart, Angebote, Vergabevermerk" in asked.content.decode()
    assert 'type="checkbox" name="confirmed"' in asked.content.decode()
    html = kept.content.decode()
    assert "Der Auftrag „Prozessbegleitung“ ist gespeichert." in html
    assert "Regel F26</a>" in html


def test_a_documented_contract_is_kept_with_its_award_note(plan, finance):
    papers = {"procedure": "Öffentliche Ausschreibung", "offers": "3", "paper": upload()}

    html = finance.post(f"{CONTRACTS}neu/", contract(**papers), follow=True).content.decode()

    row = Contract.objects.get()
    assert "Regel F26</a>" not in html
    assert row.award_note.title == "Vergabevermerk: Prozessbegleitung"
    assert AuditEntry.objects.get().sentence == (
        "Auftrag Prozessbegleitung (Beratung Müßig & Söhne GmbH) über 117.647,06 EUR netto erfasst."
    )


def test_a_contract_is_changed_and_the_logbook_knows_what(plan, finance):
    row = ContractFactory(programme=plan.programme, value_eur="500.00", concluded_on=None)
    VoucherFactory(line=plan.lines.first(), contract=row, gross_eur="595.00")

    finance.post(f"{CONTRACTS}{row.pk}/", contract(contractor=row.contractor, value_eur="600"))
    html = finance.get(CONTRACTS).content.decode()

    assert AuditEntry.objects.get().changes == {
        "concluded_on": ["None", "2015-12-01"],
        "value_eur": ["500.00", "600.00"],
    }
    assert "1<br>595,00 EUR" in html


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("value_eur", "1.234", "nicht eindeutig"),
        ("value_eur", "0", "größer als 0,00"),
        ("offers", "-1", "größer oder gleich 0"),
        ("title", "", "füllen Sie"),
        ("concluded_on", "31.02.2016", "gültiges Datum"),
    ],
)
def test_what_is_wrong_in_a_contract_is_said_at_its_field(plan, finance, field, value, message):
    response = finance.post(f"{CONTRACTS}neu/", contract(**{field: value}))

    assert response.status_code == 422
    assert message in " ".join(response.context["form"].errors[field])
    assert not Contract.objects.exists()


def test_an_asset_above_the_limit_wants_a_number(plan, finance):
    voucher = recorded_voucher(plan=plan)
    fields = {"voucher": voucher.pk, "title": "Beamer", "net_eur": "410,01"}

    asked = finance.post(f"{ASSETS}neu/", fields | {"form_key": str(uuid4())})
    kept = finance.post(
        f"{ASSETS}neu/", fields | {"inventory_number": "HMSI-7", "form_key": str(uuid4())}
    )
    asset = Asset.objects.get()
    changed = finance.post(
        f"{ASSETS}{asset.pk}/", fields | {"confirmed": "on", "form_key": str(uuid4())}, follow=True
    )

    assert "Regel F27" in asked.content.decode()
    assert kept["Location"] == ASSETS
    assert "ohne Nummer" in changed.content.decode()
    assert "Regel F27</a>" in changed.content.decode()
    assert AuditEntry.objects.latest("pk").changes == {"inventory_number": ["HMSI-7", ""]}


def test_the_limit_of_the_day_of_the_invoice_counts(plan, finance):
    voucher = recorded_voucher(plan=plan)
    Voucher.objects.update(invoiced_on=date(2015, 9, 30))
    AssetFactory(voucher=voucher)

    assert "Regel F27" not in finance.get(ASSETS).content.decode()


@pytest.mark.parametrize("amount", [1, 3])
def test_lists_cost_the_same_for_any_amount(plan, signed_in, amount, django_assert_num_queries):
    for _ in range(amount):
        ContractFactory(programme=plan.programme)
        AssetFactory(voucher__line=plan.lines.first())
    client = signed_in(Role.AUDITOR)

    with django_assert_num_queries(6):
        first = client.get(CONTRACTS).content.decode()
    with django_assert_num_queries(6):
        second = client.get(ASSETS).content.decode()

    assert "Auftrag erfassen" not in first
    assert "Gegenstand aufnehmen" not in second


def test_empty_lists_help_and_foreign_rows_are_missing(plan, finance, signed_in):
    foreign = ContractFactory(programme=ProgrammeFactory())
    asset = AssetFactory()

    assert "Ersten Auftrag erfassen" in finance.get(CONTRACTS).content.decode()
    assert "Ersten Gegenstand aufnehmen" in finance.get(ASSETS).content.decode()
    assert "noch keinen Auftrag erfasst" in signed_in(Role.OFFICE).get(CONTRACTS).content.decode()
    assert "nichts angeschafft" in signed_in(Role.OFFICE).get(ASSETS).content.decode()
    assert finance.get(f"{CONTRACTS}{foreign.pk}/").status_code == 404
    assert finance.get(f"{ASSETS}{asset.pk}/").status_code == 404
