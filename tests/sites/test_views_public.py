"""What the public sees: designed pages, few queries, nothing that is not meant for it."""

from decimal import Decimal

import pytest
from django.urls import reverse

from sites.enums import Balance, SiteStatus
from tests.factories.sites import (
    CoachingDayFactory,
    GoalFactory,
    LegalNormFactory,
    MeasureFactory,
    MeasureUpdateFactory,
    SiteFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("amount", [1, 3])
def test_the_list_costs_the_same_for_any_amount(
    client, programme, amount, django_assert_num_queries
):
    for site in SiteFactory.create_batch(amount, programme=programme):
        MeasureFactory(site=site)
        CoachingDayFactory(site=site)

    with django_assert_num_queries(3):
        response = client.get(reverse("sites:sites"))

    assert [entry.coaching.days for entry in response.context["coached"]] == [1] * amount


@pytest.mark.parametrize("amount", [1, 3])
def test_a_site_page_costs_the_same_for_any_amount(
    client, programme, amount, django_assert_num_queries
):
    site = SiteFactory(programme=programme)
    MeasureFactory.create_batch(amount, site=site)
    CoachingDayFactory.create_batch(amount, site=site)

    with django_assert_num_queries(4):
        response = client.get(reverse("sites:site", args=[site.slug]))

    assert response.context["page"].measures == amount
    assert response.context["page"].coaching.days == amount


def test_a_site_page_shows_forty_measures_and_leads_to_the_others(client, programme):
    site = SiteFactory(programme=programme, slug="giessen")
    MeasureFactory.create_batch(43, site=site)

    page = client.get(reverse("sites:site", args=["giessen"]))

    assert (page.context["page"].measures, page.context["page"].left_out) == (43, 3)
    assert f"{reverse('sites:balance')}?standort=giessen" in page.content.decode()


def test_a_site_page_tells_goals_effects_with_n_effort_and_legal_bases(client, programme):
    site = SiteFactory(programme=programme)
    GoalFactory(site=site, title="Kürzere Wege", status="reached", status_note="Seit Mai erreicht.")
    GoalFactory(site=site, title="Nur für uns", is_public=False)
    measure = MeasureFactory(site=site, effect="Ein Drittel schneller", effect_n=120)
    measure.norms.add(LegalNormFactory(norm="§ 44a AufenthG"))
    MeasureUpdateFactory(measure=measure, hours=Decimal("12.5"))

    page = client.get(reverse("sites:site", args=[site.slug])).content.decode()

    for words in (
        "Kürzere Wege</strong> (erreicht)",
        "Seit Mai erreicht.",
        'Ein Drittel schneller <span class="whole">(n = 120)</span>',
        "12,5 Stunden",
        "§ 44a AufenthG",
    ):
        assert words in page
    assert "Nur für uns" not in page


def test_the_list_separates_coached_selected_and_withdrawn_and_hides_applied(client, programme):
    for name, status in [
        ("Gießen", SiteStatus.COMPLETED),
        ("Kassel", SiteStatus.ACTIVE),
        ("Fulda", SiteStatus.SELECTED),
        ("Lahn-Dill-Kreis", SiteStatus.WITHDRAWN),
        ("Musterkreis", SiteStatus.APPLIED),
    ]:
        SiteFactory(programme=programme, name=name, status=status)

    context = client.get(reverse("sites:sites")).context

    assert [entry.site.name for entry in context["coached"]] == ["Gießen", "Kassel"]
    assert [entry.site.name for entry in context["selected"]] == ["Fulda"]
    assert [entry.site.name for entry in context["withdrawn"]] == ["Lahn-Dill-Kreis"]


def test_a_measure_stands_on_the_page_with_its_balance_in_words(client, programme):
    site = SiteFactory(programme=programme)
    MeasureFactory(
        site=site,
        title="Größere Schilder",
        balance=Balance.MORE_INTEGRATION,
        reconciliation="Fluchtwege blieben frei.",
    )

    page = client.get(reverse("sites:site", args=[site.slug])).content.decode()

    assert "Größere Schilder" in page
    assert "Dient eher Integrationsaufgaben" in page
    assert "Fluchtwege blieben frei." in page


def test_what_is_internal_stays_internal(client, programme):
    site = SiteFactory(programme=programme)
    MeasureFactory(site=site, title="Nur intern", is_public=False)
    day = CoachingDayFactory(
        site=site, hours=Decimal("6.50"), topic="Vertraulich", happened="Streit im Team"
    )

    page = client.get(reverse("sites:site", args=[site.slug])).content.decode()

    assert "6,5" in page
    for secret in ("Nur intern", "Vertraulich", "Streit im Team", day.coach.full_name):
        assert secret not in page


def test_a_withdrawn_site_says_that_nothing_more_is_published(client, programme):
    site = SiteFactory(programme=programme, status=SiteStatus.WITHDRAWN)

    page = client.get(reverse("sites:site", args=[site.slug])).content.decode()

    assert "Zeitpunkt und Grund sind nicht veröffentlicht." in page


def test_a_selected_site_says_that_its_coaching_has_not_begun(client, programme):
    site = SiteFactory(programme=programme, status=SiteStatus.SELECTED)

    page = client.get(reverse("sites:site", args=[site.slug])).content.decode()

    assert "Die Begleitung hat noch nicht begonnen." in page
    assert "key-figures" not in page


def test_unknown_and_applied_sites_are_missing(client, programme):
    site = SiteFactory(programme=programme, status=SiteStatus.APPLIED)

    assert client.get(reverse("sites:site", args=[site.slug])).status_code == 404
    assert client.get(reverse("sites:site", args=["gibt-es-nicht"])).status_code == 404


def test_before_the_selection_the_list_says_so(client, programme):
    assert "Noch keine Standorte" in client.get(reverse("sites:sites")).content.decode()


def test_text_of_users_is_escaped(client, programme):
    site = SiteFactory(programme=programme)
    MeasureFactory(site=site, title="<script>alert(1)</script>")

    page = client.get(reverse("sites:site", args=[site.slug])).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
