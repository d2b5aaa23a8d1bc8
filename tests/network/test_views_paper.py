"""Letters on paper: printed with a code, entered again with it in a few seconds."""

import pytest
from django.urls import reverse

from network.enums import Answer, AnswerChannel, LetterKind, MeetingMode
from network.models import AnswerEntry, InvitationLetter, Registration
from network.rules import letter_codes
from network.services import paper
from programme import clock
from programme.enums import PrintoutStatus
from programme.models import OutgoingMail, Printout
from tests.factories.network import (
    ContactFactory,
    InvitationFactory,
    RegistrationFactory,
)
from tests.factories.programme import LegalNoticeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation(meeting):
    return InvitationFactory(meeting=meeting, organisation=ContactFactory().organisation)


def entered(invitation):
    return reverse("network:paper_answer", args=[letter_codes.code(invitation.pk)])


def test_those_no_mail_reaches_are_ticked(office, meeting, invitation):
    silent = InvitationFactory(meeting=meeting)
    InvitationFactory(meeting=meeting, answer=Answer.DECLINED)
    address = reverse("network:letters", args=[meeting.slug])

    def ticked(query=""):
        return set(office.get(f"{address}{query}").context["form"]["invitations"].value())

    assert ticked() == {silent.pk}
    assert ticked("?fuer=offen") == {silent.pk, invitation.pk}
    assert len(ticked("?fuer=alle")) == 3


def test_the_letters_become_one_pdf_and_stand_in_the_send_log(office, meeting, invitation):
    LegalNoticeFactory(programme=meeting.programme)
    meeting.mode = MeetingMode.HYBRID
    meeting.topic = "Wartezeiten & Termine"
    meeting.save()
    other = InvitationFactory(meeting=meeting, seats_override=9)
    chosen = [invitation.pk, other.pk]

    answer = office.post(
        reverse("network:letters", args=[meeting.slug]),
        {"invitations": chosen, "kind": "reminder"},
    )

    printout = Printout.objects.get()
    assert answer["Location"] == reverse("programme:printout", args=[printout.pk])
    assert InvitationLetter.objects.filter(kind=LetterKind.PAPER).count() == 2
    paper.make_letters.call(printout=str(printout.pk), invitations=chosen, is_reminder=True)
    printout.refresh_from_db()
    assert (printout.status, printout.pages) == (PrintoutStatus.READY, 4)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"invitations": [], "kind": "invitation"}, "invitations"),
        ({"invitations": ["x"], "kind": "invitation"}, "invitations"),
    ],
)
def test_a_choice_that_is_none_prints_nothing(office, meeting, invitation, data, field):
    page = office.post(reverse("network:letters", args=[meeting.slug]), data)

    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert not Printout.objects.exists()


def test_a_code_leads_to_the_form_of_the_office(office, invitation):
    code = letter_codes.code(invitation.pk)

    answer = office.post(reverse("network:enter_code"), {"code": code.replace("-", " ")})

    assert answer["Location"] == entered(invitation)


@pytest.mark.parametrize("code", ["00042-17", "99999-25", "abc", "", "\x00"])
def test_a_code_that_is_none_is_explained_and_kept(office, programme, code):
    page = office.post(reverse("network:enter_code"), {"code": code})

    assert page.status_code == 422
    assert "code" in page.context["form"].errors
    wrong = reverse("network:paper_answer", args=["00042-17"])
    assert office.get(wrong).status_code == 404


def test_names_on_paper_count_like_an_answer_by_link(office, meeting, invitation):
    answer = office.post(
        entered(invitation),
        {"answer": "coming", "name_1": "Jörg Weiß", "email_1": "weiss@example.org"},
    )

    assert answer["Location"] == reverse("network:enter_code")
    invitation.refresh_from_db()
    assert invitation.answer == Answer.COMING
    entry = AnswerEntry.objects.get()
    assert (entry.channel, entry.by is not None) == (AnswerChannel.PAPER, True)
    assert Registration.objects.get().full_name == "Jörg Weiß"
    assert OutgoingMail.objects.filter(letter="network/registration_confirmed").count() == 1


def test_a_letter_that_was_long_on_its_way_still_counts(office, meeting, invitation):
    meeting.reply_until = clock.now()
    meeting.save()

    office.post(
        entered(invitation),
        {"answer": "coming", "name_1": "Jörg Weiß", "email_1": "weiss@example.org"},
    )

    assert Registration.objects.count() == 1


def test_who_gets_no_seat_waits_for_paper_can_ask_nobody(office, meeting, invitation):
    meeting.seats = 1
    meeting.save()
    RegistrationFactory(invitation__meeting=meeting)

    office.post(
        entered(invitation),
        {"answer": "coming", "name_1": "Jörg Weiß", "email_1": "weiss@example.org"},
    )

    assert Registration.objects.get(full_name="Jörg Weiß").status == "waiting"


@pytest.mark.parametrize(
    ("data", "answer", "says"),
    [
        ({"answer": "declined", "reason": "Umzug"}, Answer.DECLINED, "Umzug"),
        (
            {"answer": "represented", "represented_by": "die Stadt Fulda"},
            Answer.REPRESENTED,
            "die Stadt Fulda",
        ),
    ],
)
def test_the_other_two_boxes(office, invitation, data, answer, says):
    office.post(entered(invitation), data)

    invitation.refresh_from_db()
    assert invitation.answer == answer
    assert says in (invitation.decline_reason, invitation.represented_by)
    assert AnswerEntry.objects.get().channel == AnswerChannel.PAPER


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"answer": "coming"}, "name_1"),
        ({"answer": "coming", "name_1": "Jörg Weiß"}, "email_1"),
        ({"answer": "coming", "email_1": "weiss@example.org"}, "name_1"),
        ({"answer": "represented"}, "represented_by"),
        ({"answer": "vielleicht"}, "answer"),
        ({}, "answer"),
    ],
)
def test_what_is_missing_is_named_at_its_field(office, invitation, data, field):
    page = office.post(entered(invitation), data)

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert not AnswerEntry.objects.exists()
