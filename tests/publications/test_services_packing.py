"""Orders packed together: one batch, one PDF, sent together, by one person at a time."""

import re
import subprocess

import pytest

from programme.errors import RuleBroken
from programme.models import OutgoingMail, Printout
from publications.enums import LabelSheet, OrderStatus
from publications.models import Order, PackingBatch
from publications.queries.packing import open_batches
from publications.rules import labels
from publications.services import dispatch, order_decisions, packing
from tests.factories.programme import LegalNoticeFactory, UserFactory
from tests.factories.publications import (
    EditionFactory,
    ErratumFactory,
    OrderFactory,
    OrderItemFactory,
)
from tests.publications.ordering import order_of

pytestmark = pytest.mark.django_db
POINT_MM = 25.4 / 72
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<')


def waiting(publication, amount):
    """Confirmed orders of two copies each; return their keys."""
    return [order_of(publication, status="confirmed").pk for _ in range(amount)]


def printed(batch):
    """Make the PDF of a batch as the worker does, and return its bytes."""
    packing.make_packing.call(printout=str(batch.printout_key), batch_id=batch.pk)
    with Printout.objects.get(pk=batch.printout_key).file.open("rb") as file:
        return file.read()


def words_on(content, path, number):
    """Return (left, top, right, bottom in millimetres, word) of the words on one page."""
    file = path / "packing.pdf"
    file.write_bytes(content)
    command = ["pdftotext", "-bbox", "-f", str(number), "-l", str(number), str(file), "-"]
    drawn = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603  own file
    return [(*(float(each) * POINT_MM for each in hit[:4]), hit[4]) for hit in WORD.findall(drawn)]


def states():
    return dict(Order.objects.order_by("pk").values_list("pk", "status"))


def test_a_batch_packs_prints_and_sends_its_orders(publication):
    person, keys = UserFactory(), waiting(publication, 3)

    batch = packing.pack_and_print(orders=keys, sheet=LabelSheet.A4_24, by=person)
    content = printed(batch)
    sent = packing.mark_batch_sent(batch=batch, by=person)

    assert batch.number == f"P-{batch.pk:06d}"
    assert list(batch.entries.values_list("order_id", "position")) == list(
        zip(keys, (1, 2, 3), strict=True)
    )
    assert content.startswith(b"%PDF-")
    assert [order.pk for order in sent] == keys
    assert set(states().values()) == {"sent"}
    assert OutgoingMail.objects.filter(letter="publications/order_sent").count() == 3
    publication.refresh_from_db()
    assert publication.stock == 4
    assert open_batches() == []
    assert packing.mark_batch_sent(batch=batch, by=person) == []


def test_the_notice_on_elections_lies_in_the_parcel(publication, tmp_path):
    LegalNoticeFactory(programme=publication.programme)
    keys = waiting(publication, 1)

    batch = packing.pack_and_print(orders=keys, sheet=LabelSheet.A4_24, by=UserFactory())
    slip = " ".join(word for *_, word in words_on(printed(batch), tmp_path, 2))

    assert publication.programme.election_notice in slip


def test_two_people_at_once_never_pack_the_same_order(publication):
    keys = waiting(publication, 3)

    first = packing.pack_and_print(orders=keys[:2], sheet=LabelSheet.A4_24, by=UserFactory())
    second = packing.pack_and_print(orders=keys, sheet=LabelSheet.A4_24, by=UserFactory())

    assert [entry.order_id for entry in first.entries.all()] == keys[:2]
    assert [entry.order_id for entry in second.entries.all()] == keys[2:]
    with pytest.raises(RuleBroken, match="gerade gepackt"):
        packing.pack_and_print(orders=keys, sheet=LabelSheet.A4_24, by=UserFactory())
    assert PackingBatch.objects.count() == 2


def test_a_held_or_cancelled_order_is_never_in_a_batch_and_leaves_it(publication):
    person, keys = UserFactory(), waiting(publication, 4)
    Order.objects.filter(pk=keys[3]).update(status=OrderStatus.HELD)
    batch = packing.pack_and_print(orders=keys, sheet=LabelSheet.A4_24, by=person)
    order_decisions.hold(order=Order.objects.get(pk=keys[0]), reason="Rückfrage", by=person)
    Order.objects.filter(pk=keys[1]).update(status=OrderStatus.CANCELLED)

    shown = open_batches()[0]
    sent = packing.mark_batch_sent(batch=batch, by=person)

    assert (shown.orders, shown.left) == (1, 2)
    assert [order.pk for order in sent] == [keys[2]]
    assert states() == dict(zip(keys, ("held", "cancelled", "sent", "held"), strict=True))
    assert batch.entries.filter(left_at__isnull=True).get().order_id == keys[2]
    order_decisions.release(order=Order.objects.get(pk=keys[0]), by=person)
    again = packing.pack_and_print(orders=keys, sheet=LabelSheet.A4_24, by=person)
    assert again.entries.get().order_id == keys[0]


def test_the_same_batch_prints_the_same_file(publication):
    person = UserFactory()
    batch = packing.pack_and_print(
        orders=waiting(publication, 2), sheet=LabelSheet.A4_12, by=person
    )
    first = printed(batch)
    Printout.objects.all().delete()

    again = packing.print_again(batch=batch, by=person)

    assert again.printout_key != batch.printout_key
    assert printed(again) == first
    assert packing.print_again(batch=again, by=person).printout_key == again.printout_key


def test_a_dissolved_batch_gives_its_orders_back(publication):
    person, keys = UserFactory(), waiting(publication, 2)
    batch = packing.pack_and_print(orders=keys, sheet=LabelSheet.A4_24, by=person)

    packing.dissolve(batch=batch, by=person)

    assert set(states().values()) == {"confirmed"}
    with pytest.raises(RuleBroken, match="schon abgeschlossen"):
        packing.dissolve(batch=batch, by=person)
    with pytest.raises(RuleBroken, match="schon abgeschlossen"):
        packing.print_again(batch=batch, by=person)
    with pytest.raises(RuleBroken, match="nichts als versandt gemeldet"):
        packing.mark_batch_sent(batch=batch, by=person)
    assert set(states().values()) == {"confirmed"}
    assert packing.pack_and_print(orders=keys, sheet=LabelSheet.A4_24, by=person)


def test_an_empty_shelf_sends_nothing_of_the_batch(publication):
    person = UserFactory()
    batch = packing.pack_and_print(
        orders=waiting(publication, 2), sheet=LabelSheet.A4_24, by=person
    )
    publication.stock = 3
    publication.save()

    with pytest.raises(RuleBroken, match="nur noch"):
        packing.mark_batch_sent(batch=batch, by=person)

    assert set(states().values()) == {"packed"}
    assert dispatch.mark_sent(orders=[], by=person) == []


@pytest.mark.parametrize("first_label", [0, 25])
def test_a_label_the_sheet_does_not_have_is_refused(publication, first_label):
    with pytest.raises(RuleBroken, match="von 1 bis 24") as broken:
        packing.pack_and_print(
            orders=waiting(publication, 1),
            sheet=LabelSheet.A4_24,
            first_label=first_label,
            by=UserFactory(),
        )

    assert broken.value.field == "first_label"
    assert set(states().values()) == {"confirmed"}


LONG = {
    "organisation": "Kreisausschuss des Landkreises Musterhausen-Beispielstadt, Fachbereich "
    "Zuwanderung, Integration und Zusammenhalt, Sachgebiet Aufenthaltsrecht, Poststelle",
    "full_name": "Prof. Dr. Friederike-Charlotte von der Heydenreich-Überschär",
    "street": "Bürgermeister-Johann-Friedrich-Mustermann-Straße 112-118a",
    "city": "Rotenburg an der Fulda-Oberellenbach",
}


@pytest.mark.parametrize("key", LabelSheet)
def test_labels_lie_in_the_grid_of_their_sheet(publication, key, tmp_path):
    LegalNoticeFactory(programme=publication.programme)
    sheet, first = labels.SHEETS[key], 2
    columns = [{"city": f"Stadt{place}", "street": "Größenweg 1"} for place in range(4)]
    columns[1] = LONG | {"street": f"{LONG['street']}"}
    rows = [OrderFactory(status="confirmed", **each) for each in columns]
    for row in rows:
        OrderItemFactory(order=row, publication=publication, copies=1)

    batch = packing.pack_and_print(
        orders=[row.pk for row in rows], sheet=key, first_label=first, by=UserFactory()
    )
    content = printed(batch)

    pages = Printout.objects.get(pk=batch.printout_key).pages
    assert pages == 1 + len(rows) + 1
    drawn = words_on(content, tmp_path, pages)
    corners = {place: sheet.corner(place) for place in range(first, first + len(rows))}
    outside = [
        word
        for left, top, right, bottom, word in drawn
        if not any(
            across + 4 <= left
            and right <= across + sheet.width - 4
            and down + 2 <= top
            and bottom <= down + sheet.height - 2
            for across, down in corners.values()
        )
    ]
    assert outside == []
    towns = [(left, top) for left, top, *_, word in drawn if word.startswith("Stadt")]
    assert len(towns) == 3
    assert {"Stadt0", "Stadt2", "Stadt3"} < {word for *_, word in drawn}
    assert {"Oberellenbach", "112-118a"} & {word.split("-", 1)[-1] for *_, word in drawn}
    assert sum(word == "Größenweg" for *_, word in drawn) == 3


@pytest.mark.parametrize(("length", "pages"), [(30, 3), (480, 4)])
def test_corrections_of_the_newest_edition_lie_in_the_parcel(publication, length, pages, tmp_path):
    edition = EditionFactory(publication=publication, status="published")
    for number in (1, 2):
        ErratumFactory(
            edition=edition,
            number=number,
            passage=f"{number} " + "Zahl " * (length // 5 - 1),
            correction="Berichtigung",
        )
    batch = packing.pack_and_print(
        orders=waiting(publication, 1), sheet=LabelSheet.A4_24, by=UserFactory()
    )

    content = printed(batch)

    assert Printout.objects.get(pk=batch.printout_key).pages == pages
    drawn = [word for page in range(1, pages + 1) for *_, word in words_on(content, tmp_path, page)]
    assert drawn.count("Berichtigung") == 2
