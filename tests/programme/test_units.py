"""The word after a number is in its singular after one."""

from decimal import Decimal

import pytest

from programme.charts import BarChart, Series, draw_bars
from programme.templatetags.portal import file_size, key_figure
from programme.units import unit_of


@pytest.mark.parametrize(
    ("number", "unit", "told"),
    [
        (1, "Antworten", "Antwort"),
        (0, "Antworten", "Antworten"),
        (2, "Antworten", "Antworten"),
        (Decimal("1.00"), "Tage", "Tag"),
        (Decimal(-1), "Prozentpunkte", "Prozentpunkt"),
        (Decimal("1.5"), "Minuten", "Minuten"),
        ("1", "Anrufe je Tag", "Anruf je Tag"),
        ("1", "Antworten fehlen noch", "Antwort fehlt noch"),
        ("1,00", "Stunden", "Stunden"),
        (1, "Prozent", "Prozent"),
        (1, "", ""),
    ],
)
def test_the_unit_follows_its_number(number, unit, told):
    assert unit_of(number, unit) == told


def test_a_bar_of_one_answer_says_one_answer():
    counts = Series("Anzahl", (Decimal(1), Decimal(3)), "actual")
    chart = BarChart("a", "A", "B", "Antworten", ("5", "4"), (counts,))

    texts = [group.bars[0].text for group in draw_bars(chart).groups]

    assert texts == ["1 Antwort", "3 Antworten"]


def test_a_key_figure_of_one_stands_in_the_singular():
    assert key_figure(1, "Plätze vergeben", "von 3")["label"] == "Platz vergeben"
    assert key_figure("1", "Begleittage")["label"] == "Begleittag"
    assert key_figure(12, "Begleittage")["label"] == "Begleittage"


def test_a_size_is_rounded_and_not_cut_off():
    sizes = [file_size(size) for size in (1_000_000, 1_049_999, 1_050_000, 1_990_000)]

    assert sizes == ["1,0 MB", "1,0 MB", "1,1 MB", "2,0 MB"]
