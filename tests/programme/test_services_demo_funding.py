"""The sample vouchers: plausible, cent-exact, gone again without a trace."""

from decimal import Decimal

import pikepdf
import pytest

from programme.models import FinancingPlan, Voucher, VoucherFile
from programme.queries import funding
from programme.services import demo_data, demo_funding, master_data


@pytest.fixture
def loaded(db):
    programme = master_data.load()
    people = demo_data.load_people(programme=programme)
    demo_funding.load(programme=programme, people=people)
    return programme, people


def test_the_sample_is_plausible_and_leaves_both_something_to_check(loaded):
    programme, people = loaded
    overview = funding.overview(programme=programme, as_of=programme.ends_on)

    waiting = Voucher.objects.filter(status="recorded")
    assert overview.lines_planned_eur == overview.planned_eur == Decimal("212000.00")
    assert overview.actual_eur + overview.waiting_eur == Decimal("205358.62")
    assert overview.actual_eur == overview.lines_actual_eur
    assert all(line.remaining_eur >= 0 for line in overview.lines)
    assert Voucher.objects.filter(status="rejected").count() == 1
    assert {voucher.factual_check_by for voucher in waiting} == {
        people["finanzen@example.org"],
        people["finanzen2@example.org"],
    }
    assert all(
        voucher.arithmetic_check_at.date() > voucher.paid_on
        for voucher in Voucher.objects.filter(status="approved")
    )


def test_loading_again_changes_nothing(loaded):
    programme, people = loaded
    before = Voucher.objects.count()

    demo_funding.load(programme=programme, people=people)

    assert Voucher.objects.count() == before


def test_every_sample_file_is_a_readable_pdf(loaded):
    file = VoucherFile.objects.first()

    with file.file.open("rb") as stored, pikepdf.open(stored) as pdf:
        assert len(pdf.pages) == 1
        text = pdf.pages[0].Contents.read_bytes()
    assert "erfunden".encode("cp1252") in text


def test_removing_leaves_nothing(loaded, django_capture_on_commit_callbacks):
    programme, _ = loaded
    file = VoucherFile.objects.first()
    storage, name = file.file.storage, file.file.name

    with django_capture_on_commit_callbacks(execute=True):
        demo_funding.remove(programme=programme)

    assert not Voucher.objects.exists()
    assert not FinancingPlan.objects.exists()
    assert not storage.exists(name)
