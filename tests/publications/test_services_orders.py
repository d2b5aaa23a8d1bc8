"""Orders: reserved, confirmed by mail, looked at first where they are odd."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme import clock
from programme.errors import RuleBroken
from programme.models import OutgoingMail
from publications.enums import OrderChannel
from publications.models import Order, OrderRule
from publications.queries.orders import reserved_copies
from publications.rules.order_drafts import OrderLine
from publications.services import orders
from tests.factories.programme import UserFactory
from tests.factories.publications import PublicationFactory
from tests.letters import letters
from tests.publications.ordering import confirmed, draft, placed


@pytest.fixture
def hesse(publication):
    return OrderRule.objects.create(
        programme=publication.programme,
        kind="region",
        effect="hold",
        name="Hessen",
        text="Wir versenden vor allem nach Hessen.",
        postcodes=[["60001", "63699"], ["65183", "65326"]],
    )


@pytest.fixture
def purpose(publication):
    return OrderRule.objects.create(
        programme=publication.programme,
        kind="purpose",
        effect="refuse",
        name="Zweck",
        text="Ab 4 Exemplaren nennen Sie bitte den Zweck.",
        from_copies=4,
    )


def test_an_order_is_received_reserved_and_asks_for_confirmation(publication):
    order = placed(publication)

    assert (order.status, order.number) == ("received", f"B-{order.pk:06d}")
    assert list(order.items.values_list("publication", "copies")) == [(publication.pk, 3)]
    assert reserved_copies(publication=publication) == 3
    assert letters() == [("publications/order_received", "kaethe@example.org")]
    publication.refresh_from_db()
    assert publication.stock == 10


def test_the_first_letter_names_the_number_the_order_is_known_by(publication):
    ready = orders.prepare(draft=draft(publication))
    stopgap = ready.order.number

    order = orders.place(draft=draft(publication), prepared=ready)

    mail = OutgoingMail.objects.get()
    assert mail.subject == f"Bitte bestätigen Sie Ihre Bestellung B-{order.pk:06d}"
    assert stopgap not in mail.subject + mail.text_body + mail.html_body


def test_one_order_takes_several_titles(publication, programme):
    other = PublicationFactory(programme=programme, title="Kurzfassung", stock=5)
    lines = (OrderLine(publication.pk, 2), OrderLine(other.pk, 4))

    order = placed(publication, lines=lines)

    assert set(order.items.values_list("publication", "copies")) == {
        (publication.pk, 2),
        (other.pk, 4),
    }
    text = OutgoingMail.objects.get().text_body
    assert "2 × Abschlussbericht\n4 × Kurzfassung" in text


def test_an_empty_or_unknown_basket_is_refused(publication):
    for lines in ((), (OrderLine(0, 1),)):
        with pytest.raises(RuleBroken, match="mindestens ein Exemplar"):
            placed(publication, lines=lines)


def test_nothing_typed_by_a_stranger_is_in_the_first_letter(publication):
    placed(publication, full_name="Kaufen bei www.spam", purpose="spam", organisation="spam")

    mail = OutgoingMail.objects.get()
    assert "spam" not in mail.subject + mail.text_body + mail.html_body


def test_a_confirmed_order_goes_to_the_mailbox_and_back_to_the_orderer(publication):
    order = confirmed(publication)
    orders.confirm(order=order)

    assert order.status == "confirmed"
    assert letters()[1:] == [
        ("publications/order_mailbox", "integration@example.org"),
        ("publications/order_confirmed", "kaethe@example.org"),
    ]
    mailbox = OutgoingMail.objects.get(letter="publications/order_mailbox")
    assert mailbox.reply_to == "kaethe@example.org"
    assert "Schloßallee 1" in mailbox.text_body


@pytest.mark.parametrize(("copies", "words"), [(6, "höchstens 5"), (5, "nur noch 4")])
def test_a_hard_limit_and_the_stock_are_kept(publication, copies, words):
    publication.stock, publication.limit_is_soft = 4, False
    publication.save()

    with pytest.raises(RuleBroken, match=words) as broken:
        placed(publication, copies, purpose="Seminar")

    assert broken.value.field == f"copies_{publication.slug}"
    assert not Order.objects.exists()


def test_a_soft_limit_asks_for_a_reason_and_then_waits_for_the_office(publication):
    with pytest.raises(RuleBroken, match="nennen Sie bitte den Grund") as broken:
        placed(publication, 10_000)

    order = confirmed(publication, 10_000, purpose="Für alle Schulen")

    assert broken.value.field == "purpose"
    assert (order.status, order.purpose) == ("held", "Für alle Schulen")
    assert order.hold_reason == (
        "10.000 Exemplare von „Abschlussbericht“: Je Bestellung sind höchstens 5 Exemplare möglich."
    )
    assert reserved_copies(publication=publication) == 0
    assert letters() == [
        ("publications/order_received", "kaethe@example.org"),
        ("publications/order_check", "integration@example.org"),
        ("publications/order_held", "kaethe@example.org"),
    ]


def test_the_limit_of_an_address_counts_all_its_orders_in_the_period(publication):
    publication.max_copies_per_address, publication.limit_days = 6, 30
    publication.save()
    confirmed(publication, 4, street="Schloßallee 1", email="a@example.org")

    with pytest.raises(RuleBroken, match="unter dieser Anschrift") as broken:
        placed(publication, 3, street="Schlossallee  1.", email="b@example.org")
    assert "4" not in broken.value.message
    Order.objects.update(received_at=clock.now() - timedelta(days=31))

    assert placed(publication, 3, email="b@example.org").hold_reason == ""


def test_what_nobody_confirmed_or_released_blocks_no_address(publication):
    publication.max_copies_per_address, publication.limit_is_soft = 5, True
    publication.save()
    placed(publication, 5, email="a@example.org")
    held = confirmed(publication, 10_000, purpose="Seminar", email="b@example.org")

    order = confirmed(publication, 5, email="c@example.org")

    assert (held.status, order.status, order.hold_reason) == ("held", "confirmed", "")


@pytest.mark.parametrize("is_soft", [True, False])
def test_of_two_unconfirmed_orders_the_office_looks_at_the_one_too_much(publication, is_soft):
    publication.max_copies_per_address, publication.limit_is_soft = 5, is_soft
    publication.save()
    first = placed(publication, 3, email="a@example.org")
    second = placed(publication, 3, email="b@example.org")

    states = [orders.confirm(order=order).status for order in (second, first)]

    first.refresh_from_db()
    assert states == ["confirmed", "held"]
    assert first.hold_reason == (
        "3 Exemplare von „Abschlussbericht“: Je Anschrift sind in 30 Tagen höchstens 5 Exemplare "
        "möglich; unter dieser Anschrift oder E-Mail-Adresse wurde schon bestellt. Bisher: 3."
    )
    assert reserved_copies(publication=publication) == 3
    assert [letter for letter, _ in letters()][-2:] == [
        "publications/order_check",
        "publications/order_held",
    ]


def test_what_was_refused_or_has_expired_does_not_count_for_the_address(publication):
    publication.max_copies_per_address = 3
    publication.save()
    Order.objects.filter(pk=placed(publication).pk).update(status="cancelled")

    assert placed(publication).hold_reason == ""


def test_an_address_outside_the_region_is_looked_at(publication, hesse):
    inside = placed(publication, 1)
    outside = placed(publication, 1, postcode="20457", email="b@example.org")

    assert (inside.hold_reason, inside.district) == ("", "Hessen, Postleitzone 65")
    assert outside.hold_reason == "Anschrift außerhalb von „Hessen“."
    assert outside.district == "anderes Gebiet, Postleitzone 20"


def test_a_strict_rule_of_region_refuses_at_the_postcode(publication, hesse):
    hesse.effect = "refuse"
    hesse.save()

    with pytest.raises(RuleBroken, match="Dorthin können wir leider nicht versenden") as broken:
        placed(publication, postcode="20457")

    assert broken.value.field == "postcode"


def test_a_rule_that_is_off_or_of_another_title_does_not_count(publication, hesse, programme):
    other = PublicationFactory(programme=programme)
    hesse.publication = other
    hesse.save()

    assert placed(publication, 1, postcode="20457").hold_reason == ""


def test_a_purpose_is_asked_from_so_many_copies_on(publication, purpose):
    assert placed(publication, 3).purpose == ""
    with pytest.raises(RuleBroken, match="wofür") as broken:
        placed(publication, 4, email="b@example.org")

    assert broken.value.field == "purpose"
    assert placed(publication, 4, email="b@example.org", purpose="Kurs").hold_reason == ""


def test_a_gentle_rule_of_purpose_lets_the_office_look(publication, purpose):
    purpose.effect = "hold"
    purpose.save()

    assert placed(publication, 4).hold_reason == "Kein Zweck genannt („Zweck“)."


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"full_name": "Max Mustermann"}, "erfunden"),
        ({"full_name": "http://spam.example"}, "erfunden"),
        ({"full_name": "Aaaaab"}, "erfunden"),
        ({"full_name": "123"}, "erfunden"),
        ({"email": "x@Mailinator.com"}, "Wegwerf"),
    ],
)
def test_an_invented_name_or_mailbox_is_looked_at_and_not_refused(publication, change, words):
    assert words in placed(publication, 1, **change).hold_reason


def test_the_fourth_order_for_one_address_is_looked_at(publication):
    reasons = [
        placed(publication, 1, email=f"p{number}@example.org").hold_reason for number in range(4)
    ]

    assert reasons == ["", "", "", "Für dieselbe Anschrift gibt es schon 3 Bestellungen."]


def test_what_is_not_printed_cannot_be_ordered(publication):
    publication.is_orderable = False
    publication.save()

    with pytest.raises(RuleBroken, match="nicht gedruckt"):
        placed(publication)


def test_a_mailbox_cannot_be_flooded_through_the_form(publication):
    for number in range(3):
        placed(publication, 1, street=f"Weg {number}")

    with pytest.raises(RuleBroken) as broken:
        placed(publication, 1, email="KAETHE@example.org")

    assert broken.value.field == "email"


def test_an_order_from_a_mail_counts_at_once(publication):
    person = UserFactory()

    with pytest.raises(RuleBroken, match="nennen Sie bitte den Grund") as broken:
        orders.enter(draft=draft(publication, 8), channel=OrderChannel.MAIL, by=person)
    order = orders.enter(
        draft=draft(publication, 8, purpose="Fachtag"), channel=OrderChannel.MAIL, by=person
    )

    assert broken.value.field == "purpose"

    assert (order.status, order.channel, order.entered_by) == ("confirmed", "mail", person)
    assert reserved_copies(publication=publication) == 8
    assert [letter for letter, _ in letters()] == [
        "publications/order_mailbox",
        "publications/order_confirmed",
    ]
    with pytest.raises(RuleBroken, match="sind 2 Exemplare verfügbar"):
        orders.enter(draft=draft(publication, 3), channel=OrderChannel.MAIL, by=person)


def test_an_expired_order_cannot_be_confirmed(publication):
    order = placed(publication)
    Order.objects.update(status="cancelled")

    with pytest.raises(RuleBroken, match="abgelaufen"):
        orders.confirm(order=order)


def test_behind_the_lock_only_counting_is_left(publication, monkeypatch):
    order, locked_titles, before = [], orders.locked_titles, draft(publication)
    with CaptureQueriesContext(connection) as queries:
        monkeypatch.setattr(
            orders,
            "locked_titles",
            lambda titles: (order.append(len(queries)), locked_titles(titles=titles))[1],
        )
        orders.place(draft=before)
        behind = [query["sql"].split()[0] for query in queries][order[0] :]

    assert behind == ["SELECT"] * 5 + ["RELEASE"]


def test_what_is_seen_behind_the_lock_alone_still_counts(publication):
    publication.max_copies_per_address, publication.max_copies = 5, 5
    publication.save()
    ready = orders.prepare(draft=draft(publication, 3, purpose="Seminar"))
    confirmed(publication, 3)

    order = orders.place(draft=draft(publication, 3, purpose="Seminar"), prepared=ready)

    order.refresh_from_db()
    assert order.hold_reason == (
        "3 Exemplare von „Abschlussbericht“: Je Anschrift sind in 30 Tagen höchstens 5 Exemplare "
        "möglich; unter dieser Anschrift oder E-Mail-Adresse wurde schon bestellt. Bisher: 3."
    )
    assert "sehen wir uns die Bestellung an" in OutgoingMail.objects.latest("pk").text_body
    assert reserved_copies(publication=publication) == 3


def test_copies_that_went_meanwhile_leave_nothing_of_the_order_behind(publication):
    ready = orders.prepare(draft=draft(publication, 5))
    publication.stock = 4
    publication.save()

    with pytest.raises(RuleBroken, match="nur noch 4"):
        orders.place(draft=draft(publication, 5), prepared=ready)

    assert not Order.objects.exists()
    assert not OutgoingMail.objects.exists()
