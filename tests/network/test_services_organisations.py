"""Contacts of the directory."""

import pytest

from network.enums import ContactKind
from network.rules.contacts import Details
from network.services import organisations
from programme.errors import RuleBroken
from programme.models import AuditEntry
from tests.factories.network import ContactFactory, OrganisationFactory
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.django_db


def test_a_contact_is_entered():
    office = OrganisationFactory()
    details = Details(email="abh@example.org", name="Öznur Groß", function="Leitung")

    contact = organisations.add_contact(organisation=office, details=details, by=UserFactory())

    assert (contact.name, contact.kind, contact.is_active) == ("Öznur Groß", ContactKind.MAIN, True)
    assert AuditEntry.objects.get().verb == "contact.added"


def test_the_same_address_is_refused_however_it_is_written():
    contact = ContactFactory(email="abh@example.org")
    details = Details(email="ABH@example.org", name="Jörg Weiß")

    with pytest.raises(RuleBroken) as broken:
        organisations.add_contact(
            organisation=contact.organisation, details=details, by=UserFactory()
        )

    assert broken.value.field == "email"


def test_a_contact_can_be_laid_to_rest_with_its_own_address():
    contact = ContactFactory()
    details = Details(email=contact.email, name=contact.name, is_active=False)

    organisations.change_contact(contact=contact, details=details, by=UserFactory())

    contact.refresh_from_db()
    assert not contact.is_active


def test_a_contact_cannot_take_the_address_of_another():
    first = ContactFactory()
    second = ContactFactory(organisation=first.organisation)

    with pytest.raises(RuleBroken):
        organisations.change_contact(
            contact=second, details=Details(email=first.email, name="x"), by=UserFactory()
        )
