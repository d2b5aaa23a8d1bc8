"""Samples: drawn by chance, the same again with the same seed."""

from datetime import date
from decimal import Decimal

import pytest

from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import AuditEntry, AuditSample, Printout, Voucher
from programme.services import approvals, corrections, samples
from programme.services.samples import SampleEntry
from tests.factories.drawdowns import paid
from tests.factories.funding import recorded_voucher
from tests.factories.inspections import AuditSampleFactory
from tests.factories.programme import UserFactory

LIST = "/intern/pruefung/stichproben/"


@pytest.fixture
def auditor(db):
    return UserFactory.create(roles=[Role.AUDITOR])


@pytest.fixture
def spent(plan):
    for amount in ("100.00", "600.00", "900.00", "50.00"):
        paid(plan=plan, on=date(2016, 6, 1), gross_eur=amount)
    return plan


def numbers(sample):
    return list(sample.vouchers.order_by("number").values_list("number", flat=True))


def test_the_same_seed_draws_the_same_vouchers_also_later(spent, auditor):
    entry = SampleEntry(size=2, seed=7)
    first = samples.draw(programme=spent.programme, entry=entry, by=auditor)

    again = samples.draw(programme=spent.programme, entry=entry, by=auditor)

    assert (first.population, len(numbers(first))) == (4, 2)
    assert numbers(first) == numbers(again)
    sentence = AuditEntry.objects.filter(verb="sample.drawn").first().sentence
    assert "2 von 4 Belegen gezogen, Startwert 7." in sentence


def test_only_approved_vouchers_of_the_selection_are_drawn(spent, auditor):
    recorded_voucher(plan=spent, files=(), gross_eur=Decimal("5000.00"))
    entry = SampleEntry(size=9, minimum_eur=Decimal("500.00"), position=1)

    sample = samples.draw(programme=spent.programme, entry=entry, by=auditor)

    assert numbers(sample) == [2, 3]
    assert sample.criteria == {"position": 1, "minimum_eur": "500.00", "until_number": 3}
    with pytest.raises(RuleBroken) as refused:
        samples.draw(programme=spent.programme, entry=SampleEntry(size=1, position=2), by=auditor)
    assert refused.value.field == "position"


def test_an_auditor_draws_and_asks_for_the_binder(spent, auditor, signed_in):
    client = signed_in(user=auditor)

    sent = {"size": "2", "seed": "2017", "position": "", "minimum_eur": "0,01"}
    shown = client.get(client.post(f"{LIST}neu/", sent).url)
    response = client.post(f"{LIST}{AuditSample.objects.get().pk}/mappe/")

    assert "2017:Belegnummer" in shown.content.decode()
    drawn = [row.voucher.number for row in shown.context["rows"]]
    assert drawn == numbers(AuditSample.objects.get())
    assert Printout.objects.get().download_name.endswith(".zip")
    assert response.url == f"/intern/ausdruck/{Printout.objects.get().pk}/"


def test_a_sample_says_which_vouchers_are_taken_back(spent, auditor, signed_in):
    found = corrections.correct_approved(
        voucher=Voucher.objects.get(number=2), entry=None, reason="doppelt", by=auditor
    )
    approvals.approve(voucher=found.counter, seen_version=1, by=UserFactory())
    sample = samples.draw(programme=spent.programme, entry=SampleEntry(size=5), by=auditor)
    client = signed_in(user=auditor)

    page = client.get(f"{LIST}{sample.pk}/")

    marks = {row.voucher.number: row.mark for row in page.context["rows"] if row.mark}
    assert marks == {2: "zurückgenommen durch Beleg 5", 5: "Gegenbuchung zu Beleg 2"}
    assert "zurückgenommen durch Beleg 5" in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"size": "0"}, "size"), ({"minimum_eur": "viel"}, "minimum_eur"), ({"seed": "-1"}, "seed")],
)
def test_bad_input_is_named_at_its_field(spent, auditor, signed_in, changes, field):
    response = signed_in(user=auditor).post(f"{LIST}neu/", {"size": "2"} | changes)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_the_list_asks_as_often_for_three_rows_as_for_one(plan, finance, django_assert_num_queries):
    AuditSampleFactory.create(programme=plan.programme)
    with django_assert_num_queries(7):
        finance.get(LIST)
    AuditSampleFactory.create_batch(2, programme=plan.programme)
    with django_assert_num_queries(7):
        finance.get(LIST)
