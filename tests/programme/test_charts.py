"""Charts: the whole drawing, no colour-only meaning, nothing the strict CSP would block."""

import re
from decimal import Decimal

from django.template import Context, Template

from programme.charts import (
    LOOKS,
    NARROW_WIDTH,
    Bar,
    BarChart,
    BarDrawing,
    Group,
    Series,
    Tile,
    TileMap,
    draw_bars,
    draw_map,
    number,
    plain,
)

MONEY = BarChart(
    key="geld",
    title="Förderung nach Quelle",
    description="Geplant und ausgegeben je Quelle.",
    unit="EUR",
    categories=("Land Hessen", "AMIF"),
    series=(
        Series("geplant", (Decimal(112000), Decimal(100000)), "planned"),
        Series("ausgegeben", (Decimal("56000.50"), Decimal(0)), "actual"),
    ),
)
MAP = TileMap(
    key="karte",
    title="Antworten",
    description="Wer kommt.",
    tiles=(
        Tile("Gießen", "Stadt Gießen", 4, 4, "coming", "kommt, 1 von 2", "/x/"),
        Tile("Schwalm-Eder", "Schwalm-Eder-Kreis", 5, 3, "open", "offen"),
    ),
    legend=(("open", "offen"), ("coming", "kommt")),
)


def draw(tag, chart):
    return Template(f"{{% {tag} chart %}}").render(Context({"chart": chart}))


def test_bars_are_as_long_as_their_values_and_carry_name_and_number():
    assert draw_bars(MONEY) == BarDrawing(
        width=560,
        height=172,
        bar_height=20,
        groups=(
            Group(
                "Land Hessen",
                18,
                (
                    Bar(26, 300.0, "planned", "#7783a8", "112.000,00 EUR geplant", 308.0, 41),
                    Bar(52, 150.0, "actual", "#1a3da5", "56.000,50 EUR ausgegeben", 158.0, 67),
                ),
            ),
            Group(
                "AMIF",
                112,
                (
                    Bar(120, 267.9, "planned", "#7783a8", "100.000,00 EUR geplant", 275.9, 135),
                    Bar(146, 0.0, "actual", "#1a3da5", "0,00 EUR ausgegeben", 8.0, 161),
                ),
            ),
        ),
    )


def test_a_chart_without_values_is_still_a_drawing():
    empty = BarChart("leer", "Leer", "Nichts.", "EUR", (), ())

    assert draw_bars(empty) == BarDrawing(width=560, height=1, bar_height=20, groups=())


def test_bars_fit_the_width_of_a_phone():
    series = Series("Anzahl", (Decimal(12), Decimal(3)), "actual")
    chart = BarChart("a", "A", "B", "Antworten", ("5 – trifft voll zu", "1"), (series,))

    drawing = draw_bars(chart, width=NARROW_WIDTH)

    assert drawing.width == 328
    assert [group.bars[0].width for group in drawing.groups] == [198.0, 49.5]
    assert drawing.groups[0].bars[0].text_x == 206.0


def test_negative_values_draw_no_bar_but_keep_their_number():
    chart = BarChart("a", "A", "B", "EUR", ("x",), (Series("s", (Decimal(-5),), "neutral"),))

    (bar,) = draw_bars(chart).groups[0].bars
    assert (bar.width, bar.text) == (0.0, "-5 EUR")


def test_the_map_starts_at_its_first_column_and_row():
    drawing = draw_map(MAP)

    assert [(placed.x, placed.y) for placed in drawing.tiles] == [(2, 62), (70, 2)]
    assert (drawing.width, drawing.height) == (136, 188)
    assert [line.text for line in drawing.tiles[1].lines] == ["Schwalm-", "Eder"]
    assert [entry.text for entry in drawing.legend] == ["offen", "kommt"]


def test_every_tone_but_neutral_has_a_sign_of_its_own():
    signs = [look.sign for tone, look in LOOKS.items() if tone != "neutral"]

    assert all(signs)
    assert len(set(signs)) == len(signs)


def test_a_drawing_is_an_image_with_title_and_description_and_no_style():
    for tag, chart in (("bar_chart", MONEY), ("tile_map", MAP)):
        html = draw(tag, chart)

        assert 'role="img"' in html
        assert f'aria-labelledby="{chart.key}-title {chart.key}-desc"' in html
        assert f'<title id="{chart.key}-title">{chart.title}</title>' in html
        assert f'<desc id="{chart.key}-desc">{chart.description}</desc>' in html
        assert "style=" not in html
        assert "<script" not in html


def test_numbers_in_the_drawing_have_points_not_commas():
    svg = draw("bar_chart_svg", MONEY)

    assert 'width="267.9"' in svg
    assert "100.000,00 EUR geplant" in svg


def test_the_same_numbers_stand_in_a_table():
    html = draw("bar_chart", MONEY)

    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 4  # drawn twice: for wide pages and for phones

    assert '<th class="kern-table__header" scope="row">Land Hessen</th>' in html
    assert ">56.000,50</td>" in html
    assert "geplant (EUR)" in html


def test_the_map_says_everything_in_its_table_too():
    html = draw("tile_map", MAP)

    assert '<a href="/x/">Stadt Gießen</a>' in html
    assert "kommt, 1 von 2" in html
    assert "Karte als Tabelle (2 Einträge)" in html


def test_names_are_escaped():
    chart = BarChart("k", "<b>", "&", "EUR", ('"x"',), (Series("s", (Decimal(1),), "land"),))

    assert "<b>" not in draw("bar_chart", chart)


def test_a_chart_of_counts_names_its_columns_without_repeating_the_unit():
    counts = Series("Antworten", (Decimal(1),), "actual")

    html = draw("bar_chart", BarChart("k", "A", "B", "Antworten", ("5",), (counts,), axis="Stufe"))
    plain = draw("bar_chart", BarChart("k", "A", "B", "", ("5",), (counts,)))

    assert ">Stufe</th>" in html
    assert ">Antworten</th>" in html
    assert "Angaben in" not in plain
    assert "()" not in plain


def test_a_number_in_a_drawing_is_rounded_and_not_cut_off():
    third = Decimal(2) / 3

    assert (number(third), number(third, 1), plain(third)) == ("0,67", "0,7", "0,67")
    assert (number(Decimal("1234.5")), plain(Decimal("23.30"))) == ("1.234,50", "23,3")
