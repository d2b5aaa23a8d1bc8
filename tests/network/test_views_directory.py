"""The directory finds, shows and keeps contacts."""

import pytest
from django.urls import reverse

from network.models import Contact, Organisation
from network.services import master_data
from programme.enums import Role
from tests.factories.network import ContactFactory, InvitationFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(signed_in, programme):
    return signed_in(Role.OFFICE)


def found(client, **filters):
    page = client.get(reverse("network:directory"), filters)
    return {row.slug for row in page.context["organisations"]}


def test_search_knows_umlauts_bodies_and_keys(office, programme):
    master_data.load(programme=programme)

    assert found(office, search="giessen") == {"giessen", "landkreis-giessen", "rp-giessen"}
    assert found(office, search="LANDKREIS GIESSEN") == {"landkreis-giessen"}
    assert found(office, search="06633") == {"kassel"}
    assert found(office, search="xyz") == set()


def test_filters_narrow_and_nonsense_is_ignored(office, programme):
    master_data.load(programme=programme)

    assert found(office, kind="regional_authority", region="kassel") == {"rp-kassel"}
    assert len(found(office, kind="x", region="\x00", search="y" * 500)) == 40


@pytest.mark.parametrize("amount", [1, 3])
def test_the_directory_costs_the_same_for_any_amount(office, amount, django_assert_num_queries):
    for _ in range(amount):
        ContactFactory()

    with django_assert_num_queries(7):
        page = office.get(reverse("network:directory"))

    assert len(page.context["organisations"]) == amount


def test_an_organisation_shows_the_history_of_its_bodies(office, programme):
    master_data.load(programme=programme)
    hanau = Organisation.objects.get(slug="hanau")
    InvitationFactory(organisation=hanau, meeting__programme=programme)
    ContactFactory(organisation=hanau)

    text = office.get(reverse("network:organisation", args=["hanau"])).content.decode()

    assert "06435014, Sitz Hanau (bis 31. Dezember 2025)" in text
    assert "06415000, Sitz Hanau (seit 1. Januar 2026)" in text
    assert "Öznur Groß" in text
    assert "eingeladen am" in text


def test_a_contact_is_entered_and_laid_to_rest(office):
    organisation = OrganisationFactory()
    data = {"kind": "main", "name": "Öznur Groß", "email": "oe@example.org", "is_active": "on"}

    office.post(reverse("network:add_contact", args=[organisation.slug]), data)
    contact = Contact.objects.get()
    del data["is_active"]
    office.post(
        reverse("network:edit_contact", args=[organisation.slug, contact.pk]), data, follow=True
    )

    contact.refresh_from_db()
    assert (contact.organisation, contact.is_active) == (organisation, False)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "keine Adresse"}, "email"),
        ({"email": "schon@example.org"}, "email"),
        ({"name": ""}, "name"),
        ({"kind": "x"}, "kind"),
    ],
)
def test_wrong_contact_data_is_named_at_its_field(office, changes, field):
    organisation = ContactFactory(email="schon@example.org").organisation
    data = {"kind": "main", "name": "Jörg Weiß", "email": "neu@example.org"} | changes

    page = office.post(reverse("network:add_contact", args=[organisation.slug]), data)

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {field}


def test_a_contact_of_another_organisation_is_not_found(office):
    contact, other = ContactFactory(), OrganisationFactory()

    address = reverse("network:edit_contact", args=[other.slug, contact.pk])

    assert office.get(address).status_code == 404
