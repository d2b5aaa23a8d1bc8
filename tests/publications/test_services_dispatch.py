"""From the shelf to the post, and what the shelf says about it."""

import pytest
from django.db.models import Sum

from programme.errors import RuleBroken
from programme.models import AuditEntry
from publications.enums import StockMovementKind
from publications.models import Order, StockMovement
from publications.queries.orders import reserved_copies
from publications.services import dispatch, stock
from tests.factories.programme import UserFactory
from tests.letters import letters
from tests.publications.ordering import confirmed, placed


def test_sending_takes_copies_off_the_shelf_once(publication):
    order = confirmed(publication)
    person = UserFactory()

    assert dispatch.mark_sent(orders=[order.pk], by=person) == [order]
    assert dispatch.mark_sent(orders=[order.pk], by=person) == []

    publication.refresh_from_db()
    order.refresh_from_db()
    assert publication.stock == 7
    assert (order.status, order.sent_by) == ("sent", person)
    assert reserved_copies(publication=publication) == 0
    assert letters()[-1] == ("publications/order_sent", "kaethe@example.org")
    assert AuditEntry.objects.get(verb="order.sent").actor == person
    line = StockMovement.objects.get()
    assert (line.kind, line.copies, line.balance, line.order) == ("delivered", -3, 7, order)


def test_a_packed_order_keeps_its_copies_and_can_be_sent(publication):
    order = confirmed(publication)
    person = UserFactory()
    before = len(letters())

    packed = dispatch.pack(orders=[order.pk], by=person)
    again = dispatch.pack(orders=[order.pk], by=person)

    order.refresh_from_db()
    assert (packed, again, order.status, order.packed_by) == ([order], [], "packed", person)
    assert (reserved_copies(publication=publication), len(letters())) == (3, before)
    assert dispatch.mark_sent(orders=[order.pk], by=person) == [order]


def test_an_unconfirmed_order_is_neither_packed_nor_sent(publication):
    order = placed(publication)

    assert dispatch.pack(orders=[order.pk], by=UserFactory()) == []
    assert dispatch.mark_sent(orders=[order.pk], by=UserFactory()) == []


def test_a_shelf_that_is_too_empty_stops_the_dispatch_as_a_whole(publication):
    first, second = confirmed(publication), confirmed(publication, email="b@example.org")
    publication.stock = 5
    publication.save()

    with pytest.raises(RuleBroken, match="nur noch 2"):
        dispatch.mark_sent(orders=[first.pk, second.pk], by=UserFactory())

    publication.refresh_from_db()
    assert publication.stock == 5
    assert not Order.objects.filter(status="sent").exists()
    assert not StockMovement.objects.exists()


def test_the_shelf_is_counted_but_not_below_what_is_reserved(publication):
    placed(publication)

    with pytest.raises(RuleBroken) as broken:
        stock.count(publication=publication, copies=2, by=UserFactory())
    assert broken.value.field == "copies"

    assert stock.count(publication=publication, copies=3, by=UserFactory()).stock == 3
    assert AuditEntry.objects.get(verb="stock.counted").changes == {"stock": [10, 3]}


def test_the_sum_of_all_movements_lies_on_the_shelf(publication):
    person = UserFactory()
    publication.stock = 0
    publication.save()
    stock.count(publication=publication, copies=10, by=person)
    stock.move(
        publication=publication,
        kind=StockMovementKind.ARRIVED,
        copies=40,
        by=person,
        note="Nachdruck",
    )
    stock.move(
        publication=publication,
        kind=StockMovementKind.LOST,
        copies=5,
        by=person,
        note="Wasserschaden",
    )
    dispatch.mark_sent(orders=[confirmed(publication).pk], by=person)

    publication.refresh_from_db()
    lines = StockMovement.objects.filter(publication=publication)
    assert publication.stock == lines.aggregate(sum=Sum("copies"))["sum"] == 42
    assert list(lines.order_by("pk").values_list("kind", "balance")) == [
        ("counted", 10),
        ("arrived", 50),
        ("lost", 45),
        ("delivered", 42),
    ]


@pytest.mark.parametrize(
    ("kind", "copies"),
    [
        (StockMovementKind.LOST, 8),
        (StockMovementKind.LOST, 0),
        (StockMovementKind.DELIVERED, 1),
    ],
)
def test_a_loss_leaves_what_is_reserved_and_other_kinds_are_not_written_by_hand(
    publication, kind, copies
):
    placed(publication)

    with pytest.raises(RuleBroken):
        stock.move(publication=publication, kind=kind, copies=copies, by=UserFactory())

    assert not StockMovement.objects.exists()


def test_running_short_is_told_once_until_there_is_enough_again(publication):
    publication.reprint_below = 8
    publication.save()
    person = UserFactory()

    placed(publication, 3)
    placed(publication, 1, email="b@example.org")
    stock.move(publication=publication, kind=StockMovementKind.ARRIVED, copies=20, by=person)
    stock.move(publication=publication, kind=StockMovementKind.LOST, copies=20, by=person)

    told = [letter for letter in letters() if letter[0] == "publications/reprint_due"]
    assert told == [("publications/reprint_due", "integration@example.org")] * 2
