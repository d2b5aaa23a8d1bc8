"""Organisations and contacts of the directory."""

from datetime import UTC, date, datetime

import pytest

from network.enums import ContactKind, OrganisationKind
from network.models import Contact, Organisation
from network.rules.contacts import Details
from network.rules.organisations import OrganisationDetails
from network.services import organisations
from programme.errors import RuleBroken
from programme.models import AuditEntry
from tests.factories.network import (
    ContactFactory,
    InvitationFactory,
    MeetingFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.django_db

GUEST = OrganisationDetails(
    kind=OrganisationKind.GUEST,
    name="Bundesamt für Größe und Maß",
    short_name="BAfGM",
    valid_from=date(2024, 2, 29),
)


def changed(**columns):
    return OrganisationDetails(**GUEST.columns() | columns)


def test_a_guest_is_entered_with_its_contact_and_can_be_invited_at_once():
    details = Details(email="poststelle@example.org", kind=ContactKind.MAILBOX)

    guest = organisations.add(details=GUEST, contact=details, by=UserFactory())

    assert (guest.slug, guest.valid_from) == ("bafgm", date(2024, 2, 29))
    assert guest.contacts.addressed().get().email == "poststelle@example.org"
    assert [entry.verb for entry in AuditEntry.objects.order_by("pk")] == [
        "organisation.added",
        "contact.added",
    ]


def test_umlauts_make_an_address_and_a_second_of_the_name_gets_a_number():
    OrganisationFactory(slug="bad-soden-goess", valid_to=date(2020, 1, 1))
    details = changed(name="Amt Göß", short_name="Bad Soden-Göß")

    assert organisations.add(details=details, by=UserFactory()).slug == "bad-soden-goess-2"


@pytest.mark.parametrize("word", ["Neu", "Import", "Nicht erreicht"])
def test_a_name_that_is_a_page_gets_another_address(word):
    details = changed(short_name=word)

    assert organisations.add(details=details, by=UserFactory()).slug.startswith("stelle-")


@pytest.mark.parametrize(
    ("columns", "field"),
    [
        ({"name": "AUSLÄNDERBEHÖRDE GIESSEN"}, "name"),
        ({"short_name": "giessen"}, "short_name"),
        ({"kind": OrganisationKind.IMMIGRATION_OFFICE}, "region"),
        ({"postcode": "3539"}, "postcode"),
    ],
)
def test_what_is_there_or_incomplete_is_refused(columns, field):
    OrganisationFactory(name="Ausländerbehörde Gießen", short_name="Gießen")

    with pytest.raises(RuleBroken) as broken:
        organisations.add(details=changed(**columns), by=UserFactory())

    assert broken.value.field == field
    assert Organisation.objects.count() == 1


def test_a_change_keeps_the_address_in_the_portal_and_says_what_changed():
    guest = organisations.add(details=GUEST, by=UserFactory())

    organisations.change(
        organisation=guest, details=changed(name="Bundesamt für Maß"), by=UserFactory()
    )

    guest.refresh_from_db()
    assert (guest.name, guest.slug) == ("Bundesamt für Maß", "bafgm")
    assert AuditEntry.objects.latest("pk").changes == {
        "name": ["Bundesamt für Größe und Maß", "Bundesamt für Maß"]
    }


def test_an_organisation_ends_with_its_memberships_and_comes_back_without_them():
    membership = MembershipFactory()
    organisation = membership.organisation

    organisations.end(organisation=organisation, last_day=date(2024, 2, 29), by=UserFactory())
    membership.refresh_from_db()
    on = Organisation.objects.on
    ended = (on(date(2024, 2, 29)).exists(), on(date(2024, 3, 1)).exists())
    organisations.reopen(organisation=organisation, by=UserFactory())

    assert ended == (True, False)
    assert membership.ends_on == date(2024, 2, 29)
    assert Organisation.objects.on(date(2024, 3, 1)).exists()


def test_who_is_invited_or_hosts_a_meeting_to_come_does_not_end_before_it(time_machine):
    time_machine.move_to(datetime(2026, 5, 1, tzinfo=UTC))
    organisation = InvitationFactory().organisation
    MeetingFactory(title="Gastspiel", host=organisation)

    with pytest.raises(RuleBroken) as broken:
        organisations.end(organisation=organisation, last_day=date(2026, 5, 1), by=UserFactory())

    assert "eingeladen" in broken.value.message
    assert "Gastgeberin des Treffens „Gastspiel“" in broken.value.message
    organisations.end(organisation=organisation, last_day=date(2100, 3, 1), by=UserFactory())


def test_a_withdrawn_invitation_and_a_past_meeting_do_not_hold_an_organisation():
    gone = InvitationFactory(withdrawn_at=datetime(2026, 1, 1, tzinfo=UTC)).organisation
    past = InvitationFactory(
        meeting__starts_at=datetime(2016, 9, 16, 8, tzinfo=UTC),
        meeting__ends_at=datetime(2016, 9, 16, 14, tzinfo=UTC),
    ).organisation

    for organisation in (gone, past):
        organisations.end(organisation=organisation, last_day=date(2016, 1, 1), by=UserFactory())

    assert not Organisation.objects.filter(valid_to__isnull=True).exists()


def test_a_merged_organisation_is_history():
    merged = OrganisationFactory(merged_into=OrganisationFactory())

    with pytest.raises(RuleBroken):
        organisations.change(organisation=merged, details=GUEST, by=UserFactory())
    with pytest.raises(RuleBroken):
        organisations.add_contact(
            organisation=merged, details=Details(email="a@example.org"), by=UserFactory()
        )
    assert merged not in Organisation.objects.on(date(2026, 1, 1))


def test_a_contact_is_entered():
    office = OrganisationFactory()
    details = Details(email="abh@example.org", name="Öznur Groß", function="Leitung")

    contact = organisations.add_contact(organisation=office, details=details, by=UserFactory())

    assert (contact.name, contact.kind, contact.is_active) == ("Öznur Groß", ContactKind.MAIN, True)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.sentence) == (
        "contact.added",
        f"Ein Kontakt bei {office} eingetragen.",
    )


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


def test_a_deleted_contact_leaves_no_name_behind():
    contact = ContactFactory(name="Öznur Groß")

    organisations.remove_contact(contact=contact, by=UserFactory())

    assert not Contact.objects.exists()
    assert "Öznur" not in AuditEntry.objects.get().sentence


def test_the_choice_of_copies_stands_in_the_logbook_without_a_name():
    contact = ContactFactory(name="Öznur Groß")
    details = Details(email=contact.email, name="Öznur Groß", gets_copies=True)

    organisations.change_contact(contact=contact, details=details, by=UserFactory())

    contact.refresh_from_db()
    assert contact.gets_copies
    entry = AuditEntry.objects.get()
    office = contact.organisation
    assert entry.sentence == (
        f"Ein Kontakt bei {office} geändert, Kopien von Anmeldungen eingeschaltet."
    )
    assert entry.changes == {"gets_copies": [False, True]}
