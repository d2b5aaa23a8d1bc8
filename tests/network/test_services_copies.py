"""A contact reads in copy what the people of its office are told, if that was chosen."""

import pytest

from network.enums import ContactKind, LetterKind, RegistrationStatus
from network.models import InvitationLetter, Registration
from network.rules.workshops import WorkshopPlan, fingerprint
from network.services import (
    invitation_changes,
    meetings,
    registrations,
    undo,
    waiting_list,
    workshops,
)
from network.services.answer_entries import Origin
from network.services.registrations import Person
from programme.enums import Role
from programme.models import OutgoingMail
from tests.factories.network import (
    ContactFactory,
    InvitationFactory,
    RegistrationFactory,
    WorkshopFactory,
)
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.django_db
AYLIN = Person("Aylin Özdemir", "aylin@example.org", diet=("vegan",), access="Rollstuhl")
JOERG = Person("Jörg Weiß", "joerg@example.org", row=2)
OWN = Origin(is_own=True)


@pytest.fixture
def invitation():
    """Fulda: the main contact is told about answers, the deputy reads along."""
    row = InvitationFactory(organisation__short_name="Fulda")
    ContactFactory(organisation=row.organisation, email="main@example.org", name="Käthe Groß")
    ContactFactory(
        organisation=row.organisation,
        kind=ContactKind.DEPUTY,
        email="deputy@example.org",
        name="Ömer Kurz",
        gets_copies=True,
    )
    return row


def copies() -> list[tuple[str, str]]:
    """Return recipient and subject of every copy, in order."""
    rows = OutgoingMail.objects.filter(letter="network/registration_copy").order_by("pk")
    return [(mail.recipient, mail.subject.rpartition(" – ")[0]) for mail in rows]


def registered(invitation, *people, **options) -> list[Registration]:
    made = registrations.register(invitation=invitation, people=people or [AYLIN], **options)
    OutgoingMail.objects.all().delete()
    return made


def test_nobody_gets_a_copy_as_long_as_nobody_chose_it(invitation):
    invitation.organisation.contacts.update(gets_copies=False)

    registrations.register(invitation=invitation, people=[AYLIN])

    assert copies() == []


def test_one_copy_tells_of_everybody_who_was_registered_at_once(invitation):
    registrations.register(invitation=invitation, people=[AYLIN, JOERG])

    assert copies() == [("deputy@example.org", "Zur Kenntnis: 2 Personen von Fulda")]
    assert [*InvitationLetter.objects.values_list("kind", "recipient")] == [
        (LetterKind.COPY, "deputy@example.org")
    ]


def test_a_copy_brings_no_link_no_entry_and_no_needs(invitation):
    (person,) = registrations.register(invitation=invitation, people=[AYLIN])

    mail = OutgoingMail.objects.get(letter="network/registration_copy")

    own = OutgoingMail.objects.get(recipient="aylin@example.org")
    link = next(word for word in own.text_body.split() if "/anmeldung/" in word)
    for text in (mail.text_body, mail.html_body):
        assert person.full_name in text
        assert link not in text
        assert "/anmeldung/" not in text
        assert "/einladung/" not in text
        assert "vegan" not in text
        assert "Rollstuhl" not in text
    assert not mail.attachments.exists()


def test_who_already_got_the_notice_about_the_answer_gets_no_copy(invitation):
    invitation.organisation.contacts.update(gets_copies=True)

    registrations.register(invitation=invitation, people=[AYLIN])

    assert [recipient for recipient, _ in copies()] == ["deputy@example.org"]
    assert OutgoingMail.objects.filter(recipient="main@example.org").count() == 1


def test_a_contact_who_comes_reads_no_copy_about_itself(invitation):
    own = Person("Ömer Kurz", "Deputy@example.org")

    registrations.register(invitation=invitation, people=[own])

    assert copies() == []


def test_a_person_who_cancels_alone_is_told_to_those_who_read_along(invitation):
    invitation.organisation.contacts.update(gets_copies=True)
    (person,) = registered(invitation)

    registrations.cancel(registration=person, origin=OWN)

    assert copies() == [
        ("main@example.org", "Zur Kenntnis: Aylin Özdemir (abgemeldet)"),
        ("deputy@example.org", "Zur Kenntnis: Aylin Özdemir (abgemeldet)"),
    ]


def test_the_office_may_choose_copies_for_the_people_it_registers(invitation):
    invitation.organisation.contacts.update(gets_copies=False)
    chosen = Person("Aylin Özdemir", "aylin@example.org", is_copied=True)
    other = Person("Jörg Weiß", "joerg@example.org", row=2)
    first, second = registered(invitation, chosen, other)

    registrations.cancel(registration=first, origin=OWN)
    registrations.cancel(registration=second, origin=OWN)

    assert copies() == [("main@example.org", "Zur Kenntnis: Aylin Özdemir (abgemeldet)")]


def test_who_takes_over_keeps_the_choice_of_copies(invitation):
    chosen = Person("Aylin Özdemir", "aylin@example.org", is_copied=True)
    (first,) = registered(invitation, chosen)

    successor = registrations.replace(registration=first, person=JOERG)

    assert successor.is_copied


def test_a_replacement_is_one_copy_about_both(invitation):
    (person,) = registered(invitation)

    registrations.replace(registration=person, person=JOERG)

    assert copies() == [("deputy@example.org", "Zur Kenntnis: 2 Personen von Fulda")]


def test_another_way_of_attending_is_told_in_copy(invitation):
    meeting = invitation.meeting
    meeting.mode, meeting.online_seats = "hybrid", 10
    meeting.save()
    (person,) = registered(invitation)

    registrations.change(
        registration=person, person=Person("Aylin Özdemir", "", mode="online"), origin=OWN
    )

    assert copies() == [("deputy@example.org", "Zur Kenntnis: Aylin Özdemir (Anmeldung geändert)")]
    copy = OutgoingMail.objects.get(letter="network/registration_copy")
    assert "Aylin Özdemir: Anmeldung geändert (online)" in copy.text_body


def test_waiting_and_moving_up_are_told_in_copy(invitation):
    invitation.meeting.seats = 1
    invitation.meeting.save()
    seated = RegistrationFactory(invitation__meeting=invitation.meeting)

    registrations.register(invitation=invitation, people=[AYLIN], accept_waiting=True)
    registrations.cancel(registration=seated)

    moved_up = "von der Warteliste nachgerückt, jetzt angemeldet"
    assert copies() == [
        ("deputy@example.org", "Zur Kenntnis: Aylin Özdemir (auf der Warteliste)"),
        ("deputy@example.org", f"Zur Kenntnis: Aylin Özdemir ({moved_up})"),
    ]


def test_moving_up_by_hand_is_told_in_copy(invitation):
    person = RegistrationFactory(
        invitation=invitation, full_name="Aylin", status=RegistrationStatus.WAITING
    )

    waiting_list.move_up_by_hand(
        registration=person, reason="Vortrag", by=UserFactory(roles=[Role.OFFICE])
    )

    assert [recipient for recipient, _ in copies()] == ["deputy@example.org"]


def test_a_workshop_of_another_title_is_told_in_copy(invitation):
    workshop = WorkshopFactory(meeting=invitation.meeting, title="Termine")
    RegistrationFactory(invitation=invitation, workshop=workshop, full_name="Aylin")

    workshops.change(
        workshop=workshop,
        plan=WorkshopPlan("Termine online"),
        seen=fingerprint(workshop),
        by=UserFactory(),
    )

    assert copies() == [
        ("deputy@example.org", "Zur Kenntnis: Aylin (über den geänderten Workshop informiert)")
    ]


def test_a_cancelled_meeting_is_told_once_to_every_contact(invitation):
    invitation.organisation.contacts.update(gets_copies=True)
    registered(invitation)

    meetings.cancel(meeting=invitation.meeting, reason="Sturm", by=UserFactory())

    told = OutgoingMail.objects.exclude(recipient="aylin@example.org")
    assert sorted(told.values_list("recipient", "letter")) == [
        ("deputy@example.org", "network/registration_copy"),
        ("main@example.org", "network/invitation_cancelled"),
    ]


def test_a_withdrawn_invitation_is_told_once_to_every_contact(invitation):
    invitation.organisation.contacts.update(gets_copies=True)
    registered(invitation)

    invitation_changes.withdraw(invitation=invitation, by=UserFactory())

    told = OutgoingMail.objects.exclude(recipient="aylin@example.org")
    assert sorted(told.values_list("recipient", "letter")) == [
        ("deputy@example.org", "network/registration_copy"),
        ("main@example.org", "network/invitation_withdrawn"),
    ]


def test_an_answer_taken_back_is_told_in_copy(invitation):
    registered(invitation)

    undo.undo(entry=invitation.entries.get())

    assert copies() == [("deputy@example.org", "Zur Kenntnis: Aylin Özdemir (abgemeldet)")]


def test_a_silent_contact_gets_no_copy(invitation):
    invitation.organisation.contacts.update(is_active=False)

    registrations.register(invitation=invitation, people=[AYLIN])

    assert copies() == []
