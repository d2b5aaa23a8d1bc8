"""Registering, replacing, changing: whole results and their letters."""

import pytest
import time_machine

from network.enums import Answer, RegistrationStatus
from network.models import Registration
from network.services import registrations
from network.services.registrations import Person, SeatsTaken
from programme.errors import RuleBroken
from programme.models import AuditEntry, OutgoingMail
from tests.factories.network import (
    ContactFactory,
    InvitationFactory,
    OrganisationFactory,
    RegistrationFactory,
)
from tests.letters import letters
from tests.network.colleagues import JOERG, OEZNUR, states

pytestmark = pytest.mark.django_db


def test_two_people_get_seats_and_a_confirmation_each():
    invitation = InvitationFactory()
    ContactFactory(organisation=invitation.organisation, email="abh@example.org")

    made = registrations.register(invitation=invitation, people=[OEZNUR, JOERG])

    assert [row.status for row in made] == [RegistrationStatus.CONFIRMED] * 2
    assert letters() == [
        ("network/registration_confirmed", "oeznur@example.org"),
        ("network/registration_confirmed", "joerg@example.org"),
        ("network/answer_by_other", "abh@example.org"),
    ]
    invitation.refresh_from_db()
    assert invitation.answer == Answer.COMING
    assert invitation.answered_at is not None


def test_names_do_not_get_into_the_logbook():
    registrations.register(invitation=InvitationFactory(), people=[OEZNUR, JOERG])

    sentences = " ".join(AuditEntry.objects.values_list("sentence", flat=True))
    assert "Öznur" not in sentences
    assert "angemeldet: 2" in sentences


def test_when_seats_run_out_nobody_is_registered_until_waiting_is_accepted():
    invitation = InvitationFactory(meeting__seats=1)

    with pytest.raises(SeatsTaken) as caught:
        registrations.register(invitation=invitation, people=[OEZNUR, JOERG])
    assert caught.value.free == 1
    assert states(invitation.meeting) == {}
    assert letters() == []

    registrations.register(invitation=invitation, people=[OEZNUR, JOERG], accept_waiting=True)
    assert states(invitation.meeting) == {
        "oeznur@example.org": RegistrationStatus.CONFIRMED,
        "joerg@example.org": RegistrationStatus.WAITING,
    }
    assert letters()[-1] == ("network/registration_waiting", "joerg@example.org")


def test_an_office_cannot_send_or_queue_more_people_than_its_limit():
    invitation = InvitationFactory(meeting__seats=1)
    registrations.register(invitation=invitation, people=[OEZNUR, JOERG], accept_waiting=True)

    with pytest.raises(RuleBroken) as caught:
        registrations.register(
            invitation=invitation,
            people=[Person("Ayşe Çelik", "ayse@example.org", row=1)],
            accept_waiting=True,
        )

    assert caught.value.field == "name_1"
    assert "2 Plätze" in caught.value.message


def test_the_ministry_can_give_an_office_more_seats():
    invitation = InvitationFactory(seats_override=3)
    third = Person("Ayşe Çelik", "ayse@example.org", row=3)

    assert len(registrations.register(invitation=invitation, people=[OEZNUR, JOERG, third])) == 3


def test_an_address_is_registered_once_whatever_its_case():
    invitation = InvitationFactory()
    RegistrationFactory(invitation=invitation, email="Joerg@Example.org")

    with pytest.raises(RuleBroken) as caught:
        registrations.register(invitation=invitation, people=[JOERG])

    assert caught.value.field == "email_2"


def test_nobody_named_is_refused():
    with pytest.raises(RuleBroken) as caught:
        registrations.register(invitation=InvitationFactory(), people=[])
    assert caught.value.field == "name_1"


def test_replacing_keeps_the_history_and_the_seat():
    old = RegistrationFactory(email="a@example.org")

    new = registrations.replace(registration=old, person=OEZNUR)

    old.refresh_from_db()
    assert (old.status, new.status) == (RegistrationStatus.CANCELLED, RegistrationStatus.CONFIRMED)
    assert new.replaces == old
    assert letters() == [
        ("network/registration_replaced", "a@example.org"),
        ("network/registration_confirmed", "oeznur@example.org"),
    ]


def test_a_cancelled_registration_cannot_be_replaced_or_changed():
    gone = RegistrationFactory(status=RegistrationStatus.CANCELLED)

    with pytest.raises(RuleBroken):
        registrations.replace(registration=gone, person=OEZNUR)
    with pytest.raises(RuleBroken):
        registrations.change(registration=gone, person=OEZNUR)


def test_after_the_start_nothing_changes():
    row = RegistrationFactory()

    with time_machine.travel(row.meeting.starts_at, tick=False):
        for step in (
            lambda: registrations.cancel(registration=row),
            lambda: registrations.replace(registration=row, person=OEZNUR),
            lambda: registrations.change(registration=row, person=OEZNUR),
        ):
            with pytest.raises(RuleBroken, match="begonnen"):
                step()

    row.refresh_from_db()
    assert row.status == RegistrationStatus.CONFIRMED


def test_changing_only_the_name_sends_nothing():
    row = RegistrationFactory()

    changed = registrations.change(registration=row, person=OEZNUR)

    assert (changed.full_name, changed.email) == ("Öznur Groß", row.email)
    assert letters() == []


def test_another_way_of_attending_brings_a_new_calendar_entry():
    row = RegistrationFactory(invitation__meeting__mode="hybrid")

    changed = registrations.change(registration=row, person=Person("A B", row.email, mode="online"))

    assert (changed.mode, changed.calendar_sequence) == ("online", 1)
    assert letters() == [("network/registration_confirmed", row.email)]


def test_line_breaks_in_names_never_reach_a_header():
    nasty = Person("Eve\r\nBcc: opfer@example.org", "eve@example.org", "A\nB", row=1)
    office = OrganisationFactory(name="Amt\nX", short_name="Amt\r\nX")
    ContactFactory(organisation=office)

    row = registrations.register(invitation=InvitationFactory(organisation=office), people=[nasty])[
        0
    ]

    assert (row.full_name, row.function) == ("Eve Bcc: opfer@example.org", "A B")
    for mail in OutgoingMail.objects.all():
        assert "\n" not in mail.subject


def test_addresses_are_kept_in_one_spelling():
    invitation = InvitationFactory()
    registrations.register(
        invitation=invitation, people=[Person("Jörg Weiß", "Joerg@MÜLLER.example.org")]
    )

    with pytest.raises(RuleBroken):
        registrations.register(
            invitation=invitation, people=[Person("J. Weiß", "joerg@müller.example.ORG")]
        )

    assert Registration.objects.get().email == "joerg@müller.example.org"


def test_a_name_of_invisible_signs_is_no_name():
    row, nobody = RegistrationFactory(), Person("\u200b\u202e", "leer@example.org", row=2)

    for field, step in (
        (
            "name_2",
            lambda: registrations.register(invitation=row.invitation, people=[OEZNUR, nobody]),
        ),
        ("name_2", lambda: registrations.replace(registration=row, person=nobody)),
        ("full_name", lambda: registrations.change(registration=row, person=nobody)),
    ):
        with pytest.raises(RuleBroken, match="Vor- und Nachnamen") as refused:
            step()
        assert refused.value.field == field
    assert states(row.meeting) == {row.email: RegistrationStatus.CONFIRMED}
