"""Figures in sentences are rounded as people round, half upwards, never cut off."""

from dataclasses import replace
from decimal import Decimal

import pytest

from publications.queries.content import report_data, sentence_values
from tests.publications import world

pytestmark = pytest.mark.django_db


def values(*, planned_eur, actual_eur, hours):
    """Return the words of the sentences for one line with these amounts and one site."""
    data = report_data(world.build().programme)
    line = replace(
        data.funding.lines[0], planned_eur=Decimal(planned_eur), actual_eur=Decimal(actual_eur)
    )
    site = replace(data.coaching.sites[0], coaching_hours=Decimal(hours))
    return sentence_values(
        replace(
            data,
            funding=replace(data.funding, lines=(line,)),
            coaching=replace(data.coaching, sites=(site,)),
        )
    )


def test_the_share_of_the_plan_is_rounded_and_not_cut_off():
    told = values(planned_eur="10000.00", actual_eur="9175.06", hours="1")

    assert told["ausgaben_quote"] == "91,8 Prozent"


def test_the_report_counts_the_vouchers_that_stand():
    data = report_data(world.build().programme)

    told = sentence_values(replace(data, funding=replace(data.funding, standing_vouchers=40)))

    assert told["belege"] == "40"


def test_half_an_hour_counts_upwards():
    told = values(planned_eur="1.00", actual_eur="1.00", hours="1028.5")

    assert told["begleitstunden"] == "1.029"
