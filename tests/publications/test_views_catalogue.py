"""The catalogue: what there is, and honestly what there is not yet."""

import pytest
from django.urls import reverse

from publications.enums import EditionStatus
from tests.factories.publications import EditionFactory, OrderItemFactory, PublicationFactory

pytestmark = pytest.mark.django_db


def edition_of(publication, **columns):
    return EditionFactory(
        publication=publication,
        status=EditionStatus.PUBLISHED,
        pdf_bytes=1_234_567,
        pdf_pages=42,
        **columns,
    )


@pytest.mark.parametrize("amount", [1, 3])
def test_the_catalogue_costs_the_same_for_any_amount(
    client, programme, amount, django_assert_num_queries
):
    for publication in PublicationFactory.create_batch(amount, programme=programme):
        edition_of(publication)

    with django_assert_num_queries(3):
        response = client.get(reverse("publications:publications"))

    assert len(response.context["entries"]) == amount


@pytest.mark.parametrize("amount", [1, 3])
def test_a_title_costs_the_same_for_any_amount(
    client, programme, amount, django_assert_num_queries
):
    publication = PublicationFactory(programme=programme)
    for _ in range(amount):
        edition_of(publication)
        OrderItemFactory(publication=publication)

    with django_assert_num_queries(4):
        response = client.get(reverse("publications:publication", args=[publication.slug]))

    assert len(response.context["page"].editions) == amount


def test_the_newest_edition_shows_size_and_pages_before_the_download(client, programme):
    publication = PublicationFactory(programme=programme)
    edition_of(publication, number=1)
    edition_of(publication, number=2)

    response = client.get(reverse("publications:publication", args=[publication.slug]))

    assert response.context["page"].newest.number == 2
    page = response.content.decode()
    assert "1,2 MB" in page
    assert "42 Seiten" in page
    assert "PDF/UA-1" in page


@pytest.mark.parametrize(
    ("stock", "says"), [(0, "Noch keine Ausgabe veröffentlicht"), (5, "Bisher nur gedruckt")]
)
def test_without_an_edition_the_page_says_so(client, programme, stock, says):
    publication = PublicationFactory(programme=programme, stock=stock)
    EditionFactory(publication=publication, status=EditionStatus.RENDERING)

    page = client.get(reverse("publications:publication", args=[publication.slug])).content.decode()

    assert says in page


def test_without_stock_nothing_can_be_ordered(client, programme):
    publication = PublicationFactory(programme=programme, stock=0)

    page = client.get(reverse("publications:publication", args=[publication.slug])).content.decode()
    order = client.get(reverse("publications:order", args=[publication.slug])).content.decode()

    assert "Zurzeit sind keine gedruckten Exemplare verfügbar." in page
    assert "Zurzeit vergriffen" in order


def test_an_unknown_title_is_missing(client, programme):
    for name in ("publication", "order"):
        assert client.get(reverse(f"publications:{name}", args=["fehlt"])).status_code == 404
