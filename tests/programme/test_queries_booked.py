"""The sums of the list of vouchers: those of the other pages, from one look at an index."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from programme.models import Voucher
from programme.queries import funding, vouchers
from programme.queries.booked import booked
from programme.services import approvals
from tests.factories.funding import recorded_voucher
from tests.factories.programme import UserFactory

MAY, EARLY, LAST = date(2016, 5, 20), date(2016, 5, 25), date(2017, 6, 30)


@pytest.fixture
def mixed(plan, clerk):
    """Vouchers of both lines in every state, one of them paid late."""
    checker = UserFactory.create()
    late = date(2016, 9, 1)
    for number, (position, paid_on, state) in enumerate(
        [(1, MAY, "approved"), (1, MAY, "recorded"), (2, MAY, "rejected"), (2, late, "approved")]
    ):
        voucher = recorded_voucher(
            plan=plan,
            by=clerk,
            line=plan.lines.get(position=position),
            paid_on=paid_on,
            gross_eur=Decimal("10.01") * (number + 1),
            invoice_number=str(number),
        )
        if state == "approved":
            approvals.approve(voucher=voucher, seen_version=1, by=checker)
        if state == "rejected":
            approvals.reject(voucher=voucher, seen_version=1, reason="Doppelt", by=checker)
    return plan.programme


@pytest.mark.parametrize("as_of", [LAST, EARLY, date(2015, 10, 1)])
def test_lines_and_totals_are_those_of_the_other_pages(mixed, as_of, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = booked(programme=mixed, as_of=as_of)

    assert found.lines == funding.line_figures(programme=mixed, as_of=as_of)
    for status in ("", "recorded", "approved", "rejected"):
        for position in (None, 1, 2, 7):
            chosen = {"status": status, "position": position}
            listed = vouchers.voucher_list(programme=mixed, as_of=as_of, **chosen)
            assert found.totals(**chosen) == vouchers.list_totals(vouchers=listed)


def test_a_net_amount_counts_where_one_is_set_apart(mixed):
    Voucher.objects.filter(status="recorded").update(eligible_eur=Decimal("16.82"))

    found = booked(programme=mixed, as_of=LAST)

    assert found.lines == funding.line_figures(programme=mixed, as_of=LAST)
    assert [line.waiting_eur for line in found.lines] == [Decimal("16.82"), Decimal("0.00")]
    assert found.totals(status="recorded").total_eur == Decimal("20.02")


def test_a_page_of_the_list_reads_its_own_rows_only(mixed, django_assert_num_queries):
    listed = vouchers.voucher_list(programme=mixed, as_of=LAST)

    with django_assert_num_queries(2) as caught:
        found = list(vouchers.on_page(chosen=listed[1:3]))

    assert found == list(listed)[1:3]
    assert "LIMIT 2 OFFSET 1" in caught[0]["sql"].partition(" IN (")[2]


def test_without_a_plan_there_is_nothing(programme):
    found = booked(programme=programme, as_of=LAST)

    assert (found.lines, found.totals().count, found.totals().total_eur) == ((), 0, 0)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL chooses by its statistics")
def test_the_index_holds_all_that_is_added_up(mixed, django_assert_num_queries):
    with django_assert_num_queries(2) as caught:
        booked(programme=mixed, as_of=EARLY)

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {caught[1]['sql']}")
        steps = " ".join(str(row[-1]) for row in cursor.fetchall())
    assert "COVERING INDEX voucher_sums" in steps
