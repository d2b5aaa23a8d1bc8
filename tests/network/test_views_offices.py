"""One office at one meeting, the send log and the page of the reminders."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from network.enums import Answer, LetterKind, MeetingStatus
from network.models import Invitation
from programme import clock
from programme.enums import MailStatus
from programme.models import OutgoingMail
from tests.factories.network import (
    AnswerEntryFactory,
    CalendarReplyFactory,
    ContactFactory,
    InvitationFactory,
    InvitationLetterFactory,
    LateRequestFactory,
    MeetingFactory,
    RegistrationFactory,
    ReminderFactory,
)
from tests.factories.programme import OutgoingMailFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation(meeting):
    return InvitationFactory(meeting=meeting, organisation=ContactFactory().organisation)


def page_of(invitation, name="invitation_history"):
    return reverse(f"network:{name}", args=[invitation.meeting.slug, invitation.organisation.slug])


def letter(invitation, **columns):
    mail = OutgoingMailFactory(**columns)
    return InvitationLetterFactory(
        invitation=invitation, recipient=mail.recipient, message_id=mail.message_id
    )


def test_the_history_shows_letters_answers_and_people(office, invitation):
    letter(invitation, status=MailStatus.BOUNCED, last_error="550 unbekannt")
    InvitationLetterFactory(invitation=invitation, kind=LetterKind.PAPER, recipient="")
    AnswerEntryFactory(invitation=invitation, name="Jörg Weiß")
    RegistrationFactory(invitation=invitation, full_name="Öznur Groß")

    text = office.get(page_of(invitation)).content.decode()

    for words in ("zurückgekommen", "550 unbekannt", "auf Papier", "Jörg Weiß", "Öznur Groß"):
        assert words in text
    assert "1 von 2 Plätzen" in text


def test_the_history_shows_what_became_of_late_requests(office, invitation):
    person = UserFactory()
    settled = {"settled_at": clock.now(), "settled_by": person}
    LateRequestFactory(invitation=invitation, name="Ömer Kurz", outcome="accepted", **settled)
    LateRequestFactory(invitation=invitation, name="Käthe Groß", outcome="rejected", **settled)
    LateRequestFactory(invitation=invitation, name="Jörg Weiß")
    LateRequestFactory(invitation=invitation, name="Öznur Alt", **settled)

    page = office.get(page_of(invitation)).content.decode()
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))

    for name, said in {
        "Ömer Kurz": "angenommen am",
        "Käthe Groß": "abgelehnt am",
        "Jörg Weiß": "noch offen",
        "Öznur Alt": "erledigt am",
    }.items():
        assert f"Anfrage nach der Frist von {name} – {said}" in words


def test_who_sends_an_invitation_again_too_late_is_told(office, meeting, invitation):
    meeting.reply_until = clock.now() - timedelta(days=1)
    meeting.save()

    page = office.get(page_of(invitation, "resend_invitation")).content.decode()

    assert "Die Antwortfrist ist abgelaufen." in page


def test_who_sends_an_invitation_again_after_closing_early_is_led_to_opening(
    office, meeting, invitation
):
    meeting.status = MeetingStatus.CLOSED
    meeting.save()

    page = office.get(page_of(invitation, "resend_invitation")).content.decode()

    assert "Die Antwortfrist ist abgelaufen." not in page
    assert reverse("network:reopen_meeting", args=[meeting.slug]) in page


def test_an_invitation_of_another_meeting_is_not_found(office, invitation, programme):
    other = MeetingFactory(programme=programme)

    for name in ("invitation_history", "withdraw_invitation", "change_seats"):
        address = reverse(f"network:{name}", args=[other.slug, invitation.organisation.slug])
        assert office.get(address).status_code == 404


def test_withdrawing_and_inviting_again(office, invitation):
    office.post(page_of(invitation, "withdraw_invitation"))
    withdrawn = office.get(page_of(invitation)).content.decode()
    office.post(page_of(invitation, "restore_invitation"))

    assert "Einladung zurückgezogen" in withdrawn
    assert Invitation.objects.get().withdrawn_at is None
    letters = list(OutgoingMail.objects.order_by("pk").values_list("letter", flat=True))
    assert letters == ["network/invitation_withdrawn", "network/invitation"]


@pytest.mark.parametrize(("typed", "stored"), [("5", 5), ("", None)])
def test_other_seats_for_one_office(office, invitation, typed, stored):
    answer = office.post(page_of(invitation, "change_seats"), {"seats": typed})

    assert answer.status_code == 302
    assert Invitation.objects.get().seats_override == stored


@pytest.mark.parametrize("typed", ["0", "-1", "999", "zwei", "9" * 30])
def test_impossible_seats_are_explained(office, invitation, typed):
    page = office.post(page_of(invitation, "change_seats"), {"seats": typed})

    assert page.status_code == 422
    assert "1 bis 100" in page.content.decode()


def test_the_send_log_finds_what_did_not_arrive(office, meeting, invitation):
    other = InvitationFactory(meeting=meeting)
    letter(invitation, status=MailStatus.BOUNCED, last_error="550 unbekannt")
    letter(other, status=MailStatus.SENT)
    letter(other, status=MailStatus.DELAYED)
    InvitationLetterFactory(message_id="<fremd@example.org>")
    address = reverse("network:send_log", args=[meeting.slug])

    everything = office.get(address)
    lost = office.get(address, {"stand": "lost"})
    strange = office.get(address, {"stand": "x", "seite": "1"})

    assert [words for _, words, _ in everything.context["rows"]] == [
        "verzögert",
        "versendet",
        "zurückgekommen",
    ]
    assert [row.invitation for row, _, _ in lost.context["rows"]] == [invitation]
    assert everything.context["lost"] == 1
    assert page_of(invitation, "resend_invitation") in lost.content.decode()
    assert len(strange.context["rows"]) == 3
    office.post(page_of(invitation, "resend_invitation"))
    assert office.get(address).context["lost"] == 0


def test_a_letter_that_came_back_waits_for_nobody_once_the_meeting_is_over(
    office, meeting, invitation
):
    letter(invitation, status=MailStatus.BOUNCED)
    before = office.get(reverse("network:board", args=[meeting.slug])).context["loose_ends"]
    meeting.status = MeetingStatus.HELD
    meeting.save()

    after = office.get(reverse("network:board", args=[meeting.slug])).context["loose_ends"]
    log = office.get(reverse("network:send_log", args=[meeting.slug])).content.decode()

    assert (before.lost, after.lost) == (1, 0)
    assert "zurückgekommen" in log
    assert page_of(invitation, "resend_invitation") not in log


@pytest.mark.parametrize("amount", [1, 3])
def test_the_send_log_costs_the_same_for_any_amount(
    office, meeting, amount, django_assert_num_queries
):
    for _ in range(amount):
        letter(InvitationFactory(meeting=meeting))

    with django_assert_num_queries(8):
        office.get(reverse("network:send_log", args=[meeting.slug]))


def test_the_page_shows_exactly_who_is_reminded_by_its_button(office, meeting, invitation):
    ReminderFactory(meeting=meeting, days_before=7)
    InvitationFactory(meeting=meeting, answer=Answer.COMING)
    without = InvitationFactory(meeting=meeting)
    address = reverse("network:reminders", args=[meeting.slug])

    before = office.get(address)
    done = office.post(address, follow=True)
    after = office.get(address)

    assert before.context["recipients"].addressed == (invitation,)
    assert before.context["recipients"].without_contact == (without,)
    assert "1 Organisation wird erinnert." in done.content.decode()
    assert OutgoingMail.objects.get().recipient == invitation.organisation.contacts.get().email
    assert after.context["recipients"].just_reminded == (invitation,)
    assert office.post(address).status_code == 422


def test_the_page_shows_calendar_answers_that_wait(office, meeting, invitation):
    ReminderFactory(meeting=meeting, days_before=7)
    doubtful = InvitationFactory(meeting=meeting, organisation=ContactFactory().organisation)
    for row, is_certain in ((invitation, True), (doubtful, False)):
        CalendarReplyFactory(
            invitation=row, answer="accepted", attendee="abh@example.org", is_certain=is_certain
        )

    page = office.get(reverse("network:reminders", args=[meeting.slug]))

    assert page.context["recipients"].addressed == (doubtful,)
    text = page.content.decode()
    assert "Bekommt keine Erinnerung" in text
    assert "Wird weiter erinnert, bis geklärt ist, ob" in text


def test_the_pages_say_whom_to_ask_after_a_reservation_or_a_proposal(office, meeting, invitation):
    hesitant = ContactFactory(organisation__short_name="Gießen").organisation
    InvitationFactory(meeting=meeting, organisation=hesitant, calendar_answer="tentative")
    CalendarReplyFactory(invitation=invitation, answer="counter", is_certain=True)

    page = office.get(reverse("network:reminders", args=[meeting.slug]))

    board = office.get(reverse("network:board", args=[meeting.slug])).content.decode()
    assert page.context["recipients"].addressed == ()
    assert "Bekommt keine Erinnerung" in page.content.decode()
    assert "Bitte nachfragen (2)" in board
    assert "mit Vorbehalt zugesagt, bitte nachfragen" in board
    assert "anderen Termin vorgeschlagen, bitte nachfragen" in board


def test_reminders_nobody_could_answer_any_more_are_not_planned(office, meeting):
    ReminderFactory(meeting=meeting, days_before=7)
    meeting.reply_until = clock.now() - timedelta(hours=1)
    meeting.save()

    page = office.get(reverse("network:reminders", args=[meeting.slug])).content.decode()

    assert "entfällt" in page
    assert not {word for word in ("geplant</span>", "Ausschalten") if word in page}


def test_a_reminder_is_switched_off_and_on(office, meeting):
    row = ReminderFactory(meeting=meeting)
    address = reverse("network:switch_reminder", args=[meeting.slug, row.pk])

    office.post(address, {"is_on": "0"})
    row.refresh_from_db()
    assert not row.is_on
    row.sent_at = clock.now()
    row.save()
    page = office.post(address, {"is_on": "1"}, follow=True)
    assert "schon verschickt" in page.content.decode()
    other = reverse("network:switch_reminder", args=[MeetingFactory().slug, row.pk])
    assert office.post(other).status_code == 404
