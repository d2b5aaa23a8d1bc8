"""Corrections (B9): entered once, seen in the edition, the next PDF, the parcel and by mail."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from programme import clock
from programme.errors import RuleBroken
from programme.models import OutgoingMail
from publications import emails
from publications.enums import OrderStatus, StockMovementKind
from publications.models import Edition, Erratum, OrderLetter, StockMovement
from publications.queries import errata as queries
from publications.queries import snapshots
from publications.queries.content import report_data
from publications.rules.snapshots import checksum
from publications.services import editions, errata, stock
from tests.factories.publications import (
    EditionFactory,
    ErratumFactory,
    OrderFactory,
    OrderItemFactory,
)
from tests.publications import world

pytestmark = pytest.mark.django_db
LETTERS = Path(__file__).parent / "letters"
PASSAGE = "Der hessische Standort war der Wetteraukreis."
RIGHT = "Der hessische Standort war der Landkreis Wetterau."


@pytest.fixture
def edition():
    """Return a published edition; its pages are not set, nothing here reads them."""
    report, by = world.compiled()
    made = editions.publish(publication=report, by=by)
    made.pdf.save("klein.pdf", ContentFile(b"%PDF-1.7"), save=False)
    made.status, made.published_at, made.pdf_sha256 = "published", clock.now(), "ab" * 32
    made.save()
    return made


@pytest.fixture
def clerk(edition):
    return edition.frozen_by


def draft(**changes):
    """Return a correction that can be entered as it is."""
    return {
        "anchor": "hintergrund",
        "passage": PASSAGE,
        "correction": RIGHT,
        "known_since": clock.today(),
    } | changes


def note(edition, clerk, **changes):
    return errata.note(edition=edition, by=clerk, **draft(**changes))


def ordered(edition, **facts):
    order = OrderFactory(**({"status": OrderStatus.SENT, "wants_corrections": True} | facts))
    OrderItemFactory(order=order, publication=edition.publication)
    return order


def test_a_correction_is_kept_with_its_place(edition, clerk):
    first = note(edition, clerk)
    second = note(edition, clerk, passage="762 Beschäftigte", correction="763 Beschäftigte")

    assert (first.number, second.number) == (1, 2)
    assert (first.chapter, first.passage, first.correction) == ("Hintergrund", PASSAGE, RIGHT)


def test_line_breaks_of_a_copied_passage_do_not_matter(edition, clerk):
    torn = PASSAGE.replace(" war ", "\n   war\t")

    assert note(edition, clerk, passage=torn).passage == PASSAGE


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"anchor": "gibt-es-nicht"}, "anchor"),
        ({"passage": "Das steht dort nicht."}, "passage"),
        ({"passage": "Ausländerbehörden"}, "passage"),
        ({"correction": PASSAGE}, "correction"),
        ({"known_since": date(2100, 1, 1)}, "known_since"),
        ({"known_since": date(2016, 2, 29)}, "known_since"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(edition, clerk, changes, field):
    with pytest.raises(RuleBroken) as refused:
        note(edition, clerk, **changes)

    assert refused.value.field == field
    assert not Erratum.objects.exists()


def test_the_same_passage_is_corrected_once(edition, clerk):
    note(edition, clerk)

    with pytest.raises(RuleBroken, match="schon korrigiert"):
        note(edition, clerk, correction="Noch anders.")


@pytest.mark.parametrize("part", [PASSAGE[:-3], PASSAGE[3:], PASSAGE[2:-2]])
def test_words_that_are_corrected_in_part_are_refused(edition, clerk, part):
    note(edition, clerk)

    with pytest.raises(RuleBroken, match="überschneiden sich mit Korrektur 1") as refused:
        note(edition, clerk, passage=part)

    assert (refused.value.field, Erratum.objects.count()) == ("passage", 1)


def test_the_database_too_takes_a_passage_once():
    first = ErratumFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        ErratumFactory(edition=first.edition, passage=first.passage)


def test_an_edition_in_work_cannot_be_corrected(clerk):
    with pytest.raises(RuleBroken, match="Nur eine veröffentlichte Ausgabe"):
        note(EditionFactory(), clerk)


def test_the_page_of_changes_lists_the_corrections_of_its_edition(client, edition, clerk):
    erratum = note(edition, clerk)
    args = [edition.publication.slug, edition.number]
    at = reverse("publications:edition_changes", args=args)

    shown = client.get(at).text
    errata.withdraw(erratum=erratum, reason="Die Ausgabe hatte recht.", by=clerk)
    afterwards = client.get(at).text

    assert f"Dort steht: „{erratum.passage}“" in shown
    assert f"<strong>„{erratum.correction}“</strong>" in shown
    assert "Dort steht" not in afterwards


def test_the_reading_version_marks_the_passage_and_lists_the_correction(client, edition, clerk):
    note(edition, clerk, passage="762 Beschäftigte", correction="<b>763</b> Beschäftigte")

    page = client.get(reverse("publications:edition", args=[edition.publication.slug, 1]))

    text = page.content.decode()
    assert "<del>762 Beschäftigte</del>" in text
    assert '<a href="#korrektur-1">(Korrektur 1)</a>' in text
    assert 'id="korrektur-1"' in text
    assert "<b>763</b>" not in text
    assert text.count("&lt;b&gt;763&lt;/b&gt; Beschäftigte") == 2


def test_the_edition_itself_stays_as_it_is(edition, clerk):
    before = Edition.objects.filter(pk=edition.pk).values().get()

    note(edition, clerk)

    assert Edition.objects.filter(pk=edition.pk).values().get() == before
    assert checksum(before["snapshot"]) == before["snapshot_sha256"]


def test_the_next_edition_tells_what_was_wrong_in_the_one_before(edition, clerk):
    note(edition, clerk)
    report = edition.publication

    frozen = snapshots.snapshot(
        report,
        number=2,
        moment=clock.now(),
        chapters=snapshots.manuscript_chapters(report),
        data=report_data(report.programme),
    )

    assert frozen["errata"] == [
        {
            "edition": 1,
            "chapter": "Hintergrund",
            "passage": PASSAGE,
            "correction": RIGHT,
            "known_since": clock.today().isoformat(),
        }
    ]


def test_those_who_agreed_get_one_mail_however_often_the_job_runs(edition, clerk):
    told = ordered(edition, email="a@example.org")
    ordered(edition, wants_corrections=False)
    ordered(edition, status=OrderStatus.RECEIVED)
    ordered(edition, anonymised_at=clock.now(), email="")
    erratum = note(edition, clerk)

    counts = [errata.tell_orderers.call(erratum_id=erratum.pk) for _ in range(2)]

    assert counts == [1, 0]
    mails = OutgoingMail.objects.filter(letter="publications/order_erratum")
    assert list(mails.values_list("recipient", flat=True)) == ["a@example.org"]
    assert OrderLetter.objects.get().order == told


def test_more_people_than_fit_at_once_are_all_told(edition, clerk, monkeypatch):
    monkeypatch.setattr(errata, "AT_ONCE", 2)
    for _ in range(3):
        ordered(edition)
    erratum = note(edition, clerk)

    counts = [errata.tell_orderers.call(erratum_id=erratum.pk) for _ in range(2)]

    assert counts == [2, 1]


def test_the_letter_reads_as_agreed(edition, clerk):
    order = ordered(
        edition, number="B-000042", full_name="Käthe Strauß & Söhne", email="k@example.org",
        token_seed="seed",
    )  # fmt: skip
    edition.publication.slug = "abschlussbericht"
    erratum = note(edition, clerk)
    erratum.edition.publication.slug = "abschlussbericht"

    mail = emails.order_erratum(order, erratum)

    head = f"An: {mail.recipient}\nAntwort an: {mail.reply_to}\nBetreff: {mail.subject}\n\n"
    expected = (LETTERS / "order_erratum.txt").read_text(encoding="utf-8")
    assert head + mail.text_body == expected
    assert "Käthe Strauß &amp; Söhne" in mail.html_body


def test_a_withdrawn_correction_is_shown_nowhere_but_kept(client, edition, clerk):
    erratum = note(edition, clerk)
    ordered(edition)

    errata.withdraw(erratum=erratum, reason="Die Ausgabe hatte recht.", by=clerk)

    page = client.get(reverse("publications:edition", args=[edition.publication.slug, 1]))
    assert "<del>" not in page.content.decode()
    assert list(queries.errata_for_parcel(publications=[edition.publication_id])) == []
    assert errata.tell_orderers.call(erratum_id=erratum.pk) == 0
    erratum.refresh_from_db()
    assert erratum.withdrawal_reason == "Die Ausgabe hatte recht."


def test_a_passage_is_free_again_after_its_correction_was_withdrawn(edition, clerk):
    first = note(edition, clerk)
    errata.withdraw(erratum=first, reason="Tippfehler", by=clerk)

    assert note(edition, clerk, correction="Wetterau").number == 2


def test_a_withdrawal_needs_its_reason(edition, clerk):
    with pytest.raises(RuleBroken) as refused:
        errata.withdraw(erratum=note(edition, clerk), reason="  ", by=clerk)

    assert refused.value.field == "reason"


def test_the_slip_tells_of_older_paper_until_a_reprint_arrives(edition, clerk):
    earlier = note(edition, clerk)
    publication = edition.publication
    other = EditionFactory(
        publication=publication, number=2, status="published", published_at=clock.now()
    )
    newer = ErratumFactory(edition=other, number=1)

    before = list(queries.errata_for_parcel(publications=[publication.pk]))
    stock.move(publication=publication, kind=StockMovementKind.RETURNED, copies=5, by=clerk)
    returned = list(queries.errata_for_parcel(publications=[publication.pk]))
    stock.move(publication=publication, kind=StockMovementKind.ARRIVED, copies=5, by=clerk)
    reprinted = list(queries.errata_for_parcel(publications=[publication.pk]))

    assert before == returned == [newer, earlier]
    assert reprinted == [newer]


def test_the_slip_goes_back_as_far_as_the_last_reprint(edition, clerk):
    publication, now = edition.publication, clock.now()
    note(edition, clerk)
    for number, days in ((2, 20), (3, 10)):
        later = EditionFactory(
            publication=publication,
            number=number,
            status="published",
            published_at=now - timedelta(days=days),
        )
        ErratumFactory(edition=later, number=1)
    stock.move(publication=publication, kind=StockMovementKind.ARRIVED, copies=5, by=clerk)
    StockMovement.objects.update(at=now - timedelta(days=15))

    found = queries.errata_for_parcel(publications=[publication.pk])

    assert [row.edition.number for row in found] == [3, 2]


def test_the_feed_hears_of_the_newest_corrections_first(edition, clerk):
    first = note(edition, clerk)
    second = note(edition, clerk, passage="762 Beschäftigte", correction="763 Beschäftigte")
    Erratum.objects.filter(pk=first.pk).update(noted_at=clock.now() - timedelta(days=1))

    programme = edition.publication.programme
    assert list(queries.latest_errata(programme=programme, most=5)) == [second, first]


def test_a_wrong_passage_comes_back_with_what_was_typed(client, edition, clerk):
    client.force_login(clerk)
    address = reverse("publications:errata", args=[edition.publication.slug, 1])

    response = client.post(address, draft(passage="Größe ohne Maß"))

    text = response.content.decode()
    assert response.status_code == 422
    assert "Diese Worte stehen nicht im Kapitel" in text
    assert "Größe ohne Maß" in text


def test_a_correction_entered_on_the_page_is_published(client, edition, clerk):
    client.force_login(clerk)
    address = reverse("publications:errata", args=[edition.publication.slug, 1])

    response = client.post(address, draft())

    assert (response.status_code, response.url) == (302, address)
    assert Erratum.objects.get().passage == PASSAGE


@pytest.mark.parametrize("amount", [1, 3])
def test_the_page_of_corrections_costs_the_same_however_many_there_are(
    client, edition, clerk, amount, django_assert_num_queries
):
    client.force_login(clerk)
    for number in range(amount):
        ErratumFactory(edition=edition, number=number + 1, passage=f"Stelle {number}")

    with django_assert_num_queries(5):
        client.get(reverse("publications:errata", args=[edition.publication.slug, 1]))
