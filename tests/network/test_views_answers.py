"""The answer page: three ways, nothing lost, nothing changed by looking, nothing told."""

import re
from datetime import UTC, datetime

import pytest
from django.core import serializers
from django.test import Client
from django.urls import reverse

from network.enums import Answer, MeetingStatus, RegistrationStatus
from network.models import AnswerEntry, Invitation, Needs, Registration
from programme import tokens
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
from tests.pages import keyed, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]

TWO = {
    "name_1": "Öznur Groß",
    "email_1": "oeznur@example.org",
    "name_2": "Jörg Weiß",
    "email_2": "joerg@example.org",
}
# What scanners, children and attackers type.
NASTY = [
    "Eve\r\nBcc: opfer@example.org",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "\x00",
    "Ⅷ" * 300,
]


def token_of(invitation) -> str:
    return tokens.token("invitation", invitation.token_seed)


def address(invitation, name="invitation", *args) -> str:
    return reverse(f"network:{name}", args=[token_of(invitation), *args])


def dump() -> str:
    rows = [*Invitation.objects.order_by("pk"), *Registration.objects.order_by("pk")]
    return serializers.serialize("json", [*rows, *OutgoingMail.objects.all()])


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


@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize("name", ["invitation", "decline_invitation", "represent_invitation"])
def test_looking_changes_nothing(method, name):
    invitation = InvitationFactory()
    RegistrationFactory(invitation=invitation)
    before = dump()

    response = getattr(Client(), method)(address(invitation, name), {"accept_waiting": "1"})

    assert response.status_code == 200
    assert dump() == before


@pytest.mark.parametrize("step", ["cancel_person", "replace_person"])
def test_a_scanner_that_follows_every_link_and_presses_empty_buttons_changes_nothing(step):
    invitation = InvitationFactory()
    row = RegistrationFactory(invitation=invitation)
    before = dump()
    client = Client()

    assert client.get(address(invitation, step, row.pk)).status_code == 200
    assert client.post(address(invitation, step, row.pk)).status_code == 422

    assert dump() == before


def test_pages_behind_a_link_are_neither_stored_nor_listed(client):
    response = client.get(address(InvitationFactory()))

    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "strict-origin"


@pytest.mark.parametrize(
    "changes",
    [
        {"withdrawn_at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"meeting__status": MeetingStatus.CANCELLED},
        {"meeting__status": MeetingStatus.DRAFT},
        {
            "meeting__starts_at": datetime(2016, 2, 29, 9, 0, tzinfo=UTC),
            "meeting__ends_at": datetime(2016, 2, 29, 15, 0, tzinfo=UTC),
        },
    ],
)
def test_dead_links_show_one_neutral_page(client, changes):
    dead = InvitationFactory(organisation__name="Geheimes Amt", **changes)
    RegistrationFactory(invitation=dead, full_name="Öznur Groß")
    unknown = client.get(reverse("network:invitation", args=["x" * 43]))

    for name in ("invitation", "decline_invitation", "represent_invitation"):
        for answer in (client.get(address(dead, name)), client.post(address(dead, name), TWO)):
            assert answer.status_code == 404
            assert "Geheimes Amt" not in answer.content.decode()
            assert "Öznur" not in answer.content.decode()
    assert text(unknown) == text(client.get(address(dead))).replace(token_of(dead), "x" * 43)


def test_the_seed_and_the_digest_open_nothing(client):
    invitation = InvitationFactory()

    for guess in (
        invitation.token_seed,
        invitation.token_digest,
        token_of(invitation)[:-1],
        token_of(invitation).swapcase(),
        "\x00",
        "ß" * 500,
    ):
        assert client.get(reverse("network:invitation", args=[guess])).status_code == 404


def test_impossible_numbers_of_people_are_not_found(client):
    there = address(InvitationFactory(), "cancel_person", 10**30)

    assert client.get(there).status_code == 404
    assert client.post(there, {"confirm": "ja"}).status_code == 404


def test_the_link_of_one_office_does_not_reach_people_of_another(client):
    mine, foreign = InvitationFactory(), RegistrationFactory()

    for name in ("cancel_person", "replace_person"):
        assert client.get(address(mine, name, foreign.pk)).status_code == 404
        assert client.post(address(mine, name, foreign.pk), {"confirm": "ja"}).status_code == 404

    foreign.refresh_from_db()
    assert foreign.status == RegistrationStatus.CONFIRMED


def test_the_last_seat_taken_while_typing_offers_the_waiting_list_and_loses_nothing(client):
    meeting = MeetingFactory(seats=1)
    invitation = InvitationFactory(meeting=meeting)
    client.get(address(invitation))
    RegistrationFactory(invitation__meeting=meeting)

    refused = client.post(address(invitation), keyed(TWO | {"function_1": "Leitung"}))

    page = text(refused)
    assert refused.status_code == 422
    assert "Es ist kein Platz mehr frei." in page
    assert "Auf die Warteliste setzen" in page
    for typed in (*TWO.values(), "Leitung"):
        assert f'value="{typed}"' in page
    assert Registration.objects.count() == 1

    again = client.post(address(invitation), keyed(TWO | {"accept_waiting": "1"}), follow=True)
    assert "davon auf der Warteliste: 2" in text(again)


def test_a_full_meeting_offers_the_waiting_list_at_once(client):
    meeting = MeetingFactory(seats=1)
    RegistrationFactory(invitation__meeting=meeting)

    page = text(client.get(address(InvitationFactory(meeting=meeting))))

    assert "Das Treffen ist zurzeit ausgebucht" in page
    assert 'name="accept_waiting" value="1"' in page


def test_rows_typed_are_kept_when_a_colleague_was_quicker(client):
    invitation = InvitationFactory()
    RegistrationFactory(invitation=invitation)

    response = client.post(address(invitation), keyed(TWO))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["name_2"]
    assert 'value="joerg@example.org"' in text(response)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "name_1"),
        (TWO | {"email_2": "joerg@"}, "email_2"),
        (TWO | {"email_2": "a@example.org, b@example.org"}, "email_2"),
        (TWO | {"email_2": ""}, "email_2"),
        (TWO | {"name_2": ""}, "name_2"),
        (TWO | {"email_2": "OEZNUR@example.org"}, "email_2"),
        (TWO | {"name_1": "x" * 121}, "name_1"),
        (TWO | {"email_1": "x" * 250 + "@example.org"}, "email_1"),
    ],
)
def test_wrong_rows_are_named_at_the_field(client, data, field):
    invitation = InvitationFactory()

    response = client.post(address(invitation), keyed(data))

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert f'href="#id_{field}"' in text(response)
    assert not Registration.objects.exists()


@pytest.mark.parametrize("value", NASTY)
@pytest.mark.parametrize("name", ["name_1", "email_1", "function_1", "form_key", "accept_waiting"])
def test_nasty_values_never_break_the_page_or_a_mail(client, value, name):
    response = client.post(address(InvitationFactory()), keyed(TWO) | {name: value}, follow=True)

    assert response.status_code in {200, 422}
    assert "<script>alert" not in response.content.decode()
    assert not OutgoingMail.objects.filter(recipient="opfer@example.org").exists()
    assert not [mail for mail in OutgoingMail.objects.all() if "\n" in mail.subject]


def test_the_same_form_sent_twice_has_one_result(client):
    invitation = InvitationFactory()
    form = keyed(TWO)

    answers = [client.post(address(invitation), form)["Location"] for _ in range(2)]

    assert answers == [address(invitation)] * 2
    assert Registration.objects.count() == 2
    assert OutgoingMail.objects.count() == 2


def test_a_form_changed_after_going_back_says_that_it_was_sent_already(client):
    invitation, form = InvitationFactory(), keyed(TWO)
    client.post(address(invitation), form, follow=True)

    again = client.post(address(invitation), form | {"name_1": "Ganz Anders"}, follow=True)

    assert "schon angekommen" in text(again)
    assert "Ganz Anders" not in text(again)


def test_an_address_registered_already_is_an_error_at_its_row(client):
    invitation = InvitationFactory()
    RegistrationFactory(invitation__meeting=invitation.meeting, email="joerg@example.org")

    response = client.post(address(invitation), keyed(TWO))

    assert list(response.context["form"].errors) == ["email_2"]
    assert Registration.objects.count() == 1


def test_an_office_declines_with_a_reason_and_may_come_after_all(client):
    invitation = InvitationFactory()

    page = client.post(
        address(invitation, "decline_invitation"), keyed({"decline_reason": "Umzug"}), follow=True
    )
    assert "Wir kommen nicht. Grund: Umzug" in re.sub(r"<[^>]+>", "", text(page))

    client.post(address(invitation), keyed(TWO))
    row = Invitation.objects.get(pk=invitation.pk)
    assert (row.answer, row.decline_reason) == (Answer.COMING, "")


def test_an_office_is_represented(client):
    invitation = InvitationFactory()
    there = address(invitation, "represent_invitation")

    assert client.post(there, keyed({"represented_by": " "})).status_code == 422
    page = client.post(there, keyed({"represented_by": "Landkreis Fulda"}), follow=True)

    assert "Wir werden vertreten durch Landkreis Fulda" in text(page)


def test_after_the_deadline_the_page_asks_to_write_and_still_lets_people_cancel(client):
    meeting = MeetingFactory(reply_until=datetime(2026, 1, 1, tzinfo=UTC))
    invitation = InvitationFactory(meeting=meeting)
    row = RegistrationFactory(invitation=invitation)

    page = text(client.get(address(invitation)))
    assert "Die Anmeldung ist geschlossen." in page
    assert "kontakt@example.org" in page
    assert "Verbindlich anmelden" not in page
    late = client.post(address(invitation), keyed(TWO))
    assert late.status_code == 422
    assert 'value="Öznur Groß"' in text(late)

    client.post(address(invitation, "cancel_person", row.pk), keyed({"confirm": "ja"}))
    row.refresh_from_db()
    assert row.status == RegistrationStatus.CANCELLED


@pytest.mark.parametrize(
    ("step", "typed"),
    [
        ("decline_invitation", {"decline_reason": "Umzug im Haus"}),
        ("represent_invitation", {"represented_by": "Landkreis Fulda"}),
    ],
)
def test_what_was_typed_when_the_deadline_passed_is_still_there(client, step, typed):
    invitation = InvitationFactory(meeting__reply_until=datetime(2026, 1, 1, tzinfo=UTC))

    late = client.post(address(invitation, step), keyed(typed))

    assert late.status_code == 422
    assert f'value="{next(iter(typed.values()))}"' in text(late)
    assert "Das Programmteam hilft gern weiter" in text(late)


@pytest.mark.parametrize("step", ["cancel_person", "replace_person"])
def test_a_second_tab_with_somebody_cancelled_leads_back_and_does_nothing(client, step):
    invitation = InvitationFactory()
    row = RegistrationFactory(invitation=invitation, status=RegistrationStatus.CANCELLED)
    new = keyed({"confirm": "ja", "name_1": "Ayşe Çelik", "email_1": "ayse@example.org"})

    for answer in (
        client.get(address(invitation, step, row.pk), follow=True),
        client.post(address(invitation, step, row.pk), new, follow=True),
    ):
        assert answer.redirect_chain == [(address(invitation), 302)]
        assert "schon abgemeldet" in text(answer)
    assert not Registration.objects.active().exists()


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


# What the page offers since meetings have ways, workshops and needs.


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


def test_an_error_in_one_way_keeps_that_way_open_and_what_was_typed(client):
    data = {"represented_by": "Landkreis Fulda", "sender_email": "keine Adresse"}

    response = client.post(address(InvitationFactory(), "represent_invitation"), keyed(data))

    page = text(response)
    assert response.status_code == 422
    assert "Landkreis Fulda" in page
    assert 'id="way-represent" value="represent" checked' in page
    assert "id_represent_sender_email_error" in page


def test_a_member_of_the_office_answers_in_its_own_name(client):
    invitation = InvitationFactory()
    ContactFactory(organisation=invitation.organisation, email="a@example.org")
    member = MembershipFactory(organisation=invitation.organisation).user
    client.force_login(member)

    client.post(address(invitation, "decline_invitation"), keyed({}))

    entry = AnswerEntry.objects.get()
    assert (entry.channel, entry.by, entry.undo_digest) == ("account", member, None)
