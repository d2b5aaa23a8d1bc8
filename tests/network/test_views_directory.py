"""The directory finds, shows and keeps contacts."""

from datetime import date

import pytest
from django.urls import reverse

from network.models import Contact, Organisation, PublicBody
from network.services import master_data
from tests.factories.network import (
    ContactFactory,
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    PublicBodyFactory,
)

pytestmark = pytest.mark.django_db


def found(client, **filters):
    page = client.get(reverse("network:directory"), filters)
    return {row.slug for row in page.context["paginator"].object_list}


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


def test_search_finds_contacts_and_states_narrow(office, programme):
    fulda = OrganisationFactory(slug="fulda")
    ContactFactory(organisation=fulda, kind="deputy", name="Jörg Weiß", email="j@example.org")
    ContactFactory(
        organisation__slug="giessen", kind="mailbox", name="", email="abh.giessen@example.org"
    )
    OrganisationFactory(slug="alt", valid_to=date(2024, 2, 29))
    OrganisationFactory(slug="doppelt", merged_into=fulda)

    assert found(office, search="joerg weiss") == {"fulda"}
    assert found(office, search="abh.giessen@") == {"giessen"}
    assert found(office, state="unaddressed") == {"fulda"}
    assert found(office, state="ended") == {"alt", "doppelt"}
    assert found(office, state="all") == {"fulda", "giessen", "alt", "doppelt"}
    assert found(office) == {"fulda", "giessen"}


def test_the_directory_turns_its_pages(office, programme):
    master_data.load(programme=programme)
    address = reverse("network:directory")

    assert len(office.get(address).context["organisations"]) == 25
    assert len(office.get(address, {"seite": 2}).context["organisations"]) == 15
    assert office.get(address, {"seite": 3}).status_code == 404


@pytest.mark.parametrize("amount", [1, 3])
def test_an_organisation_costs_the_same_for_any_amount(
    office, amount, django_assert_num_queries, programme
):
    organisation = OrganisationFactory()
    for _ in range(amount):
        ContactFactory(organisation=organisation)
        MembershipFactory(organisation=organisation)
        PublicBodyFactory(office=organisation)
        InvitationFactory(organisation=organisation, meeting__programme=programme)

    with django_assert_num_queries(9):
        office.get(reverse("network:organisation", args=[organisation.slug]))


def test_a_merged_organisation_leads_to_the_one_that_stays(office):
    stays = OrganisationFactory()
    merged = OrganisationFactory(merged_into=stays)

    page = office.get(reverse("network:organisation", args=[merged.slug]))

    assert page["Location"] == reverse("network:organisation", args=[stays.slug])


def test_a_guest_is_entered_changed_ended_and_taken_back(office):
    data = {
        "kind": "guest",
        "name": "Bundesamt für Größe",
        "short_name": "BfG",
        "valid_from": "2024-02-29",
    }

    office.post(reverse("network:add_organisation"), data)
    office.post(reverse("network:change_organisation", args=["bfg"]), data | {"city": "Köln"})
    office.post(reverse("network:end_organisation", args=["bfg"]), {"last_day": "28.02.2025"})
    ended = Organisation.objects.get()
    office.post(reverse("network:reopen_organisation", args=["bfg"]))

    assert (ended.city, ended.valid_from, ended.valid_to) == (
        "Köln",
        date(2024, 2, 29),
        date(2025, 2, 28),
    )
    assert Organisation.objects.get().valid_to is None


def test_a_date_that_is_none_keeps_what_was_typed(office):
    data = {"kind": "guest", "name": "Straßenamt", "short_name": "S", "valid_from": "29.02.2023"}

    page = office.post(reverse("network:add_organisation"), data)

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"valid_from"}
    assert "Straßenamt" in page.content.decode()


def test_the_page_of_the_end_says_what_stands_against_it(office, programme):
    organisation = InvitationFactory(meeting__programme=programme).organisation
    address = reverse("network:end_organisation", args=[organisation.slug])

    page = office.post(address, {"last_day": "01.06.2026"})

    assert page.status_code == 422
    assert "eingeladen" in str(page.context["form"].non_field_errors())
    assert "eingeladen" in office.get(address).content.decode()


def test_hanau_changes_its_status_by_form(office, programme):
    master_data.load(programme=programme)
    PublicBody.objects.get(key="06415000").delete()
    PublicBody.objects.filter(key="06435014").update(valid_to=None)
    body = PublicBody.objects.get(key="06435014")
    data = {
        "from_day": "01.01.2026",
        "kind": "independent_city",
        "name": "Hanau",
        "short_name": "HU",
        "key": "06415000",
        "office": body.office_id,
    }

    office.post(reverse("network:change_body", args=["hanau", body.pk]), data)

    body.refresh_from_db()
    assert body.valid_to == date(2025, 12, 31)
    assert PublicBody.objects.get(key="06415000").kind == "independent_city"


def test_a_body_is_entered_and_ended_by_form(office):
    organisation = OrganisationFactory()
    data = {
        "from_day": "29.02.2024",
        "kind": "district",
        "name": "Kreis Größe",
        "short_name": "GRÖ",
        "key": "06499",
        "region": "kassel",
        "seat": "Größe",
        "latitude": "50,1",
        "longitude": "8,9",
        "tile_column": "3",
        "tile_row": "4",
    }

    office.post(reverse("network:add_body", args=[organisation.slug]), data)
    body = PublicBody.objects.get()
    office.post(
        reverse("network:end_body", args=[organisation.slug, body.pk]), {"last_day": "31.12.2025"}
    )

    body.refresh_from_db()
    assert (body.name, body.valid_from, body.valid_to) == (
        "Kreis Größe",
        date(2024, 2, 29),
        date(2025, 12, 31),
    )


def test_a_body_of_another_office_is_not_found(office):
    body, other = PublicBodyFactory(), OrganisationFactory()

    assert office.get(reverse("network:change_body", args=[other.slug, body.pk])).status_code == 404


def test_a_contact_is_deleted(office):
    contact = ContactFactory()

    office.post(reverse("network:remove_contact", args=[contact.organisation.slug, contact.pk]))

    assert not Contact.objects.exists()
