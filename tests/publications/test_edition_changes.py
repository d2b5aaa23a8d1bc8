"""A newer edition lists every changed figure; the older one stays byte by byte (B8)."""

from decimal import Decimal
from unittest.mock import patch

import pytest
from django.urls import reverse

from programme.documents import Document
from programme.enums import VoucherStatus
from programme.models import Voucher, VoucherShare
from publications.exports.changes import Change, Passage, changes
from publications.exports.reading import reading
from publications.models import Block, Picture
from publications.services import editions, manuscripts
from sites.models import CoachingDay, Measure, Site
from tests.factories.programme import UserFactory
from tests.factories.sites import MeasureUpdateFactory
from tests.publications import photos, world

pytestmark = pytest.mark.django_db
FINE = Document(b"%PDF-1.7 <pdfuaid:part>1</pdfuaid:part><pdfaid:part>3</pdfaid:part>", 12)


def publish(report, by):
    """Publish the next edition with a small stand-in for its PDF."""
    edition = editions.publish(publication=report, by=by)
    with patch("publications.services.editions.pdf_of", return_value=FINE):
        editions.render.call(edition_id=edition.pk)
    edition.refresh_from_db()
    return edition


def pay_99_more():
    """Approve the voucher that waits, paid by the first source alone."""
    voucher = Voucher.objects.get(status=VoucherStatus.RECORDED)
    VoucherShare.objects.create(
        voucher=voucher,
        source=voucher.programme.sources.order_by("pk").first(),
        amount_eur=voucher.gross_eur,
        ratio_numerator=1,
        ratio_denominator=1,
    )
    voucher.status, voucher.arithmetic_check_by = VoucherStatus.APPROVED, UserFactory()
    voucher.save()


@pytest.fixture
def two_editions():
    """Edition 1, then one more voucher, one measure less and a new text, then edition 2."""
    report, by = world.compiled()
    first = publish(report, by)
    with first.pdf.open("rb") as stored:
        before = stored.read()
    pay_99_more()
    Measure.objects.filter(title="Terminvergabe 1").update(is_public=False)
    block = Block.objects.get(key="dank")
    manuscripts.edit_block(block=block, body="Neu", version=block.version, values={}, by=by)
    world.sign(report)
    second = publish(report, by)
    return first, second, before


def test_a_voucher_after_freezing_changes_no_byte_and_stands_on_the_list(two_editions, client):
    first, second, before = two_editions

    first.refresh_from_db()
    with first.pdf.open("rb") as stored:
        assert stored.read() == before
    found = changes(reading(first.snapshot), reading(second.snapshot))
    money = [change for change in found.figures if "EUR" in change.now]
    assert (
        Change("Summe: ausgegeben", "1.000,01 EUR", "1.099,01 EUR", ("Tabelle 6", "Tabelle 7"))
        in money
    )
    assert [change.before for change in money] == ["528,31 EUR", "1.000,01 EUR", "1.000,01 EUR"]
    assert [change.now for change in money] == ["627,31 EUR", "1.099,01 EUR", "1.099,01 EUR"]


def test_rows_that_came_or_went_and_texts_are_named(two_editions):
    first, second, _ = two_editions

    found = changes(reading(first.snapshot), reading(second.snapshot))
    back = changes(reading(second.snapshot), reading(first.snapshot))

    gone = Change("Terminvergabe 1", "enthalten", "entfallen", ("Alle Maßnahmen der Standorte",))
    new = Change("Terminvergabe 1", "–", "neu", ("Alle Maßnahmen der Standorte",))
    assert gone in found.figures
    assert new in back.figures
    assert Change("Gießen: Maßnahmen", "2", "1", ("Tabelle 2",)) in found.figures
    chapters = {chapter.anchor: chapter for chapter in found.chapters}
    sentence = "{0} von {0} Maßnahmen sind umgesetzt."
    assert chapters["ergebnisse"].whole == ""
    assert chapters["ergebnisse"].passages[0] == Passage(sentence.format(2), sentence.format(1))
    assert [passage.now for passage in chapters["ergebnisse"].passages[1:]] == ["Neu"]


def test_an_edition_compared_with_itself_has_no_changes(two_editions):
    read = reading(two_editions[0].snapshot)

    found = changes(read, read)

    assert (found.figures, found.chapters) == ((), ())


def test_everybody_reads_what_changed(two_editions, client, django_assert_max_num_queries):
    _, second, _ = two_editions
    slug = second.publication.slug
    with django_assert_max_num_queries(4):
        shown = client.get(reverse("publications:edition_changes", args=[slug, 2])).text
    first = client.get(reverse("publications:edition_changes", args=[slug, 1])).text
    link = reverse("publications:edition_changes", args=[slug, 2])

    for told in ("Summe: ausgegeben", "1.000,01 EUR", "1.099,01 EUR", "Tabelle 6, Tabelle 7"):
        assert told in shown
    assert "Ausgabe 2: <ins>Neu</ins>" in shown
    assert "Dies ist die erste Ausgabe" in first
    assert link in client.get(reverse("publications:edition", args=[slug, 2])).text
    missing = reverse("publications:edition_changes", args=[slug, 3])
    assert client.get(missing).status_code == 404


def next_edition(change):
    """Publish edition 1, let something change, publish edition 2; return both."""
    report, by = world.compiled()
    first = publish(report, by)
    change()
    world.sign(report)
    return first, publish(report, by)


def test_figures_outside_the_tables_stand_on_the_list():
    def more_hours():
        MeasureUpdateFactory(
            measure=Measure.objects.get(title="Terminvergabe 1"), hours=Decimal("2.5")
        )
        CoachingDay.objects.update(hours=Decimal("7.5"))
        Site.objects.update(result="Die Wartezeit sank auf 20 Tage.")

    first, second = next_edition(more_hours)

    found = changes(reading(first.snapshot), reading(second.snapshot))
    told = {change.name: (change.before, change.now, change.places) for change in found.figures}
    place = ("„Die Standorte“",)
    assert told["Gießen: Stunden Begleitung"] == ("6,5", "7,5", place)
    assert told["Terminvergabe 1 (Gießen): Aufwand"] == ("–", "2,5 Stunden", place)
    sites = next(chapter for chapter in found.chapters if chapter.anchor == "standorte")
    assert "Die Wartezeit sank auf 20 Tage." in [passage.now for passage in sites.passages]


def test_a_figure_in_a_sentence_is_never_told_to_be_the_same(client):
    _, second = next_edition(lambda: Site.objects.update(lessons="Planen Sie 20 Tage ein."))

    slug = second.publication.slug
    shown = client.get(reverse("publications:edition_changes", args=[slug, 2])).text

    assert "Ausgabe 2: <ins>Planen Sie 20 Tage ein.</ins>" in shown
    assert "Sätze, die anders lauten, auch solche mit Zahlen, stehen unter „Texte“." in shown
    assert "Keine Zahl" not in shown


def test_the_cells_of_a_changed_row_stand_apart():
    def with_table():
        Block.objects.filter(key="dank").update(
            body="| Ort | Tage |\n| - | - |\n| Gießen | 12 |\n| Fulda | 9 |\n"
        )

    first, second = next_edition(with_table)

    found = changes(reading(first.snapshot), reading(second.snapshot))
    assert found.chapters[0].passages[-1].now == "Ort · Tage; Gießen · 12; Fulda · 9"


def test_a_footnote_is_told_by_its_words_without_signs():
    def with_notes():
        text = (
            "Das gilt überall.[^a] Das gilt hier.[^b]\n\n[^a]: Auch in Fulda.\n\n[^b]: Seit Mai.\n"
        )
        Block.objects.filter(key="dank").update(body=text)

    first, second = next_edition(with_notes)

    found = changes(reading(first.snapshot), reading(second.snapshot))
    told = found.chapters[0].passages[-1].now
    assert told == "Das gilt überall. Das gilt hier. Auch in Fulda. Seit Mai."


def test_the_words_of_a_picture_are_compared():
    report, by = world.compiled()
    picture = photos.with_picture(report, by).picture
    world.sign(report)
    first = publish(report, by)
    Picture.objects.filter(pk=picture.pk).update(caption="Die Ausländerbehörde Fulda")
    world.sign(report)

    found = changes(reading(first.snapshot), reading(publish(report, by).snapshot))

    (chapter,) = found.chapters
    assert chapter.passages == (Passage(picture.caption, "Die Ausländerbehörde Fulda"),)
