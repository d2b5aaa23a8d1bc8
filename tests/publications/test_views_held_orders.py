"""The hold queue on the screen: reason, two buttons, a mail either way."""

from uuid import uuid4

import pytest
from django.urls import reverse

from programme.enums import MailStatus, Role
from programme.models import OutgoingMail
from publications.models import Order
from tests.letters import letters
from tests.publications.ordering import confirmed

pytestmark = pytest.mark.django_db
HELD = reverse("publications:held_orders")
START = reverse("dashboard:start")


def held(publication, copies=8, **changes):
    return confirmed(publication, copies, purpose="Für ein Seminar", **changes)


def decide(client, order, decision, **more):
    address = reverse("publications:decide_order", args=[order.pk])
    return client.post(address, {"decision": decision} | more, follow=True)


@pytest.mark.parametrize("amount", [1, 3])
def test_the_queue_costs_the_same_for_any_amount(
    signed_in, publication, amount, django_assert_num_queries
):
    for number in range(amount):
        held(publication, email=f"p{number}@example.org", street=f"Weg {number}")
    client = signed_in(Role.OFFICE)

    with django_assert_num_queries(8):
        response = client.get(HELD)

    assert len(response.context["held"]) == amount


def test_the_queue_shows_why_what_for_and_what_is_free(signed_in, publication):
    held(publication, 10_000)

    page = signed_in(Role.OFFICE).get(HELD).content.decode()

    assert "höchstens 5 Exemplare" in page
    assert "Für ein Seminar" in page
    assert "10.000 bestellt, 10 frei" in page
    field = next(part for part in page.split("<input ") if 'name="copies_bericht"' in part)
    assert 'max="10000"' in field
    assert 'value="10"' in field


def test_one_click_releases_and_a_reason_refuses(signed_in, publication):
    go, stay = held(publication), held(publication, email="b@example.org", street="Weg 2")
    client = signed_in(Role.OFFICE)

    released = decide(client, go, "release", copies_bericht="4")
    refused = decide(client, stay, "refuse", reason="Nur für Schulen.")

    states = dict(Order.objects.values_list("pk", "status"))
    assert states == {go.pk: "confirmed", stay.pk: "refused"}
    assert go.items.get().copies == 4
    assert "ist freigegeben" in released.content.decode()
    assert "ist abgelehnt" in refused.content.decode()
    assert letters()[-1] == ("publications/order_refused", "b@example.org")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"decision": "release", "copies_bericht": "0"}, "eine ganze Zahl von 1 bis 8"),
        ({"decision": "release", "copies_bericht": "9"}, "eine ganze Zahl von 1 bis 8"),
        ({"decision": "release", "copies_bericht": ""}, "eine ganze Zahl von 1 bis 8"),
        ({"decision": "weg", "copies_bericht": "8"}, "Bitte wählen Sie „Freigeben“"),
        ({"decision": "refuse", "reason": "x" * 301}, "höchstens 300 Zeichen"),
        ({"decision": "refuse", "reason": ""}, "Bitte nennen Sie den Grund der Ablehnung"),
    ],
)
def test_a_bad_decision_changes_nothing_and_says_why(signed_in, publication, typed, words):
    order = held(publication)

    response = decide(signed_in(Role.OFFICE), order, **typed)

    assert words in response.content.decode()
    order.refresh_from_db()
    assert order.status == "held"


def test_too_many_copies_are_told_at_their_field_and_stay_there(signed_in, publication):
    order, other = held(publication, 40), held(publication, email="b@example.org", street="Weg 2")

    page = decide(signed_in(Role.OFFICE), order, "release", copies_bericht="11")

    box = next(
        part for part in page.text.split("<input ") if f'id="b{order.pk}_copies_bericht"' in part
    )
    assert page.status_code == 422
    assert "nur 10 Exemplare frei" in page.text.split(f"b{order.pk}_copies_bericht_error")[-1]
    assert f"b{other.pk}_copies_bericht_error" not in page.text
    assert 'value="11"' in box


def test_two_people_cannot_decide_one_order_twice(signed_in, publication):
    order = held(publication)
    first, second = signed_in(Role.OFFICE), signed_in(Role.OFFICE)
    decide(first, order, "release", copies_bericht="4")
    sent = letters()

    late = [
        decide(second, order, "refuse", reason="Nur für Schulen.").text,
        decide(second, order, "refuse").text,
        decide(second, order, "release", copies_bericht="2").text,
    ]

    order.refresh_from_db()
    assert (order.status, order.items.get().copies) == ("confirmed", 4)
    assert letters() == sent
    for page in late:
        assert f"wurde inzwischen von {order.decided_by} freigegeben" in page
        assert "Ihre Entscheidung wurde nicht übernommen" in page


def test_the_reason_is_asked_where_an_order_is_refused(signed_in, publication):
    order, other = held(publication), held(publication, email="b@example.org", street="Weg 2")
    client = signed_in(Role.OFFICE)

    page = client.get(HELD).text
    again = decide(client, order, "refuse").text

    assert page.count("<details>") == 2
    assert again.count("<details open>") == 1
    assert again.index("<details open>") < again.index(f"b{other.pk}_reason")


def test_the_list_names_the_page_that_stops_an_order(signed_in, publication):
    order, client = confirmed(publication), signed_in(Role.OFFICE)
    address = reverse("publications:hold_order", args=[order.pk])

    link = client.get(reverse("publications:orders")).text.split(f'href="{address}">')[1]

    assert link.startswith("Anhalten<")
    assert "Bestellung anhalten" in client.get(address).text


def test_an_order_on_its_way_can_be_stopped(signed_in, publication):
    order = confirmed(publication)
    client = signed_in(Role.OFFICE)
    address = reverse("publications:hold_order", args=[order.pk])

    empty = client.post(address, {"form_key": str(uuid4()), "reason": ""})
    stopped = client.post(address, {"form_key": str(uuid4()), "reason": "Anschrift unklar"})

    order.refresh_from_db()
    assert (empty.status_code, stopped.status_code, order.status) == (422, 302, "held")


def test_an_empty_queue_helps(signed_in, publication):
    assert "Nichts zu prüfen" in signed_in(Role.OFFICE).get(HELD).content.decode()


def test_the_start_page_names_what_waits_and_sounds_the_alarm(signed_in, publication):
    held(publication)
    confirmed(publication, email="b@example.org", street="Weg 2")
    publication.refresh_from_db()
    OutgoingMail.objects.filter(letter="publications/order_mailbox").update(
        status=MailStatus.DELAYED, attempts=1, last_error="(550, b'mailbox full')"
    )

    page = signed_in(Role.OFFICE).get(START)

    titles = {
        task.title: task.amount for part in page.context["start"].parts for task in part.tasks
    }
    assert titles["Bestellungen zu prüfen"] == 1
    assert titles["Bestellungen zu versenden"] == 1
    assert titles["Bestellungen sind nicht im Bestellpostfach angekommen"] == 1
    assert page.content.decode().count('role="alert"') == 1


def test_a_mail_the_mailbox_refuses_is_an_alarm_and_goes_again_with_one_click(
    signed_in, publication, client
):
    confirmed(publication)
    mail = OutgoingMail.objects.get(letter="publications/order_mailbox")
    OutgoingMail.objects.filter(pk=mail.pk).update(status=MailStatus.DELAYED, attempts=3)
    office = signed_in(Role.OFFICE)

    health = client.get(reverse("programme:health")).json()
    listed = office.get(reverse("publications:orders")).content.decode()
    office.post(reverse("programme:send_again", args=[mail.pk]))

    mail.refresh_from_db()
    assert health["undelivered_mails"] == 1
    assert reverse("programme:send_again", args=[mail.pk]) in listed
    assert mail.status == MailStatus.WAITING
