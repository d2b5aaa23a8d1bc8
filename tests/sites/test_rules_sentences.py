"""The one sentence a comparison writes about itself, in German as people write it."""

from decimal import Decimal

import pytest

from sites.enums import Better, IndicatorKind
from sites.models import Indicator, IndicatorGroup, IndicatorValue
from sites.rules.comparisons import chart, compare, in_dative


@pytest.mark.parametrize(
    ("stands", "told"),
    [
        ("34 Tage", "34 Tagen"),
        ("1.200,5 Fälle je Stelle", "1.200,5 Fällen je Stelle"),
        ("74 Minuten", "74 Minuten"),
        ("1 Minute", "1 Minute"),
        ("12 Bescheide", "12 Bescheiden"),
        ("23,3 %", "23,3 %"),
        ("7", "7"),
    ],
)
def test_after_von_and_bei_a_unit_stands_in_the_dative(stands, told):
    assert in_dative(stands) == told


def share(part, whole, **columns):
    value = (Decimal(part * 100) / whole).quantize(Decimal("0.01"))
    return IndicatorValue(
        value=value, numerator=part, denominator=whole, n=whole, method="count", **columns
    )


def compared(before, after, **options):
    indicator = Indicator(
        name="Nicht erschienen",
        unit="%",
        kind=IndicatorKind.PERCENT,
        better=Better.LOWER,
        counts_cases=True,
    )
    phases = {"baseline": share(*before), "end": share(*after)}
    groups = {
        phase: [IndicatorGroup(label="Termine", **_columns(value))]
        for phase, value in phases.items()
    }
    return compare(
        site_name="Gießen",
        site_slug="giessen",
        indicator=indicator,
        values=phases,
        groups=groups,
        **options,
    )


def _columns(value):
    return {name: getattr(value, name) for name in ("value", "numerator", "denominator", "n")}


def test_shares_have_one_place_and_every_number_beside_them_agrees():
    row = compared((234, 1003), (181, 1596))

    assert (row.before.text, row.after.text) == ("23,3 %", "11,3 %")
    assert row.change == "−12 Prozentpunkte (besser)"
    assert "von 23,3 % auf 11,3 %" in row.sentence
    assert [series.values for series in chart(key="x", comparison=row).series] == [
        (Decimal("23.3"),),
        (Decimal("11.3"),),
    ]
    assert [(line.before.text, line.after.text, line.change) for line in row.breakdown.lines] == [
        ("23,3 %", "11,3 %", "−12")
    ]


def test_a_share_is_rounded_once_and_not_twice():
    row = compared((2269, 20000), (2270, 20001))

    assert (row.before.text, row.after.text, row.change) == ("11,3 %", "11,3 %", "unverändert")
    assert "blieb bei 11,3 %" in row.sentence


def test_files_keep_both_places_of_a_share():
    row = compared((234, 1003), (181, 1596), exact=True)

    assert (row.before.text, row.after.text) == ("23,33 %", "11,34 %")
    assert row.change == "−11,99 Prozentpunkte (besser)"
    assert row.breakdown.lines[0].change == "−11,99"
