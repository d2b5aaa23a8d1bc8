"""The figures: only what two people have checked, as they stood on a day."""

from datetime import date
from decimal import Decimal

import pytest

from programme.enums import Role
from programme.exports.funding import lines_chart, sentence, sources_chart
from programme.queries import funding
from programme.services import approvals, corrections
from tests.factories.funding import entry, funded_plan, recorded_voucher
from tests.factories.programme import FundingSourceFactory, UserFactory

END = date(2017, 6, 30)


@pytest.fixture
def plan(programme):
    """A plan with an approved, a waiting, a rejected and a late voucher."""
    plan = funded_plan(programme=programme)
    checker = UserFactory(roles=[Role.FINANCE])
    travel = plan.lines.get(position=2)
    approved = recorded_voucher(plan=plan, gross_eur=Decimal("1000.00"))
    rejected = recorded_voucher(plan=plan, gross_eur=Decimal("50.00"))
    late = recorded_voucher(
        plan=plan,
        line=travel,
        gross_eur=Decimal("0.01"),
        invoiced_on=END,
        paid_on=date(2017, 7, 14),
    )
    recorded_voucher(plan=plan, gross_eur=Decimal("20.00"))
    approvals.approve(voucher=approved, seen_version=1, by=checker)
    approvals.approve(voucher=late, seen_version=1, by=checker)
    approvals.reject(voucher=rejected, seen_version=1, reason="Nein", by=checker)
    return plan


def test_the_overview_counts_approved_vouchers_by_source_and_line(plan, django_assert_num_queries):
    with django_assert_num_queries(2):
        overview = funding.overview(programme=plan.programme, as_of=END)

    assert [(line.actual_eur, line.waiting_eur) for line in overview.lines] == [
        (Decimal("1000.00"), Decimal("20.00")),
        (Decimal("0.01"), Decimal("0.00")),
    ]
    assert [line.remaining_eur for line in overview.lines] == [
        Decimal("199000.00"),
        Decimal("11999.99"),
    ]
    assert overview.actual_eur == overview.lines_actual_eur == Decimal("1000.01")
    assert (overview.planned_eur, overview.granted_eur) == (Decimal("212000.00"),) * 2
    assert overview.remaining_eur == Decimal("210999.99")


def test_what_is_taken_back_does_not_stand_any_more(plan, django_assert_num_queries):
    checker = UserFactory()
    first = plan.programme.vouchers.get(number=1)
    found = corrections.correct_approved(
        voucher=first,
        entry=entry(plan=plan, gross_eur=Decimal("999.90")),
        reason="Zahlendreher",
        by=UserFactory(),
        confirmed=True,
    )
    waiting = funding.overview(programme=plan.programme, as_of=END)
    for voucher in found:
        approvals.approve(voucher=voucher, seen_version=1, by=checker)

    with django_assert_num_queries(2):
        figures = funding.overview(programme=plan.programme, as_of=END)

    assert (waiting.vouchers, waiting.standing_vouchers) == (2, 2)
    assert (figures.vouchers, figures.standing_vouchers) == (4, 2)
    early = funding.overview(programme=plan.programme, as_of=date(2016, 12, 31))
    assert (early.vouchers, early.standing_vouchers) == (3, 1)


def test_the_overview_looks_back(plan):
    before = funding.overview(programme=plan.programme, as_of=date(2016, 5, 19))
    on_the_day = funding.overview(programme=plan.programme, as_of=date(2016, 5, 20))

    assert before.actual_eur == 0
    assert on_the_day.actual_eur == Decimal("1000.00")


def test_without_a_plan_there_are_grants_and_no_lines(programme):
    FundingSourceFactory(programme=programme)

    overview = funding.overview(programme=programme, as_of=END)

    assert (overview.lines, overview.planned_eur) == ((), 0)
    assert overview.granted_eur == Decimal("112000.00")
    assert "(0,0 %)" in sentence(overview)


def test_the_sentence_and_the_charts_say_the_same(plan):
    overview = funding.overview(programme=plan.programme, as_of=END)

    chart = sources_chart(overview)
    assert sentence(overview) == chart.description
    assert sentence(overview) == (
        "Bis zum 30. Juni 2017 sind 1.000,01 EUR von geplanten 212.000,00 EUR ausgegeben "
        "(0,5 %): 528,30 EUR aus Mitteln des Landes Hessen und 471,71 EUR aus Mitteln des AMIF."
    )
    assert chart.categories == ("Land Hessen", "AMIF")
    assert lines_chart(overview).series[1].values == (Decimal("1000.00"), Decimal("0.01"))


def test_the_public_page_shows_sums_and_no_people(plan, client, django_assert_num_queries):
    with django_assert_num_queries(4):
        response = client.get("/programm/foerderung/")

    html = response.content.decode()
    assert response.status_code == 200
    assert sentence(funding.overview(programme=plan.programme, as_of=END)) in html
    assert "112.000 EUR" in html
    assert "Müßig" not in html
    assert "Person Müller" not in html


@pytest.mark.parametrize("day", ["2016-05-19", "29.02.2016", "gestern", "9999-12-31", ""])
def test_the_public_page_takes_any_day(plan, client, day):
    assert client.get("/programm/foerderung/", {"stand": day}).status_code == 200


def test_the_public_page_works_before_the_plan(programme, client):
    html = client.get("/programm/foerderung/").content.decode()

    assert "Noch keine Ausgaben veröffentlicht" in html
