"""Home and programme page: with data, without data, with bounded queries."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from network.enums import MeetingStatus
from publications.enums import EditionStatus
from sites.enums import SiteStatus
from tests.factories.network import (
    MeetingFactory,
    OrganisationFactory,
)
from tests.factories.programme import (
    FieldOfActionFactory,
    FundingSourceFactory,
)
from tests.factories.publications import EditionFactory, PublicationFactory
from tests.factories.sites import (
    SiteFactory,
)

HELD = datetime(2016, 9, 16, 8, 0, tzinfo=UTC)


def edition(programme, **more):
    publication = PublicationFactory(programme=programme, slug="abschlussbericht")
    return EditionFactory(
        publication=publication,
        number=1,
        status=EditionStatus.PUBLISHED,
        published_at=HELD,
        pdf_pages=40,
        pdf_bytes=2_100_000,
        **more,
    )


@pytest.mark.parametrize("name", ["dashboard:home", "dashboard:programme"])
def test_public_pages_stand_without_any_data(client, db, name):
    response = client.get(reverse(name))

    assert response.status_code == 200
    assert "Noch keine Daten geladen" in response.content.decode()


def test_home_counts_sites_offices_meetings_and_money(client, programme):
    SiteFactory(programme=programme, status=SiteStatus.COMPLETED)
    SiteFactory(programme=programme, status=SiteStatus.WITHDRAWN)
    OrganisationFactory()
    MeetingFactory(programme=programme, status=MeetingStatus.HELD, starts_at=HELD, ends_at=None)
    FundingSourceFactory(programme=programme)
    FundingSourceFactory(programme=programme, amif=True)

    figures = client.get(reverse("dashboard:home")).context["home"].figures

    assert (figures.coached_sites, figures.organisations, figures.meetings) == (1, 3, 1)
    assert figures.granted_eur == Decimal("212000.00")
    assert figures.granted_label == "ca. 212.000"


def test_home_offers_the_report_with_size_and_pages_in_one_click(client, programme):
    edition(programme)

    html = client.get(reverse("dashboard:home")).content.decode()

    assert reverse("publications:edition_pdf", args=["abschlussbericht", 1]) in html
    assert "40 Seiten, 2,1 MB" in html


def test_home_announces_the_next_published_meeting_only(client, programme):
    MeetingFactory(programme=programme, status=MeetingStatus.DRAFT, title="Geheimes Treffen")
    MeetingFactory(programme=programme, title="Fachaustausch Terminvergabe")

    html = client.get(reverse("dashboard:home")).content.decode()

    assert "Fachaustausch Terminvergabe" in html
    assert "Geheimes Treffen" not in html


@pytest.mark.parametrize("amount", [1, 3])
def test_home_costs_four_queries_for_any_amount(
    client, programme, amount, django_assert_num_queries
):
    SiteFactory.create_batch(amount, programme=programme, status=SiteStatus.COMPLETED)
    MeetingFactory.create_batch(amount, programme=programme)
    edition(programme)

    with django_assert_num_queries(4):
        client.get(reverse("dashboard:home"))


@pytest.mark.parametrize("amount", [1, 3])
def test_the_programme_page_costs_three_queries_for_any_amount(
    client, programme, amount, django_assert_num_queries
):
    FieldOfActionFactory.create_batch(amount)
    MeetingFactory.create_batch(
        amount, programme=programme, status=MeetingStatus.HELD, starts_at=HELD, ends_at=None
    )

    with django_assert_num_queries(3):
        client.get(reverse("dashboard:programme"))


def test_the_programme_page_tells_documented_events_in_their_order(client, programme):
    MeetingFactory(
        programme=programme,
        status=MeetingStatus.HELD,
        starts_at=HELD,
        ends_at=None,
        title="2. Landesnetzwerktreffen",
    )

    about = client.get(reverse("dashboard:programme")).context["about"]

    assert [(step.when, step.title) for step in about.milestones] == [
        ("Oktober 2015", "Das Programm beginnt"),
        ("16.09.2016", "2. Landesnetzwerktreffen"),
        ("Juni 2017", "Die Laufzeit endet"),
    ]
