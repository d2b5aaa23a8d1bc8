"""The form of values shows first what is due; the rest is folded."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.factories.sites import IndicatorFactory, IndicatorValueFactory

pytestmark = pytest.mark.django_db
END = reverse("sites:enter_indicators", args=["giessen", "endstand"])


def test_lines_that_are_due_come_first_and_the_others_are_folded(signed_in, site, staff):
    due, done, gone, bare = (
        IndicatorFactory(name=name) for name in ("Wartezeit", "Vorlauf", "Rückstand", "Anrufe")
    )
    for indicator in (due, done, gone):
        IndicatorValueFactory(site=site, indicator=indicator)
    IndicatorValueFactory(site=site, indicator=done, phase="end", value=Decimal("19.5"))
    IndicatorValueFactory(
        site=site, indicator=gone, phase="end", value=None, unavailable_reason="Nicht gezählt"
    )

    page = signed_in(user=staff).get(END)

    groups = page.context["form"].groups()
    assert [(group.title, [row.indicator for row in group.rows]) for group in groups] == [
        ("Noch einzutragen", [due]),
        ("Schon eingetragen", [done, gone]),
        ("Ohne Ausgangswert", [bare]),
    ]
    assert [row.told for row in groups[1].rows] == ["19,5 Minuten, n = 120", "nicht verfügbar"]
    assert page.content.decode().count('<details class="folded">') == 6


def test_a_folded_line_with_an_error_is_open(signed_in, site, staff):
    done, bare = IndicatorFactory(), IndicatorFactory()
    IndicatorValueFactory(site=site, indicator=done, phase="end")
    data = {"form_key": str(uuid4()), f"value_{done.pk}": "abc", f"value_{bare.pk}": "xyz"}

    groups = signed_in(user=staff).post(END, data).context["form"].groups()

    assert [group.is_open for group in groups] == [True, True]
    assert [row.is_wrong for group in groups for row in group.rows] == [True, True]
