"""The answer page: three ways, and everything an office is asked and told."""

import re
from datetime import UTC, datetime

import pytest

from network.enums import Answer, RegistrationStatus
from network.models import AnswerEntry, Invitation, Needs, Registration
from programme.models import OutgoingMail
from tests.factories.network import (
    ContactFactory,
    InvitationFactory,
    MeetingFactory,
    MembershipFactory,
    OrganisationFactory,
    RegistrationFactory,
    WorkshopFactory,
)
from tests.network.answering import TWO, address
from tests.pages import keyed, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]


def test_two_colleagues_are_registered_on_one_page(client):
    invitation = InvitationFactory()

    response = client.post(address(invitation), keyed(TWO), follow=True)

    assert response.redirect_chain == [(address(invitation), 302)]
    assert "2 Personen sind eingetragen." in text(response)
    assert "2 von 2 Plätzen Ihrer Organisation genutzt" in text(response)
    assert list(Registration.objects.values_list("full_name", "status")) == [
        ("Öznur Groß", RegistrationStatus.CONFIRMED),
        ("Jörg Weiß", RegistrationStatus.CONFIRMED),
    ]


def test_the_page_says_who_what_when_where_and_how_many(client):
    meeting = MeetingFactory(starts_at=datetime(2096, 2, 29, 8, 30, tzinfo=UTC), ends_at=None)
    invitation = InvitationFactory(meeting=meeting, organisation__name="Ausländerbehörde Fulda")
    RegistrationFactory(invitation=invitation)

    page = text(client.get(address(invitation)))

    for part in (
        "Ausländerbehörde Fulda",
        meeting.title,
        "29. Februar 2096, 09:30 Uhr",
        "Regierungspräsidium Darmstadt",
        "15. Februar 2100",
        "1 von 2 Plätzen Ihrer Organisation genutzt",
        "Art. 13 DSGVO",
        "Verbindlich anmelden",
        "Wir kommen nicht",
        "Jemand vertritt uns",
    ):
        assert part in page
    assert page.count('name="name_') == 1


def test_a_full_meeting_offers_the_waiting_list_at_once(client):
    meeting = MeetingFactory(seats=1)
    RegistrationFactory(invitation__meeting=meeting)

    page = text(client.get(address(InvitationFactory(meeting=meeting))))

    assert "Das Treffen ist zurzeit ausgebucht" in page
    assert 'name="accept_waiting" value="1"' in page


def test_an_office_declines_with_a_reason_and_may_come_after_all(client):
    invitation = InvitationFactory()

    page = client.post(
        address(invitation, "decline_invitation"), keyed({"decline_reason": "Umzug"}), follow=True
    )
    said = "Wir kommen nicht. Sie können sie unten noch ändern. Grund: Umzug"
    assert said in re.sub(r"<[^>]+>", " ", text(page)).replace("  ", " ")

    client.post(address(invitation), keyed(TWO))
    row = Invitation.objects.get(pk=invitation.pk)
    assert (row.answer, row.decline_reason) == (Answer.COMING, "")


def test_an_office_is_represented(client):
    invitation = InvitationFactory()
    there = address(invitation, "represent_invitation")

    assert client.post(there, keyed({"represented_by": " "})).status_code == 422
    page = client.post(there, keyed({"represented_by": "Landkreis Fulda"}), follow=True)

    assert "Wir werden vertreten durch Landkreis Fulda" in text(page)


def test_the_office_replaces_one_of_its_people(client):
    invitation = InvitationFactory()
    row = RegistrationFactory(invitation=invitation)
    new = keyed({"name_1": "Ayşe Çelik", "email_1": "ayse@example.org"})

    client.post(address(invitation, "replace_person", row.pk), new)

    assert Registration.objects.active().get().full_name == "Ayşe Çelik"


def test_a_hybrid_meeting_asks_each_person_how_they_attend(client):
    invitation = InvitationFactory(meeting__mode="hybrid")

    client.post(address(invitation), keyed(TWO | {"mode_1": "online"}))

    modes = Registration.objects.order_by("pk").values_list("mode", flat=True)
    assert list(modes) == ["online", "on_site"]


@pytest.mark.parametrize("amount", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_people(
    client, amount, django_assert_num_queries
):
    invitation = InvitationFactory(seats_override=5, organisation=OrganisationFactory())
    RegistrationFactory.create_batch(amount, invitation=invitation)

    with django_assert_num_queries(5):
        response = client.get(address(invitation))

    assert len(response.context["people"]) == amount


def test_free_seats_stand_beside_each_way_and_workshop(client):
    meeting = MeetingFactory(mode="hybrid", seats=1, online_seats=5)
    RegistrationFactory(invitation__meeting=meeting)
    WorkshopFactory(meeting=meeting, title="Gespräche führen", seats=3)

    page = text(client.get(address(InvitationFactory(meeting=meeting))))

    assert "Insgesamt frei: vor Ort keine, online 5." in page
    assert "vor Ort (ausgebucht, Warteliste)" in page
    assert "Gespräche führen (noch 3 Plätze)" in page


def test_needs_are_folded_kept_apart_and_never_shown_again(client):
    meeting = MeetingFactory(ends_at=datetime(2100, 3, 1, 15, 0, tzinfo=UTC))
    workshop = WorkshopFactory(meeting=meeting)
    invitation = InvitationFactory(meeting=meeting)
    data = {
        "name_1": "Öznur Groß",
        "email_1": "oeznur@example.org",
        "workshop_1": str(workshop.pk),
        "diet_1": ["vegan"],
        "access_1": "Induktionsschleife",
    }

    page = text(client.get(address(invitation)))
    after = text(client.post(address(invitation), keyed(data), follow=True))

    assert "Sieben Tage nach dem Treffen (08.03.2100) werden sie gelöscht" in page
    row = Registration.objects.get()
    assert row.workshop == workshop
    assert "Induktionsschleife" not in Needs.objects.get(registration=row).secret
    assert workshop.title in after
    assert "Induktionsschleife" not in after


def test_people_who_only_come_together_wait_together(client):
    invitation = InvitationFactory(meeting__seats=1)

    refused = client.post(address(invitation), keyed(TWO | {"together": "on"}))
    again = keyed(TWO | {"together": "on", "accept_waiting": "1"})
    client.post(address(invitation), again, follow=True)

    assert refused.status_code == 422
    assert "checked" in text(refused).split('name="together"')[1][:120]
    assert set(Registration.objects.values_list("status", flat=True)) == {"waiting"}
    assert len(set(Registration.objects.values_list("party", flat=True)) - {None}) == 1


def test_forwarded_answered_by_b_noticed_by_a_and_taken_back(client):
    invitation = InvitationFactory()
    ContactFactory(organisation=invitation.organisation, email="a@example.org")
    ayse = RegistrationFactory(invitation=invitation, email="ayse@example.org")
    Invitation.objects.update(answer=Answer.COMING)
    form = {"sender_name": "Bernd Groß", "sender_email": "b@example.org"}

    client.post(address(invitation, "decline_invitation"), keyed(form))

    notice = OutgoingMail.objects.get(recipient="a@example.org")
    assert "Bernd Groß (b@example.org) hat" in notice.text_body
    ayse.refresh_from_db()
    assert ayse.status == RegistrationStatus.CANCELLED
    link = next(word for word in notice.text_body.split() if "/rueckgaengig/" in word)
    client.post(link.removeprefix("https://portal.example.org"), {"confirm": "ja"})
    ayse.refresh_from_db()
    invitation.refresh_from_db()
    assert (ayse.status, invitation.answer) == (RegistrationStatus.CONFIRMED, Answer.COMING)
    last = OutgoingMail.objects.filter(recipient="ayse@example.org").latest("pk")
    assert b"METHOD:REQUEST" in bytes(last.attachments.get().content)
    assert OutgoingMail.objects.filter(recipient="a@example.org").count() == 1


def test_a_member_of_the_office_answers_in_its_own_name(client):
    invitation = InvitationFactory()
    ContactFactory(organisation=invitation.organisation, email="a@example.org")
    member = MembershipFactory(organisation=invitation.organisation).user
    client.force_login(member)

    client.post(address(invitation, "decline_invitation"), keyed({}))

    entry = AnswerEntry.objects.get()
    assert (entry.channel, entry.by, entry.undo_digest) == ("account", member, None)


def test_a_tick_lets_the_contact_of_the_office_read_along(client):
    invitation = InvitationFactory()

    page = text(client.get(address(invitation)))
    client.post(address(invitation), keyed(TWO | {"is_copied": "on"}))

    assert "Die Ansprechperson unserer Stelle liest mit" in page
    assert [*Registration.objects.values_list("is_copied", flat=True)] == [True, True]


def test_replacing_a_person_asks_for_no_copies_again(client):
    person = RegistrationFactory(is_copied=True)
    replace = address(person.invitation, "replace_person", person.pk)

    page = text(client.get(replace))

    assert "liest mit" not in page
