"""The orders on the desk of the office: filtered, sent, counted."""

import pytest
from django.urls import reverse

from programme.enums import MailStatus, Role
from programme.models import OutgoingMail
from publications.models import Order, OrderLetter
from tests.publications.ordering import link, order_of

pytestmark = pytest.mark.django_db


ORDERS = reverse("publications:orders")
SENT = reverse("publications:mark_sent")


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


def test_who_packs_too_late_is_told_so(signed_in, publication):
    order = order_of(publication, status="packed")
    typed = {"orders": [order.pk], "sheet": "70x36", "first_label": "1"}

    response = signed_in(Role.OFFICE).post(ORDERS, typed)

    assert response.status_code == 422
    assert "Vielleicht hat jemand anderes sie gerade gepackt." in response.text


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
    assert f'action="{reverse("programme:send_again", args=[mail.pk])}"' in page


def test_a_shelf_that_is_too_empty_is_said_and_nothing_is_sent(signed_in, publication):
    order = order_of(publication, status="confirmed")
    publication.stock = 1
    publication.save()

    response = signed_in(Role.OFFICE).post(SENT, {"orders": [order.pk]}, follow=True)

    assert "nur noch 1 Exemplare" in response.content.decode()
    order.refresh_from_db()
    assert order.status == "confirmed"


def test_the_desk_is_warned_of_addresses_the_labels_cannot_print(signed_in, publication):
    plain = order_of(publication, status="confirmed", full_name="Đặng Thị Hồng")
    odd = order_of(publication, status="confirmed", full_name="王伟")
    client = signed_in(Role.OFFICE)

    listed = client.get(reverse("publications:orders")).text

    assert f"<li>{odd.number}: 王伟</li>" in listed
    assert f"<li>{plain.number}:" not in listed
    assert "Nicht jedes Zeichen" not in client.get(f"{ORDERS}?stand=alle").text
