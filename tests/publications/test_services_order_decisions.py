"""The hold queue: released or refused by a person, and a mail either way."""

import pytest

from programme.errors import RuleBroken
from programme.models import OutgoingMail
from publications.models import Order, Publication
from publications.queries.orders import reserved_copies
from publications.rules.order_drafts import OrderLine
from publications.services import dispatch, order_decisions
from tests.factories.programme import UserFactory
from tests.factories.publications import PublicationFactory
from tests.letters import letters
from tests.publications.ordering import confirmed, placed


def held(publication, copies=8):
    return confirmed(publication, copies, purpose="Seminar")


def test_a_released_order_reserves_its_copies_and_goes_to_the_mailbox(publication):
    order, person = held(publication), UserFactory()

    released = order_decisions.release(order=order, by=person)
    order_decisions.release(order=order, by=person)

    assert (released.status, released.decided_by) == ("confirmed", person)
    assert reserved_copies(publication=publication) == 8
    assert [letter for letter, _ in letters()][-2:] == [
        "publications/order_mailbox",
        "publications/order_confirmed",
    ]
    assert len(letters()) == 5


def test_more_than_lies_on_the_shelf_is_released_only_in_part(publication):
    order, person = held(publication, 10_000), UserFactory()

    with pytest.raises(RuleBroken, match="nur 10 Exemplare frei"):
        order_decisions.release(order=order, by=person)
    order_decisions.release(order=order, by=person, copies={publication.pk: 10})

    assert order.items.get().copies == 10
    assert reserved_copies(publication=publication) == 10


@pytest.mark.parametrize("copies", [0, -1, 9])
def test_a_part_is_at_least_one_and_at_most_what_was_ordered(publication, copies):
    with pytest.raises(RuleBroken, match="1 bis 8"):
        order_decisions.release(
            order=held(publication), by=UserFactory(), copies={publication.pk: copies}
        )


def test_a_title_of_which_nothing_is_left_is_dropped_and_the_orderer_is_told(publication):
    gone = PublicationFactory(
        programme=publication.programme, slug="karten", title="Praxiskarten", stock=2
    )
    lines = (OrderLine(publication.pk, 8), OrderLine(gone.pk, 2))
    order, person = confirmed(publication, purpose="Seminar", lines=lines), UserFactory()
    Publication.objects.filter(pk=gone.pk).update(stock=0)

    with pytest.raises(RuleBroken, match="nichts zu versenden"):
        order_decisions.release(order=order, by=person, copies={publication.pk: 0, gone.pk: 0})
    order_decisions.release(order=order, by=person, copies={gone.pk: 0})

    assert list(order.items.values_list("publication", "copies")) == [(publication.pk, 8)]
    mail = OutgoingMail.objects.get(letter="publications/order_confirmed")
    assert "nicht alles senden" in mail.text_body
    assert gone.title not in mail.text_body


def test_a_refused_order_frees_its_copies_and_says_why(publication):
    order, person = held(publication), UserFactory()

    order_decisions.refuse(order=order, by=person, reason="Nur für Schulen.")
    refused = order_decisions.refuse(order=order, by=person, reason="Anderer Grund")

    assert (refused.status, refused.refusal_reason) == ("refused", "Nur für Schulen.")
    assert reserved_copies(publication=publication) == 0
    assert letters()[-1] == ("publications/order_refused", "kaethe@example.org")
    assert len(letters()) == 4


def test_refusing_needs_a_reason_and_sends_nothing_without(publication):
    order = held(publication)
    before = letters()

    with pytest.raises(RuleBroken, match="Grund der Ablehnung") as broken:
        order_decisions.refuse(order=order, by=UserFactory(), reason=" ")

    order.refresh_from_db()
    assert (broken.value.field, order.status, letters()) == ("reason", "held", before)


def test_an_order_on_its_way_can_be_held_and_frees_its_copies(publication):
    order, person = confirmed(publication), UserFactory()
    dispatch.pack(orders=[order.pk], by=person)

    order_decisions.hold(order=order, reason="Anschrift unklar", by=person)
    stopped = order_decisions.hold(order=order, reason="Noch einmal", by=person)

    assert (stopped.status, stopped.hold_reason, stopped.packed_at) == (
        "held",
        "Anschrift unklar",
        None,
    )
    assert reserved_copies(publication=publication) == 0
    assert [letter for letter, _ in letters()][-2:] == [
        "publications/order_check",
        "publications/order_held",
    ]
    assert dispatch.mark_sent(orders=[order.pk], by=person) == []


def test_holding_needs_a_reason(publication):
    with pytest.raises(RuleBroken) as broken:
        order_decisions.hold(order=confirmed(publication), reason=" ", by=UserFactory())

    assert broken.value.field == "reason"


@pytest.mark.parametrize("status", ["received", "sent", "anonymised", "cancelled"])
def test_what_is_not_there_to_decide_is_refused(publication, status):
    order, person = placed(publication), UserFactory()
    Order.objects.update(status=status)

    with pytest.raises(RuleBroken):
        order_decisions.release(order=order, by=person)
    with pytest.raises(RuleBroken, match="wartet nicht mehr"):
        order_decisions.refuse(order=order, by=person, reason="x")
    with pytest.raises(RuleBroken):
        order_decisions.hold(order=order, reason="x", by=person)
