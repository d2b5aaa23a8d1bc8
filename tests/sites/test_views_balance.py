"""The balance of all sites and how others solved it, for everybody."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from sites.enums import Balance, SiteStatus
from sites.rules.balance import FieldBalance, chart, sentence
from sites.rules.effects import states_figures, told_n, with_n
from tests.factories.programme import FieldOfActionFactory
from tests.factories.sites import (
    LegalNormFactory,
    MeasureFactory,
    MeasureUpdateFactory,
)

URL = reverse("sites:balance")


@pytest.mark.django_db
@pytest.mark.parametrize("amount", [1, 3, 60])
def test_the_balance_costs_four_queries_for_any_amount(
    client, site, amount, django_assert_num_queries
):
    norm = LegalNormFactory()
    for measure in MeasureFactory.create_batch(amount, site=site, balance=Balance.BOTH):
        measure.norms.add(norm)
        MeasureUpdateFactory(measure=measure, hours=Decimal("2.5"))

    with django_assert_num_queries(4):
        response = client.get(URL)

    assert len(response.context["solutions"]) == min(amount, 25)
    assert "2,5 Stunden" in response.content.decode()


@pytest.mark.django_db
def test_a_reader_narrows_the_measures_by_field_weight_norm_and_site(client, programme, site):
    field = FieldOfActionFactory(key="networking", title="Vernetzung")
    norm = LegalNormFactory(key="kurs", norm="§ 44a AufenthG")
    other = MeasureFactory(site__programme=programme, balance=Balance.ORDER)
    mine = MeasureFactory(
        site=site,
        field_of_action=field,
        balance=Balance.INTEGRATION,
        reconciliation="Über die Pflicht entscheidet die Behörde.",
        effect="120 Verweise",
        effect_n=120,
    )
    mine.norms.add(norm)

    def found(**query):
        return [row.measure for row in client.get(URL, query).context["solutions"]]

    assert set(found()) == {other, mine}
    assert found(handlungsfeld="networking") == [mine]
    assert found(gewicht="ordnung") == [other]
    assert found(norm="kurs") == [mine]
    assert found(standort="giessen") == [mine]
    assert found(standort="giessen", gewicht="ordnung") == []
    assert set(found(norm="gibt-es-nicht")) == {other, mine}
    page = client.get(URL, {"norm": "kurs"}).content.decode()
    for words in ("Über die Pflicht entscheidet", "§ 44a AufenthG", "n = 120", "Gießen"):
        assert words in page


@pytest.mark.django_db
def test_only_public_measures_of_visible_sites_and_norms_of_the_run_time_are_told(
    client, programme, site
):
    MeasureFactory(site=site, is_public=False)
    MeasureFactory(site__programme=programme, site__status=SiteStatus.APPLIED)
    LegalNormFactory(norm="§ 81a AufenthG", in_force_from=date(2020, 3, 1))

    response = client.get(URL)

    assert response.context["solutions"] == []
    page = response.content.decode()
    assert "Noch keine Maßnahme" in page
    assert "§ 81a AufenthG" not in page


def test_one_sentence_tells_the_balance():
    first = FieldBalance("Vernetzung", {-2: 1, -1: 1, 0: 2, None: 1})
    second = FieldBalance("Kompetenzen", {2: 1})

    assert sentence([first, second]) == (
        "Von 6 veröffentlichten Maßnahmen dienen 2 eher Ordnungsaufgaben, 2 beiden gleichermaßen "
        "und 1 eher Integrationsaufgaben; 1 ist nicht eingeschätzt."
    )
    assert sentence([second]) == (
        "Von einer veröffentlichten Maßnahme dient 1 eher Integrationsaufgaben."
    )
    assert sentence([]).startswith("Noch ist zu keiner")


def test_the_chart_has_three_bars_a_field():
    drawn = chart([FieldBalance("Vernetzung", {-2: 1, 0: 2, None: 3})], description="Satz")

    assert drawn.categories == ("Vernetzung",)
    assert [(row.name, row.values) for row in drawn.series] == [
        ("eher Ordnung", (Decimal(1),)),
        ("beiden gleich", (Decimal(2),)),
        ("eher Integration", (Decimal(0),)),
    ]


@pytest.mark.parametrize(
    ("effect", "told"),
    [
        ("Um 20 Minuten kürzer", True),
        ("2016 waren es 40 Prozent weniger", True),
        ("Seit Dezember 2016 deutlich kürzer", False),
        ("Ab dem 29.02.2016 gilt § 44a AufenthG, montags bis 12 Uhr", False),
        ("Am 3. März begonnen", False),
        ("Deutlich kürzer", False),
    ],
)
def test_figures_in_an_effect_ask_for_n_days_and_paragraphs_do_not(effect, told):
    assert states_figures(effect) is told


def test_an_effect_tells_its_n_but_no_small_one():
    assert [told_n(n) for n in (None, 0, 4, 5)] == [
        "",
        "n kleiner als 5",
        "n kleiner als 5",
        "n = 5",
    ]
    assert with_n("Kürzer", 120) == "Kürzer (n\u00a0=\u00a0120)"
    assert with_n("Kürzer", None) == "Kürzer"
