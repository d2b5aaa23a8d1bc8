"""The page that invites: choose, look, try, send; guests and paper on the way."""

import pytest
from django.urls import reverse

from network.enums import ContactKind, MeetingStatus, OrganisationKind
from network.models import Invitation, Organisation
from network.services import master_data
from programme import clock
from programme.models import OutgoingMail
from tests.factories.network import (
    ContactFactory,
    InvitationFactory,
    MeetingFactory,
    OrganisationFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(programme):
    return MeetingFactory(programme=programme, status=MeetingStatus.DRAFT)


@pytest.fixture
def address(meeting):
    return reverse("network:invite", args=[meeting.slug])


def ticked(page):
    return [int(each) for each in page.context["form"]["organisations"].value()]


def test_the_preset_is_everybody_who_can_be_reached_but_no_guests(office, meeting, address):
    reachable = ContactFactory().organisation
    silent = ContactFactory(is_active=False).organisation
    ContactFactory(organisation__kind=OrganisationKind.GUEST)
    ContactFactory(organisation__valid_to=clock.today().replace(year=2015, day=1))
    InvitationFactory(meeting=meeting, organisation=ContactFactory().organisation)

    page = office.get(address)

    assert ticked(page) == [reachable.pk]
    assert page.context["unreachable"] == [silent]
    add = reverse("network:add_contact", args=[silent.slug])
    assert f'href="{add}"' in page.content.decode()


def test_a_group_can_be_preselected(office, programme, meeting, address):
    master_data.load(programme=programme)
    for slug in ("fulda", "rp-kassel"):
        ContactFactory(organisation=Organisation.objects.get(slug=slug))

    page = office.get(address, {"art": "regional_authority"})

    assert ticked(page) == [Organisation.objects.get(slug="rp-kassel").pk]


def test_the_letter_is_shown_as_it_leaves_and_what_is_ticked_stays(office, meeting, address):
    first, second = ContactFactory(), ContactFactory()
    third = ContactFactory()

    page = office.post(
        address,
        {
            "preview": "1",
            "organisations": [first.organisation_id, third.organisation_id],
            "recipient": second.organisation_id,
        },
    )

    assert page.status_code == 200
    assert ticked(page) == [first.organisation_id, third.organisation_id]
    assert page.context["shown"] == second.organisation
    text = page.content.decode()
    assert f"wir laden Ihre Organisation ({second.organisation.name})" in text
    assert second.email in text
    frame = reverse("network:invite_letter", args=[meeting.slug, second.organisation.slug])
    assert f'src="{frame}"' in text
    assert not Invitation.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_the_designed_version_is_shown_alone_under_a_strict_policy(office, meeting):
    contact = ContactFactory()

    page = office.get(
        reverse("network:invite_letter", args=[meeting.slug, contact.organisation.slug])
    )

    assert contact.organisation.name in page.content.decode()
    assert "sandbox" in page["Content-Security-Policy"]
    assert "default-src 'none'" in page["Content-Security-Policy"]
    nobody = OrganisationFactory()
    missing = reverse("network:invite_letter", args=[meeting.slug, nobody.slug])
    assert office.get(missing).status_code == 404


def test_the_preview_escapes_what_people_typed(office, programme):
    meeting = MeetingFactory(programme=programme, title="<b>Treffen</b>")
    ContactFactory()

    text = office.get(reverse("network:invite", args=[meeting.slug])).content.decode()

    assert "<b>Treffen</b>" not in text


def test_the_test_mail_goes_to_the_sender_and_invites_nobody(office, meeting, address):
    first, second = ContactFactory().organisation, ContactFactory().organisation

    page = office.post(
        address, {"test": "1", "organisations": [second.pk], "recipient": first.pk}, follow=True
    )

    mail = OutgoingMail.objects.get()
    person = page.wsgi_request.user
    assert (mail.recipient, mail.letter) == (person.email, "network/invitation_test")
    assert mail.subject.startswith("Test: Einladung")
    assert first.name in mail.text_body
    assert office.get("/einladung/nur-ein-muster/").status_code == 404
    assert not Invitation.objects.exists()
    assert ticked(page) == [second.pk]
    assert page.context["shown"] == first
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.DRAFT


def test_sending_invites_the_ticked_ones_and_shows_the_board(office, meeting, address):
    first, _ = ContactFactory().organisation, ContactFactory().organisation

    page = office.post(address, {"organisations": [first.pk]}, follow=True)

    assert "1 Einladung ist unterwegs." in page.content.decode()
    invitation = Invitation.objects.get()
    assert invitation.organisation == first
    assert invitation.letters.get().message_id == OutgoingMail.objects.get().message_id


def test_foreign_or_forged_choices_are_refused(office, address):
    silent = ContactFactory(is_active=False).organisation
    ContactFactory()

    for value in (silent.pk, "99999999999999999999", "x", "\x00", ""):
        assert office.post(address, {"organisations": [value]}).status_code == 422
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("address_part", ["nur=1,x,99999999999999999999", "art=x", "ansicht=\x00"])
def test_a_strange_address_is_no_error(office, address, address_part):
    ContactFactory()

    assert office.get(f"{address}?{address_part}").status_code == 200


def test_who_has_no_contact_is_invited_on_paper(office, meeting, address):
    silent = OrganisationFactory()
    by_mail = ContactFactory().organisation

    answer = office.post(address, {"organisations": [by_mail.pk], "paper": [silent.pk]})

    assert answer["Location"] == reverse("network:letters", args=[meeting.slug])
    assert Invitation.objects.count() == 2
    assert OutgoingMail.objects.count() == 1


def test_a_guest_is_entered_on_the_spot_and_ticked_with_the_others(office, meeting, address):
    first, second = ContactFactory().organisation, ContactFactory().organisation

    on_the_way = office.post(address, {"guest": "1", "organisations": [second.pk]})
    page = office.post(
        on_the_way["Location"],
        {
            "name": "Bundesamt für Migration und Flüchtlinge",
            "short_name": "BAMF",
            "contact_name": "Jörg Weiß",
            "email": "bamf@example.org",
        },
        follow=True,
    )

    guest = Organisation.objects.get(short_name="BAMF")
    assert guest.kind == OrganisationKind.GUEST
    assert guest.contacts.get().kind == ContactKind.MAIN
    assert ticked(page) == [second.pk, guest.pk]
    everybody = office.post(
        reverse("network:invite_guest", args=[meeting.slug]),
        {"name": "Gast", "short_name": "Gast", "email": "gast@example.org"},
    )
    assert f"{first.pk}%2C{second.pk}" in everybody["Location"]


def test_a_guest_known_without_a_contact_gets_it_and_is_ticked(office, meeting, address):
    known = OrganisationFactory(kind=OrganisationKind.GUEST, name="BAMF", short_name="BAMF")

    page = office.post(
        reverse("network:invite_guest", args=[meeting.slug]),
        {"name": "BAMF", "short_name": "BAMF", "email": "bamf@example.org"},
        follow=True,
    )

    assert [(each.email, each.kind) for each in known.contacts.all()] == [
        ("bamf@example.org", ContactKind.MAILBOX)
    ]
    assert ticked(page) == [known.pk]


def test_an_office_of_the_network_is_no_guest(office, meeting):
    OrganisationFactory(name="Fulda")

    page = office.post(
        reverse("network:invite_guest", args=[meeting.slug]),
        {"name": "Fulda", "short_name": "Fulda", "email": "fulda@example.org"},
    )

    assert page.status_code == 422


def test_a_guest_that_is_known_is_not_entered_twice(office, meeting):
    ContactFactory(organisation__kind=OrganisationKind.GUEST, organisation__name="BAMF")

    page = office.post(
        reverse("network:invite_guest", args=[meeting.slug]),
        {"name": "BAMF", "short_name": "BAMF", "email": "bamf@example.org"},
    )

    assert page.status_code == 422
    assert page.context["form"]["email"].value() == "bamf@example.org"


@pytest.mark.parametrize("amount", [1, 3])
def test_the_page_costs_the_same_for_any_amount(office, address, amount, django_assert_num_queries):
    ContactFactory.create_batch(amount)
    OrganisationFactory.create_batch(amount)

    with django_assert_num_queries(9):
        office.get(address)
