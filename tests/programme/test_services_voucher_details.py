"""Details of a voucher: service period, tax, cash, and files that were waiting."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from programme.enums import ParameterKey
from programme.errors import RuleBroken
from programme.models import ParkedFile, RuleParameter, Voucher
from programme.queries.funding import line_figures
from programme.queries.vouchers import explained_shares, line_spent_eur
from programme.services import approvals, parked_files, vouchers
from tests.factories.funding import entry, new_file
from tests.factories.programme import UserFactory
from tests.programme.invoice_samples import PLAIN_PDF


def parts(voucher):
    return [share.amount_eur for share in voucher.shares.all()]


def record(plan, clerk, *, files=(), **changes):
    return vouchers.record(
        programme=plan.programme, entry=entry(plan=plan, **changes), files=files, by=clerk
    )


def test_details_are_kept_and_gross_is_eligible_while_no_tax_is_refunded(plan, clerk):
    voucher = record(
        plan,
        clerk,
        serviced_from=date(2016, 4, 1),
        serviced_to=date(2016, 4, 30),
        net_eur=Decimal("840.34"),
        vat_eur=Decimal("159.66"),
        is_cash=True,
        cash_note=" Parkautomat ",
        remark=" mit Anlage ",
        is_sensitive=True,
    )

    voucher.refresh_from_db()
    assert (voucher.eligible_eur, voucher.net_eur) == (Decimal("1000.00"), Decimal("840.34"))
    assert (voucher.cash_note, voucher.remark) == ("Parkautomat", "mit Anlage")
    assert (voucher.is_cash, voucher.is_sensitive) == (True, True)
    assert (voucher.serviced_from, voucher.serviced_to) == (date(2016, 4, 1), date(2016, 4, 30))


def refund_tax(plan):
    RuleParameter.objects.create(
        source=plan.programme.sources.get(key="amif"),
        key=ParameterKey.VAT_DEDUCTIBLE,
        value=Decimal(1),
        unit="1 = ja, 0 = nein",
        valid_from=date(2015, 10, 1),
        basis="Bescheid",
    )


def test_where_tax_is_refunded_the_sources_share_the_net_amount(plan, clerk):
    refund_tax(plan)

    with pytest.raises(RuleBroken, match="Regel F21") as refused:
        record(plan, clerk)
    voucher = record(plan, clerk, net_eur=Decimal("840.34"), vat_eur=Decimal("159.66"))

    line = line_figures(programme=plan.programme, as_of=date(2016, 12, 31))[0]
    assert refused.value.field == "net_eur"
    assert voucher.eligible_eur == voucher.claimed_eur == sum(parts(voucher)) == Decimal("840.34")
    assert line_spent_eur(line=voucher.line) == line.waiting_eur == Decimal("840.34")
    assert explained_shares(voucher=voucher)[0].gross_eur == Decimal("840.34")


def test_never_more_is_claimed_than_the_voucher_says(plan, clerk):
    refund_tax(plan)
    small = {"gross_eur": Decimal("10.00"), "net_eur": Decimal("50.00")}
    voucher = record(plan, clerk, net_eur=Decimal("840.34"))

    with pytest.raises(RuleBroken, match="Netto stehen 50,00 EUR"):
        record(plan, clerk, **small)
    with pytest.raises(RuleBroken, match="Netto stehen 50,00 EUR"):
        vouchers.correct(
            voucher=voucher, seen_version=1, entry=entry(plan=plan, **small), files=[], by=clerk
        )
    Voucher.objects.filter(pk=voucher.pk).update(gross_eur=Decimal("10.00"))
    with pytest.raises(RuleBroken, match="Regel F04"):
        approvals.approve(voucher=voucher, seen_version=1, by=UserFactory())

    voucher.refresh_from_db()
    assert (Voucher.objects.count(), voucher.status) == (1, "recorded")


@pytest.mark.parametrize(
    ("details", "field", "text"),
    [
        ({"serviced_from": date(2016, 4, 1)}, "serviced_to", "beide Tage"),
        ({"serviced_to": date(2016, 4, 1)}, "serviced_from", "beide Tage"),
        (
            {"serviced_from": date(2016, 4, 2), "serviced_to": date(2016, 4, 1)},
            "serviced_to",
            "endet vor ihrem Beginn",
        ),
        (
            {"serviced_from": date(2015, 9, 30), "serviced_to": date(2016, 4, 1)},
            "serviced_from",
            "Regel F05",
        ),
        ({"net_eur": Decimal(5), "vat_eur": Decimal(1)}, "vat_eur", "ergeben 6,00 EUR"),
        ({"net_eur": Decimal("1000.01")}, "net_eur", "Regel F21"),
        ({"net_eur": Decimal("-840.34")}, "net_eur", "Regel F21"),
        ({"is_cash": True, "cash_note": " "}, "confirmed", "Regel F25"),
    ],
)
def test_details_that_contradict_each_other_are_refused(plan, clerk, details, field, text):
    with pytest.raises(RuleBroken, match=text) as refused:
        record(plan, clerk, **details)

    assert refused.value.field == field
    assert not Voucher.objects.exists()


def test_a_parked_file_changes_hands_and_one_the_voucher_has_is_forgotten(
    plan, clerk, django_capture_on_commit_callbacks
):
    voucher = record(plan, clerk, files=[new_file()])
    parked_files.park(files=[new_file(), new_file(PLAIN_PDF)], form_key=uuid4(), by=clerk)
    known, new = ParkedFile.objects.all()

    with django_capture_on_commit_callbacks(execute=True):
        vouchers.correct(
            voucher=voucher,
            seen_version=1,
            entry=entry(plan=plan),
            files=[vouchers.NewFile.waiting(known), vouchers.NewFile.waiting(new)],
            by=clerk,
            confirmed=True,
        )

    assert [file.file.name for file in voucher.files.all()][1:] == [new.file.name]
    assert not new.file.storage.exists(known.file.name)
    assert not ParkedFile.objects.exists()
