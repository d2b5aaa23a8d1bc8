"""Registering, waiting, moving up, replacing, cancelling: whole results and their letters."""

from datetime import UTC, datetime

import pytest
import time_machine

from network.enums import Answer, MeetingStatus, RegistrationStatus
from network.models import Invitation, Registration
from network.services import answers, registrations
from network.services.answer_entries import Origin
from network.services.registrations import Person, SeatsTaken
from network.services.waiting_list import move_up
from programme import clock
from programme.errors import RuleBroken
from programme.models import AuditEntry, OutgoingMail
from tests.factories.network import (
    ContactFactory,
    InvitationFactory,
    MeetingFactory,
    OrganisationFactory,
    RegistrationFactory,
)
from tests.letters import letters

pytestmark = pytest.mark.django_db

OEZNUR = Person("Öznur Groß", "oeznur@example.org", "Sachbearbeitung", row=1)
JOERG = Person("Jörg Weiß", "joerg@example.org", row=2)


def states(meeting) -> dict[str, str]:
    return dict(Registration.objects.filter(meeting=meeting).values_list("email", "status"))


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


@pytest.mark.parametrize(
    "changes",
    [
        {"withdrawn_at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"meeting__status": MeetingStatus.CANCELLED},
        {"meeting__reply_until": datetime(2020, 1, 1, tzinfo=UTC)},
    ],
)
def test_closed_invitations_take_no_answer(changes):
    invitation = InvitationFactory(**changes)

    with pytest.raises(RuleBroken):
        registrations.register(invitation=invitation, people=[OEZNUR])
    with pytest.raises(RuleBroken):
        answers.decline(invitation=invitation)

    assert states(invitation.meeting) == {}


def test_a_freed_seat_moves_the_first_in_line_up_and_tells_them_once():
    meeting = MeetingFactory(seats=1)
    seated = RegistrationFactory(invitation__meeting=meeting, email="a@example.org")
    for number, address in enumerate(["b@example.org", "c@example.org"], start=1):
        RegistrationFactory(
            invitation__meeting=meeting,
            email=address,
            status=RegistrationStatus.WAITING,
            queued_at=datetime(2026, 1, number, tzinfo=UTC),
        )

    registrations.cancel(registration=seated)
    registrations.cancel(registration=seated)

    assert states(meeting) == {
        "a@example.org": RegistrationStatus.CANCELLED,
        "b@example.org": RegistrationStatus.CONFIRMED,
        "c@example.org": RegistrationStatus.WAITING,
    }
    assert letters() == [
        ("network/registration_cancelled", "a@example.org"),
        ("network/registration_promoted", "b@example.org"),
    ]


def test_leaving_the_waiting_list_frees_no_seat():
    meeting = MeetingFactory(seats=1)
    RegistrationFactory(invitation__meeting=meeting)
    leaves, stays = [
        RegistrationFactory(
            invitation__meeting=meeting,
            status=RegistrationStatus.WAITING,
            queued_at=datetime(2026, 1, number, tzinfo=UTC),
        )
        for number in (1, 2)
    ]

    registrations.cancel(registration=leaves)

    stays.refresh_from_db()
    assert stays.status == RegistrationStatus.WAITING
    mail = OutgoingMail.objects.get()
    assert mail.recipient == leaves.email
    assert not mail.attachments.exists()


def test_nobody_moves_up_on_the_day_of_the_meeting():
    meeting = MeetingFactory(seats=1, starts_at=datetime(2028, 2, 29, 9, 0, tzinfo=UTC))
    seated = RegistrationFactory(invitation__meeting=meeting)
    waiting = RegistrationFactory(
        invitation__meeting=meeting, status=RegistrationStatus.WAITING, queued_at=clock.now()
    )

    with time_machine.travel(datetime(2028, 2, 28, 23, 30, tzinfo=UTC), tick=False):
        registrations.cancel(registration=seated)

    waiting.refresh_from_db()
    assert waiting.status == RegistrationStatus.WAITING


def test_more_seats_move_up_who_waits():
    meeting = MeetingFactory(seats=2)
    for number in (1, 2, 3):
        RegistrationFactory(
            invitation__meeting=meeting,
            status=RegistrationStatus.WAITING,
            queued_at=datetime(2026, 1, number, tzinfo=UTC),
        )

    assert len(move_up(meeting=meeting)) == 2
    assert move_up(meeting=meeting) == []


def test_fewer_seats_throw_nobody_out():
    meeting = MeetingFactory(seats=1)
    RegistrationFactory.create_batch(2, invitation__meeting=meeting)

    assert move_up(meeting=meeting) == []
    with pytest.raises(SeatsTaken):
        registrations.register(invitation=InvitationFactory(meeting=meeting), people=[OEZNUR])

    assert Registration.objects.filter(meeting=meeting).confirmed().count() == 2


def test_a_newcomer_does_not_pass_the_queue():
    meeting = MeetingFactory(seats=1)
    waiting = RegistrationFactory(
        invitation__meeting=meeting, status=RegistrationStatus.WAITING, queued_at=clock.now()
    )

    registrations.register(
        invitation=InvitationFactory(meeting=meeting), people=[OEZNUR], accept_waiting=True
    )

    assert states(meeting) == {
        waiting.email: RegistrationStatus.CONFIRMED,
        "oeznur@example.org": RegistrationStatus.WAITING,
    }


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


def test_replacing_in_the_queue_keeps_the_place():
    meeting = MeetingFactory(seats=1)
    RegistrationFactory(invitation__meeting=meeting)
    first, second = [
        RegistrationFactory(
            invitation__meeting=meeting,
            status=RegistrationStatus.WAITING,
            queued_at=datetime(2026, 1, number, tzinfo=UTC),
        )
        for number in (1, 2)
    ]

    successor = registrations.replace(registration=first, person=OEZNUR)

    queue = Registration.objects.filter(meeting=meeting).waiting()
    assert list(queue) == [successor, second]
    assert "auf Platz 1" in OutgoingMail.objects.get(recipient="oeznur@example.org").text_body


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


def test_declining_cancels_the_people_of_the_office_only():
    invitation = InvitationFactory()
    other = RegistrationFactory(invitation__meeting=invitation.meeting)
    registrations.register(invitation=invitation, people=[OEZNUR, JOERG])

    answers.decline(invitation=invitation, reason="Personalmangel\r\nBcc: x@example.org")

    assert Registration.objects.active().get() == other
    row = Invitation.objects.get(pk=invitation.pk)
    assert (row.answer, row.decline_reason) == (
        Answer.DECLINED,
        "Personalmangel Bcc: x@example.org",
    )


def test_being_represented_needs_a_name():
    invitation = InvitationFactory()

    with pytest.raises(RuleBroken):
        answers.represent(invitation=invitation, represented_by="  ")

    answers.represent(invitation=invitation, represented_by="Landkreis Fulda")
    row = Invitation.objects.get(pk=invitation.pk)
    assert (row.answer, row.represented_by) == (Answer.REPRESENTED, "Landkreis Fulda")


def test_with_the_last_person_gone_the_answer_is_open_again():
    invitation = InvitationFactory()
    first, second = registrations.register(invitation=invitation, people=[OEZNUR, JOERG])

    registrations.cancel(registration=first)
    assert Invitation.objects.get().answer == Answer.COMING
    registrations.cancel(registration=second)
    assert Invitation.objects.get().answer == Answer.OPEN


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


def test_nobody_moves_up_in_a_cancelled_meeting():
    meeting = MeetingFactory(seats=1, status=MeetingStatus.CANCELLED)
    RegistrationFactory(
        invitation__meeting=meeting, status=RegistrationStatus.WAITING, queued_at=clock.now()
    )

    assert move_up(meeting=meeting) == []


def test_the_office_is_told_that_its_refusal_arrived():
    invitation = InvitationFactory()
    ContactFactory(organisation=invitation.organisation, kind="deputy", email="d@example.org")
    ContactFactory(organisation=invitation.organisation, kind="mailbox", email="m@example.org")
    ContactFactory(organisation=invitation.organisation, email="x@example.org", is_active=False)

    answers.decline(invitation=invitation, origin=Origin(email="d@example.org"))

    assert letters() == [("network/answer_received", "m@example.org")]


def test_colleagues_of_a_declining_office_do_not_move_up_before_they_are_cancelled():
    meeting = MeetingFactory(seats=1)
    invitation = InvitationFactory(meeting=meeting)
    registrations.register(invitation=invitation, people=[OEZNUR, JOERG], accept_waiting=True)
    other = InvitationFactory(meeting=meeting)
    registrations.register(
        invitation=other, people=[Person("Ayşe Çelik", "ayse@example.org")], accept_waiting=True
    )
    OutgoingMail.objects.all().delete()

    answers.decline(invitation=invitation)

    assert letters() == [
        ("network/registration_cancelled", "oeznur@example.org"),
        ("network/registration_cancelled", "joerg@example.org"),
        ("network/registration_promoted", "ayse@example.org"),
    ]


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
