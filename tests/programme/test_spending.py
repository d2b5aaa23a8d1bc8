"""Spending over time: half-years, running sums, the curve, and the public list of actions."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from programme.exports.spending import curve_chart, half_years_chart, pace_sentence
from programme.models import Programme
from programme.queries import funding
from programme.queries.spending import spending_over_time
from programme.rules.curves import curve_rows, draw_curves
from programme.rules.spending import months_of, spending
from programme.services import approvals
from tests.factories.funding import recorded_voucher
from tests.factories.programme import GrantNoticeFactory, UserFactory

D = Decimal
START, END = date(2015, 10, 1), date(2017, 6, 30)
JULY = date(2016, 7, 1)


def figures(paid=None, *, as_of=END, planned="212000.00"):
    return spending(
        starts_on=START,
        ends_on=END,
        planned_eur=D(planned),
        paid_eur=paid or {},
        as_of=as_of,
    )


def test_the_run_time_has_21_months_in_four_half_years():
    found = figures()

    assert months_of(START, END)[0::20] == [START, date(2017, 6, 1)]
    assert [row.label for row in found.half_years] == [
        "2. Halbjahr 2015",
        "1. Halbjahr 2016",
        "2. Halbjahr 2016",
        "1. Halbjahr 2017",
    ]


def test_both_sums_of_the_plan_are_the_plan_to_the_cent():
    found = figures(planned="212000.01")

    assert sum(row.planned_eur for row in found.half_years) == D("212000.01")
    assert found.months[-1].planned_eur == D("212000.01")


def test_what_is_paid_outside_the_run_time_counts_at_its_edge():
    paid = {date(2015, 9, 1): D("1.00"), JULY: D("10.00"), date(2017, 8, 1): D("0.05")}

    found = figures(paid)

    assert [row.actual_eur for row in found.half_years] == [D("1.00"), 0, D("10.00"), D("0.05")]
    assert found.months[-1].actual_eur == D("11.05")


def test_the_future_is_left_open():
    found = figures({START: D("5.00")}, as_of=date(2016, 7, 31))
    chart = curve_chart(found, as_of=date(2016, 7, 31))

    assert [len(row.values) for row in chart.series] == [21, 10]
    assert curve_rows(chart)[9:11] == [
        ("7/2016", ["100.952,38", "5,00"]),
        ("8/2016", ["111.047,62", "–"]),
    ]


@pytest.mark.parametrize(
    ("paid", "words"),
    [
        ("211999.00", "1,00 EUR weniger, als bei gleichmäßigen Ausgaben"),
        ("212001.00", "1,00 EUR mehr, als bei gleichmäßigen Ausgaben"),
        ("212000.00", "genau der Betrag, der bei gleichmäßigen Ausgaben"),
    ],
)
def test_the_sentence_says_how_far_spending_is_from_an_even_pace(paid, words):
    told = pace_sentence(figures({START: D(paid)}), as_of=END)

    assert words in told
    assert told.endswith("erwartet wird (212.000,00 EUR).")


def test_before_the_first_month_nothing_is_spent():
    assert pace_sentence(figures(as_of=date(2015, 9, 1)), as_of=START) == (
        "Es ist noch nichts ausgegeben."
    )


@pytest.mark.parametrize("width", [560, 328])
def test_the_curve_stays_on_its_paper(width):
    drawing = draw_curves(curve_chart(figures({START: D("7.00")}), as_of=END), width=width)
    places = [
        tuple(float(part) for part in point.split(","))
        for curve in drawing.curves
        for point in curve.points.split()
    ]

    assert all(0 <= x <= width and 0 <= y <= drawing.floor for x, y in places)
    assert [curve.text for curve in drawing.curves] == [
        "geplant: 212.000,00 EUR",
        "ausgegeben: 7,00 EUR",
    ]
    assert drawing.levels[-1].text == "212.000 EUR"


def test_an_empty_chart_is_drawn_too():
    nothing = figures(planned="0.00", as_of=date(2015, 9, 1))

    assert draw_curves(curve_chart(nothing, as_of=START)).curves[1].points == ""
    assert half_years_chart(nothing).series[0].values == (0, 0, 0, 0)


def test_only_checked_shares_count_and_the_sums_agree(plan):
    voucher = recorded_voucher(plan=plan, gross_eur=D("1000.01"))
    recorded_voucher(plan=plan, gross_eur=D("5.00"), invoice_number="2")
    approvals.approve(voucher=voucher, seen_version=1, by=UserFactory())
    overview = funding.overview(programme=plan.programme, as_of=END)

    found = spending_over_time(programme=plan.programme, overview=overview)

    assert found.months[-1].actual_eur == overview.actual_eur == D("1000.01")
    assert found.half_years[1].actual_eur == D("1000.01")


def test_the_public_page_shows_the_curve_within_four_queries(
    plan, client, django_assert_num_queries
):
    with django_assert_num_queries(4):
        html = client.get("/programm/foerderung/").content.decode()

    assert html.count("<polyline") == 4
    assert "Ausgaben nach Halbjahr" in html
    assert reverse("programme:list_of_actions") in html


def test_the_list_of_actions_is_public_and_never_a_formula(plan, client, django_assert_num_queries):
    amif = plan.funding.get(source__key="amif").source
    GrantNoticeFactory(source=amif)
    Programme.objects.update(owner_name="=HYPERLINK(1)")

    with django_assert_num_queries(3):
        response = client.get("/programm/foerderung/vorhaben.csv")

    head, row, rest = response.content.decode("utf-8-sig").split("\r\n")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert head == (
        "Begünstigte Stelle;Name des Projekts;Fonds;Betrag der EU in EUR;Bewilligt am;Beginn;Ende"
    )
    assert row.startswith("'=HYPERLINK(1);")
    assert row.endswith(";100.000,00;21.09.2015;01.10.2015;30.06.2017")
    assert rest == ""


def test_the_list_of_actions_is_there_before_the_notice(programme, client, finance):
    row = client.get("/programm/foerderung/vorhaben.csv").content.decode().split("\r\n")[1]
    html = finance.get("/intern/foerderung/plan/").content.decode()

    assert row.endswith(";;;01.10.2015;30.06.2017")
    assert "In der Liste der Vorhaben fehlt: Betrag der EU, Datum." in html


def test_a_funding_notice_that_does_not_name_the_fund_is_found(plan, finance):
    Programme.objects.update(funding_notice="Von der EU gefördert.")

    html = finance.get("/intern/foerderung/plan/").content.decode()

    assert "Auf „Fußzeile aller öffentlichen Seiten“ fehlt: Name des Fonds." in html
