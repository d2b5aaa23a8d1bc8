"""Each organisation is invited once, by its own letter, or the reason is named."""

import re
from datetime import timedelta
from time import perf_counter

import pytest

from network.enums import ContactKind, MeetingStatus
from network.models import Invitation, Meeting, Organisation
from network.services import demo_data, invitations, master_data
from programme import clock, tokens
from programme.errors import RuleBroken
from programme.models import AuditEntry, OutgoingMail
from tests.factories.network import ContactFactory, InvitationFactory, MeetingFactory
from tests.factories.programme import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(programme):
    return MeetingFactory(programme=programme, status=MeetingStatus.DRAFT)


def test_an_invitation_publishes_the_draft_and_sends_the_offices_own_link(meeting, by):
    contact = ContactFactory()

    (invitation,) = invitations.invite(meeting=meeting, organisations=[contact.organisation], by=by)

    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.PUBLISHED
    mail = OutgoingMail.objects.get()
    token = re.search(r"/einladung/([^/\s]+)/", mail.text_body)[1]
    assert tokens.digest(token) == invitation.token_digest
    assert mail.recipient == contact.email
    assert meeting.programme.funding_notice in mail.text_body
    assert b"METHOD:REQUEST" in bytes(mail.attachments.get().content)
    assert AuditEntry.objects.filter(verb="meeting.invited").count() == 1


def test_main_contact_and_mailbox_get_the_letter_nobody_else(meeting, by):
    main = ContactFactory()
    office = main.organisation
    mailbox = ContactFactory(organisation=office, kind=ContactKind.MAILBOX, name="")
    ContactFactory(organisation=office, kind=ContactKind.DEPUTY)
    ContactFactory(organisation=office, is_active=False)

    invitations.invite(meeting=meeting, organisations=[office], by=by)

    recipients = set(OutgoingMail.objects.values_list("recipient", flat=True))
    assert recipients == {main.email, mailbox.email}


def test_sending_twice_invites_nobody_twice_and_late_additions_are_possible(meeting, by):
    first, second = ContactFactory().organisation, ContactFactory().organisation

    invitations.invite(meeting=meeting, organisations=[first], by=by)
    created = invitations.invite(meeting=meeting, organisations=[first, second], by=by)

    assert [invitation.organisation for invitation in created] == [second]
    assert Invitation.objects.count() == OutgoingMail.objects.count() == 2


def test_inviting_only_the_invited_is_no_event(meeting, by):
    office = ContactFactory().organisation
    invitations.invite(meeting=meeting, organisations=[office], by=by)

    assert invitations.invite(meeting=meeting, organisations=[office], by=by) == []

    assert OutgoingMail.objects.count() == 1
    assert AuditEntry.objects.filter(verb="meeting.invited").count() == 1


def test_a_letter_is_not_sent_again_once_the_meeting_is_cancelled(meeting, by):
    contact = ContactFactory()
    (before,) = invitations.invite(meeting=meeting, organisations=[contact.organisation], by=by)
    Meeting.objects.update(status=MeetingStatus.CANCELLED)

    with pytest.raises(RuleBroken, match="abgesagt"):
        invitations.resend(invitation=before, by=by)

    assert OutgoingMail.objects.count() == 1


def test_an_organisation_without_a_contact_is_named_and_nothing_is_sent(meeting, by):
    silent = ContactFactory(is_active=False).organisation
    reachable = ContactFactory().organisation

    with pytest.raises(RuleBroken) as broken:
        invitations.invite(meeting=meeting, organisations=[silent, reachable], by=by)

    assert silent.short_name in broken.value.message
    assert broken.value.field == "organisations"
    assert not OutgoingMail.objects.exists()
    assert not Invitation.objects.exists()


def test_an_empty_choice_is_refused(meeting, by):
    with pytest.raises(RuleBroken) as broken:
        invitations.invite(meeting=meeting, organisations=[], by=by)

    assert broken.value.field == "organisations"


@pytest.mark.parametrize(
    "state",
    [
        {"status": MeetingStatus.CANCELLED},
        {"starts_at": "2016-09-16T08:00Z", "ends_at": None},
        {"starts_at": None, "ends_at": None, "date_label": "Juni 2017"},
    ],
)
def test_nobody_is_invited_to_a_closed_meeting(programme, by, state):
    meeting = MeetingFactory(programme=programme, **state)

    with pytest.raises(RuleBroken):
        invitations.invite(meeting=meeting, organisations=[ContactFactory().organisation], by=by)


@pytest.mark.parametrize("status", [MeetingStatus.DRAFT, MeetingStatus.CLOSED])
def test_nobody_is_asked_for_an_answer_that_is_late_already(programme, by, status):
    meeting = MeetingFactory(
        programme=programme, status=status, reply_until=clock.now() - timedelta(hours=1)
    )

    with pytest.raises(RuleBroken, match="eine spätere Frist"):
        invitations.invite(meeting=meeting, organisations=[ContactFactory().organisation], by=by)

    meeting.refresh_from_db()
    assert meeting.status == status
    assert not OutgoingMail.objects.exists()


def test_resending_keeps_the_link(meeting, by):
    contact = ContactFactory()
    (invitation,) = invitations.invite(meeting=meeting, organisations=[contact.organisation], by=by)

    assert invitations.resend(invitation=invitation, by=by) == [contact]

    first, second = OutgoingMail.objects.order_by("pk")
    assert (first.text_body, first.subject) == (second.text_body, second.subject)


def test_a_withdrawn_or_unreachable_invitation_is_not_sent_again(meeting, by):
    withdrawn = InvitationFactory(meeting=meeting, withdrawn_at=clock.now())
    unreachable = InvitationFactory(meeting=meeting)

    for invitation in (withdrawn, unreachable):
        with pytest.raises(RuleBroken):
            invitations.resend(invitation=invitation, by=by)


def test_39_different_letters_are_prepared_in_about_a_second(programme, meeting, by):
    master_data.load(programme=programme)
    network = Organisation.objects.state_network(clock.today())
    for organisation in network:
        ContactFactory(organisation=organisation, email=f"{organisation.slug}@example.org")

    started = perf_counter()
    created = invitations.invite(meeting=meeting, organisations=network, by=by)
    seconds = perf_counter() - started

    mails = OutgoingMail.objects.all()
    assert len(created) == 39
    assert len({mail.recipient for mail in mails}) == 39
    assert len({re.search(r"/einladung/([^/\s]+)/", mail.text_body)[1] for mail in mails}) == 39
    assert seconds < 5, "budget is 1 s for 40 on a quiet machine"


def test_demo_data_shows_every_state_and_can_be_taken_out(programme):
    master_data.load(programme=programme)
    people = {
        address: UserFactory(email=address) for address in ("team@example.org", *demo_data.MEMBERS)
    }

    for _ in range(2):
        demo_data.load(programme=programme, people=people)

    coming = Invitation.objects.filter(meeting__slug="fachaustausch-terminvergabe")
    answers = list(coming.values_list("answer", flat=True))
    assert len(answers) == 39
    assert {answer: answers.count(answer) for answer in answers}["open"] == 13
    assert set(answers) == {"open", "coming", "declined", "represented"}
    demo_data.remove(programme=programme)
    assert not Invitation.objects.exists()
    assert set(meeting_slugs(programme)) == {
        "1-landesnetzwerktreffen",
        "2-landesnetzwerktreffen",
        "abschlussveranstaltung",
    }


def meeting_slugs(programme):
    from network.models import Meeting

    return Meeting.objects.filter(programme=programme).values_list("slug", flat=True)
