"""The legal pages: required parts, contact data, every form listed."""

import pytest
from django.urls import reverse

from programme.models import LegalNotice, LegalPage
from programme.queries import privacy
from programme.services import master_data

pytestmark = pytest.mark.django_db

LEGAL_PAGES = ("legal_notice", "privacy", "accessibility", "easy_language", "sign_language")


@pytest.mark.parametrize("name", LEGAL_PAGES)
def test_every_legal_page_is_public_and_costs_few_queries(
    client, django_assert_max_num_queries, name
):
    master_data.load()

    with django_assert_max_num_queries(4):
        response = client.get(reverse(f"programme:{name}"))

    assert response.status_code == 200
    assert response.content.decode().count("<h1") == 1


@pytest.mark.parametrize("name", LEGAL_PAGES)
def test_before_loading_a_legal_page_is_missing(client, name):
    assert client.get(reverse(f"programme:{name}")).status_code == 404


def test_the_legal_notice_shows_the_contact_data_as_edited(client):
    master_data.load()
    LegalNotice.objects.update(phone="0611 000", legal_representative="Vertretung Müller")

    text = client.get(reverse("programme:legal_notice")).content.decode()

    assert "Hessisches Ministerium für Arbeit, Integration, Jugend und Soziales" in text
    assert "Sonnenberger Straße 2/2a" in text
    assert "0611 000" in text
    assert "Vertretung Müller" in text
    assert "§ 5 DDG" in text


def test_the_accessibility_statement_has_its_seven_parts(client):
    master_data.load()

    text = client.get(reverse("programme:accessibility")).content.decode()

    for part in (
        "Geltungsbereich",
        "Rechtsgrundlage",
        "Stand der Vereinbarkeit",
        "Nicht barrierefreie Inhalte",
        "Unverhältnismäßige Belastung",
        "Nicht im Geltungsbereich",
        "Selbstbewertung",
        "Barriere melden und Rückmeldung geben",
        "Durchsetzungsverfahren",
        "lbit.hessen.de",
    ):
        assert part in text


def test_the_privacy_page_lists_forms_and_storage_periods_of_the_portal(client):
    master_data.load()

    text = client.get(reverse("programme:privacy")).content.decode()

    for entry in (*privacy.public_forms(), *privacy.internal_forms()):
        assert entry.purpose in text
    assert "Eine Barriere melden" in text
    for record in privacy.personal_records():
        assert record.label in text
        assert record.keep in text
    for part in ("Verantwortlich", "Ihre Rechte", "Beschwerde", "Cookies", "Drittländer"):
        assert part in text


def test_an_edited_text_survives_loading_again(client):
    master_data.load()
    LegalPage.objects.filter(kind="impressum").update(body="## Eigener Text")

    master_data.load()

    assert "Eigener Text" in client.get(reverse("programme:legal_notice")).content.decode()


def test_every_form_of_the_portal_says_what_it_is_for():
    unnamed = [page.__qualname__ for page in privacy.form_pages() if not page.purpose]

    assert unnamed == []
