"""The order form and the list of the office: kind to people, closed to machines."""

from uuid import uuid4

import pytest
from django.urls import reverse

from programme import tokens
from programme.enums import MailStatus, Role
from programme.models import OutgoingMail
from publications.forms import orders as order_forms
from publications.models import Order, OrderLetter
from tests.factories.publications import OrderFactory, OrderItemFactory, PublicationFactory

pytestmark = pytest.mark.django_db

NASTY = [
    "Käthe\nBcc: opfer@example.org",
    "Käthe\r\nBcc: opfer@example.org",
    "Käthe\rX: y",
    "Käthe%0ABcc: opfer@example.org",
    "Käthe\x00",
    "Käthe\x0bBcc: opfer@example.org",
    "Käthe\x85Bcc: opfer@example.org",
    "Käthe\u2028Bcc: opfer@example.org",
    "opfer@example.org, kaethe@example.org",
    "<opfer@example.org>",
    '"opfer@example.org" <kaethe@example.org>',
    "kaethe@example.org\nopfer@example.org",
    "{{ order.token_seed }}",
    "{% include 'base.html' %}",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "x" * 5000,
    "\u202eetheK",
]


@pytest.fixture
def publication(programme):
    return PublicationFactory(programme=programme, slug="bericht", stock=10, max_copies=5)


@pytest.fixture
def opened(time_machine):
    """The stamp of a form that was opened ten seconds ago."""
    time_machine.move_to("2026-01-05T10:00:00Z")
    stamp = order_forms._stamp()
    time_machine.move_to("2026-01-05T10:00:10Z")
    return stamp


@pytest.fixture
def form(opened):
    return {
        "form_key": str(uuid4()),
        "copies": "3",
        "full_name": "Käthe Strauß",
        "organisation": "",
        "street": "Schloßallee 1",
        "postcode": "65183",
        "city": "Wiesbaden",
        "email": "kaethe@example.org",
        "website": "",
        "opened": opened,
    }


ORDER = reverse("publications:order", args=["bericht"])
ORDERS = reverse("publications:orders")
SENT = reverse("publications:mark_sent")


def order_of(publication, **columns):
    order = OrderFactory(**columns)
    OrderItemFactory(order=order, publication=publication, copies=2)
    return order


def link(order):
    token = tokens.token("order", order.token_seed)
    return reverse("publications:order_status", args=[token])


def test_an_order_leads_to_a_page_that_says_what_comes_next(client, publication, form):
    response = client.post(ORDER, form)

    assert response.status_code == 302
    page = client.get(response["Location"]).content.decode()
    assert "Bitte bestätigen Sie noch" in page
    assert "kaethe" not in page
    assert Order.objects.get().status == "received"


def test_the_form_shows_the_rules_before_ordering(client, publication):
    page = client.get(ORDER).content.decode()

    for words in (
        "höchstens 5 Exemplare",
        "kostenlos",
        "Diese Druckschrift darf nicht zur Wahlwerbung verwendet werden.",
        "Art. 6 Abs. 1 Buchst. e DSGVO",
        "30 Tage nach dem Versand",
    ):
        assert words in page


def test_the_same_form_sent_twice_orders_once(client, publication, form):
    answers = [client.post(ORDER, form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Order.objects.count() == 1
    assert OutgoingMail.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"postcode": "6518"}, "postcode"),
        ({"postcode": "00000"}, "postcode"),
        ({"postcode": "٦٥١٨٣"}, "postcode"),
        ({"postcode": "A1183"}, "postcode"),
        ({"copies": "6"}, "copies"),
        ({"copies": "0"}, "copies"),
        ({"copies": "-1"}, "copies"),
        ({"copies": "999999999999999999999"}, "copies"),
        ({"email": "kaethe"}, "email"),
        ({"full_name": ""}, "full_name"),
        ({"website": "https://example.org"}, "website"),
    ],
)
def test_wrong_input_is_named_and_everything_typed_stays(client, publication, form, change, field):
    response = client.post(ORDER, form | change)

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert 'value="Schloßallee 1"' in response.content.decode()
    assert not Order.objects.exists()


@pytest.mark.parametrize("field", ["full_name", "organisation", "street", "city", "email"])
@pytest.mark.parametrize("value", NASTY)
def test_no_nasty_value_adds_a_recipient_or_a_header(client, publication, form, field, value):
    response = client.post(ORDER, form | {field: value})

    assert response.status_code in {302, 422}
    for order in Order.objects.all():
        token_page = client.post(link(order))
        assert token_page.status_code == 302
    for mail in OutgoingMail.objects.all():
        assert mail.recipient in {"kaethe@example.org", "integration@example.org"}
        assert mail.reply_to in {"kaethe@example.org", "integration@example.org"}
        assert "\n" not in mail.subject
        assert "<script>" not in mail.html_body


def test_a_form_sent_at_once_is_asked_to_be_sent_again(client, publication, form):
    at_once = form | {"opened": order_forms._stamp()}
    response = client.post(ORDER, at_once)
    with_errors = client.post(ORDER, at_once | {"city": ""})

    assert response.status_code == 422
    assert "sehr schnell" in response.content.decode()
    assert list(with_errors.context["form"].errors) == ["city"]


@pytest.mark.parametrize("stamp", ["", "erfunden", "x:y:z"])
def test_a_form_without_an_honest_stamp_gets_a_new_one(client, publication, form, stamp):
    response = client.post(ORDER, form | {"opened": stamp})

    assert response.status_code == 422
    assert response.context["form"]["opened"].value() not in {"", stamp}


def test_a_page_of_yesterday_gets_a_new_stamp(client, publication, form, time_machine):
    time_machine.move_to("2026-01-06T10:00:11Z")

    response = client.post(ORDER, form)

    assert response.status_code == 422
    assert "zu lange offen" in response.content.decode()


def test_too_many_tries_from_one_address_get_429_and_others_go_on(client, publication, form):
    for _ in range(30):
        client.post(ORDER, form)

    refused = client.post(ORDER, form)
    other = client.post(ORDER, form, REMOTE_ADDR="192.0.2.7")

    assert (refused.status_code, other.status_code) == (429, 302)
    assert int(refused["Retry-After"]) > 0
    assert refused.context["form"]["full_name"].value() == form["full_name"]


def test_typing_errors_use_up_no_turn(client, publication, form):
    for _ in range(31):
        client.post(ORDER, {})

    assert client.post(ORDER, form).status_code == 302


@pytest.mark.parametrize("name", ["full_name", "street", "city"])
def test_a_line_of_invisible_signs_is_empty(client, publication, form, name):
    response = client.post(ORDER, form | {name: "\u200b\u202e"})

    assert (response.status_code, list(response.context["form"].errors)) == (422, [name])


def test_signs_that_turn_the_direction_of_writing_are_left_out(client, publication, form):
    client.post(ORDER, form | {"full_name": "Käthe \u202eluaP"})

    assert Order.objects.get().full_name == "Käthe luaP"


def test_looking_at_the_link_changes_nothing_and_the_button_confirms(client, publication):
    order = order_of(publication)

    looked = client.get(link(order))
    order.refresh_from_db()
    assert (looked.status_code, order.status) == (200, "received")

    client.post(link(order))
    order.refresh_from_db()
    assert order.status == "confirmed"


def test_the_link_is_never_stored_listed_or_passed_on(client, publication):
    response = client.get(link(order_of(publication)))

    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "strict-origin"


def test_a_dead_link_shows_the_neutral_page(client, publication):
    assert client.get(reverse("publications:order_status", args=["erfunden"])).status_code == 404
    assert client.post(reverse("publications:order_status", args=["ä" * 300])).status_code == 404


def test_the_link_of_an_expired_order_says_so(client, publication):
    order = order_of(publication, status="cancelled")

    assert "abgelaufen" in client.get(link(order)).content.decode()
    assert client.post(link(order)).status_code == 302


@pytest.mark.parametrize("amount", [1, 3])
def test_the_list_costs_the_same_for_any_amount(
    signed_in, publication, amount, django_assert_num_queries
):
    for _ in range(amount):
        order_of(publication, status="confirmed")
    client = signed_in(Role.OFFICE)

    with django_assert_num_queries(8):
        response = client.get(ORDERS)

    assert len(response.context["page"].object_list) == amount


def test_the_office_filters_and_marks_several_as_sent(signed_in, publication):
    chosen = [order_of(publication, status="confirmed") for _ in range(2)]
    left = order_of(publication, status="confirmed")
    waiting = order_of(publication)
    client = signed_in(Role.OFFICE)

    client.post(SENT, {"orders": [order.pk for order in chosen] + [waiting.pk, "x", ""]})

    listed = client.get(ORDERS).context["page"].object_list
    assert [order.pk for order in listed] == [left.pk]
    assert set(Order.objects.filter(status="sent")) == set(chosen)
    publication.refresh_from_db()
    assert publication.stock == 6
    everything = client.get(f"{ORDERS}?stand=alle&seite=999").context["page"].object_list
    assert len(everything) == 4


def test_nothing_ticked_says_what_to_do(signed_in, publication):
    response = signed_in(Role.OFFICE).post(SENT, {}, follow=True)

    assert "Bitte wählen Sie bestätigte Bestellungen aus." in response.content.decode()


def test_only_the_office_sees_orders(signed_in, client, publication):
    assert signed_in(Role.FINANCE).get(ORDERS).status_code == 403
    assert signed_in(Role.AUDITOR).post(SENT, {}).status_code == 403
    assert client.get(ORDERS).status_code == 302
    assert client.post(SENT, {}).status_code == 302


def test_a_mail_that_did_not_arrive_is_shown(signed_in, client, publication):
    order = order_of(publication)
    client.post(link(order))
    mail = OutgoingMail.objects.get(letter="publications/order_mailbox")
    OutgoingMail.objects.filter(pk=mail.pk).update(status=MailStatus.FAILED)

    page = signed_in(Role.OFFICE).get(ORDERS).content.decode()

    assert OrderLetter.objects.filter(order=order).count() == 2
    assert "nicht angekommen" in page
    assert reverse("programme:mail", args=[mail.pk]) in page


def test_the_office_counts_the_shelf(signed_in, publication):
    client = signed_in(Role.OFFICE)
    url = reverse("publications:count_stock", args=["bericht"])

    assert client.get(url).status_code == 200
    assert client.post(url, {"form_key": str(uuid4()), "copies": "25"}).status_code == 302
    assert client.post(url, {"form_key": str(uuid4()), "copies": "-1"}).status_code == 422
    publication.refresh_from_db()
    assert publication.stock == 25


def test_a_shelf_that_is_too_empty_is_said_and_nothing_is_sent(signed_in, publication):
    order = order_of(publication, status="confirmed")
    publication.stock = 1
    publication.save()

    response = signed_in(Role.OFFICE).post(SENT, {"orders": [order.pk]}, follow=True)

    assert "nur noch 1 Exemplare" in response.content.decode()
    order.refresh_from_db()
    assert order.status == "confirmed"


def test_a_forged_proxy_header_does_not_break_the_form(client, publication, form, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 3

    response = client.post(ORDER, form, headers={"X-Forwarded-For": "192.0.2.1"})

    assert response.status_code == 302
