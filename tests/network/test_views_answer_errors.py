"""Wrong, nasty, late and repeated answers: said at the field, and nothing typed is lost."""

from datetime import UTC, datetime

import pytest

from network.enums import RegistrationStatus
from network.models import Registration
from programme.models import OutgoingMail
from tests.factories.network import InvitationFactory, MeetingFactory, RegistrationFactory
from tests.network.answering import TWO, address
from tests.pages import keyed, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]
# What scanners, children and attackers type.
NASTY = [
    "Eve\r\nBcc: opfer@example.org",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "\x00",
    "Ⅷ" * 300,
]


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


def test_an_error_in_one_way_keeps_that_way_open_and_what_was_typed(client):
    data = {"represented_by": "Landkreis Fulda", "sender_email": "keine Adresse"}

    response = client.post(address(InvitationFactory(), "represent_invitation"), keyed(data))

    page = text(response)
    assert response.status_code == 422
    assert "Landkreis Fulda" in page
    assert 'id="way-represent" value="represent" checked' in page
    assert "id_represent_sender_email_error" in page
