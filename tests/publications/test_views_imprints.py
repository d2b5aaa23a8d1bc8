"""Imprint and identifiers: written once, frozen with the edition, two writers never collide."""

from datetime import date

import pytest
from django.urls import reverse

from programme import clock
from publications.enums import EditionStatus
from publications.models import Edition, Imprint
from publications.services import editions
from tests.factories.publications import EditionFactory, PublicationFactory
from tests.pages import keyed, summary_of, text
from tests.publications import world

pytestmark = pytest.mark.django_db
WRITTEN = {
    "editor_name": "Ministerium für Größe",
    "responsible": "Käthe Strauß",
    "editing": "Referat V 3",
    "layout": "Büro Maß",
    "photo_credits": "Seite 3: Jörg Ünal",
    "printer": "Druckerei Süß",
    "print_run": "1500",
    "as_of": "2017-06-30",
    "order_address": "Poststelle",
    "isbn": "978-3-16-148410-0",
    "doi": "https://doi.org/10.5555/bericht",
    "licence": "cc-by/4.0",
    "keywords": "Ausländerbehörde, Größe",
}


@pytest.fixture
def office(client):
    """A signed-in person of the programme team."""
    client.force_login(world.office_person())
    return client


def address(publication):
    return reverse("publications:edit_imprint", args=[publication.slug])


def test_the_imprint_is_kept_with_tidy_identifiers(office, programme):
    publication = PublicationFactory(programme=programme)

    response = office.post(address(publication), keyed(WRITTEN, seen="0"))

    assert response.status_code == 302
    imprint = Imprint.objects.get()
    assert (imprint.version, imprint.print_run, imprint.as_of) == (1, 1500, date(2017, 6, 30))
    assert (imprint.isbn, imprint.doi) == ("978-3-16-148410-0", "10.5555/bericht")


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("isbn", "978-3-16-148410-1", "Die Prüfziffer dieser ISBN stimmt nicht."),
        ("doi", "unbekannt", "Eine DOI beginnt mit"),
        ("print_run", "0", "größer oder gleich"),
        ("as_of", "31.02.2017", "gültiges Datum"),
        ("licence", "frei", "gültige Auswahl"),
    ],
)
def test_a_wrong_value_is_told_at_its_field_and_nothing_is_lost(
    office, programme, field, value, told
):
    publication = PublicationFactory(programme=programme)

    response = office.post(address(publication), keyed(WRITTEN | {field: value}, seen="0"))

    assert response.status_code == 422
    assert told in " ".join(response.context["form"].errors[field])
    assert "Büro Maß" in text(response)
    assert not Imprint.objects.exists()


def test_two_people_who_save_at_once_see_both_versions(office, programme):
    publication = PublicationFactory(programme=programme)
    office.post(address(publication), keyed(WRITTEN, seen="0"))

    response = office.post(address(publication), keyed(WRITTEN | {"layout": "Atelier"}, seen="0"))

    assert response.status_code == 422
    assert "Zwei Fassungen" in text(response)
    assert Imprint.objects.get().layout == "Büro Maß"
    again = keyed(WRITTEN | {"layout": "Atelier"}, seen=response.context["form"].data["seen"])
    office.post(address(publication), again)
    assert Imprint.objects.get().layout == "Atelier"


def test_an_edition_freezes_the_imprint_and_takes_the_isbn(office):
    report, by = world.compiled()
    office.post(address(report), keyed(WRITTEN, seen="0"))
    world.sign(report)

    edition = editions.publish(publication=report, by=by)

    frozen = edition.snapshot
    assert edition.isbn == "978-3-16-148410-0"
    assert frozen["edition"]["dated"] == "2017-06-30"
    (block,) = [
        block
        for chapter in frozen["chapters"]
        for block in chapter["blocks"]
        if block["kind"] == "imprint"
    ]
    assert block["data"]["imprint"] == frozen["imprint"]
    assert frozen["imprint"]["publisher_name"] == "Ministerium für Größe"
    assert frozen["imprint"]["licence"] == "cc-by/4.0"
    Edition.objects.update(status=EditionStatus.PUBLISHED, published_at=clock.now())
    page = text(office.get(reverse("publications:edition", args=[report.slug, edition.number])))
    for told in ("Referat V 3", "Büro Maß", "Seite 3: Jörg Ünal", "1.500 Exemplare", "Süß"):
        assert told in page


def test_the_isbn_of_another_edition_is_refused(office, programme):
    EditionFactory(isbn="9783161484100")
    publication = PublicationFactory(programme=programme)

    response = office.post(address(publication), keyed(WRITTEN, seen="0"))

    assert "Jede Ausgabe braucht eine eigene." in summary_of(response.content.decode())[0]


def test_an_edition_gets_its_identifiers_later(office, programme):
    edition = EditionFactory(
        publication__programme=programme,
        status=EditionStatus.PUBLISHED,
        published_at=clock.now(),
    )
    url = reverse("publications:edit_identifiers", args=[edition.publication.slug, edition.number])
    values = {"isbn": "", "doi": "10.5555/x", "urn": "urn:nbn:de:gbv:089-3321752946"}

    wrong = office.post(url, keyed(values))
    right = office.post(url, keyed(values | {"urn": "urn:nbn:de:gbv:089-3321752945"}))

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "Die Prüfziffer dieser URN stimmt nicht." in text(wrong)
    edition.refresh_from_db()
    assert (edition.doi, edition.urn) == ("10.5555/x", "urn:nbn:de:gbv:089-3321752945")
    assert edition.described_at is not None


def test_the_forms_stay_within_their_budget(office, programme, django_assert_max_num_queries):
    edition = EditionFactory(publication__programme=programme, status=EditionStatus.PUBLISHED)
    slug = edition.publication.slug

    for url in (
        reverse("publications:edit_imprint", args=[slug]),
        reverse("publications:edit_identifiers", args=[slug, edition.number]),
    ):
        with django_assert_max_num_queries(12):
            assert office.get(url).status_code == 200
