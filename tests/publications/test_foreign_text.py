"""Texts that ask for something outside, in every field of report and order (target H4)."""

from html.parser import HTMLParser
from io import BytesIO
from unittest.mock import patch
from zipfile import ZipFile

import pytest
from django.db import models
from django.urls import reverse

from programme import clock
from programme.models import FieldOfAction, LegalNotice, OutgoingMail, Programme
from publications.enums import EditionStatus, LabelSheet
from publications.exports.epub import epub_of
from publications.exports.pdf import pdf_of
from publications.exports.reading import reading
from publications.models import (
    Block,
    Chapter,
    Edition,
    Erratum,
    Imprint,
    Order,
    Picture,
    Publication,
)
from publications.queries import snapshots
from publications.rules.snapshots import checksum
from publications.services import orders, packing
from sites.models import CoachingDay, Measure, Site
from tests.factories.programme import LegalNoticeFactory, UserFactory
from tests.factories.publications import ErratumFactory
from tests.publications import photos, world
from tests.publications.ordering import order_of
from tests.publications.test_exports_markdown import PAYLOADS

pytestmark = pytest.mark.django_db
ADDRESS = "http://127.0.0.1:9/x"
WRITTEN = [payload.format(url=ADDRESS) for payload in PAYLOADS]
ROUNDS = 7
MANUSCRIPT = (
    *(Publication, Chapter, Imprint, Picture, Programme, LegalNotice),
    *(FieldOfAction, Site, Measure, CoachingDay),
)
NAMES = {"slug", "key", "anchor", "isbn", "doi", "postcode", "number", "token_seed", "name"}
WORDS = {"alt", "title", "aria-label", "content", "data-label", "value"}


class Reach(HTMLParser):
    """Collects whatever of a page leads outside or runs."""

    def __init__(self, html):
        super().__init__()
        self.found, self.in_style = [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.in_style = tag == "style"
        for name, value in attrs:
            leads = any(each in (value or "") for each in (ADDRESS, "javascript:"))
            if (leads and name not in WORDS) or name.startswith("on") or value == "refresh":
                self.found.append((tag, name, value))

    def handle_endtag(self, tag):
        self.in_style = False

    def handle_data(self, data):
        if self.in_style and ADDRESS in data:
            self.found.append(("style", "", data))


def text_fields(model):
    """Return the columns of a model in which a person writes what they like."""
    return [
        field
        for field in model._meta.concrete_fields
        if type(field) in (models.CharField, models.TextField)
        and not field.choices
        and not field.unique
        and field.name not in NAMES
    ]


def written(most, turn):
    """Return as many of the hostile texts as fit, beginning with another one each turn."""
    start = turn * len(WRITTEN) // ROUNDS
    text = ""
    for each in WRITTEN[start:] + WRITTEN[:start]:
        longer = f"{text} {each}".strip()
        if most is not None and len(longer) > most:
            break
        text = longer
    return text


def poison(*chosen, turn):
    """Write hostile texts into every free text of every row."""
    for model in chosen:
        fields = text_fields(model)
        long = {field.name: "\n\n".join(WRITTEN) for field in fields if field.max_length is None}
        short = {f.name: written(f.max_length, turn) for f in fields if f.max_length is not None}
        model.objects.all().update(**long, **short)


@pytest.fixture
def edition():
    """A published edition whose picture and correction somebody may write into."""
    report, by = world.compiled()
    photos.with_picture(report, by)
    Imprint.objects.get_or_create(publication=report)
    frozen = snapshots.current(report)
    made = Edition.objects.create(
        publication=report,
        number=1,
        snapshot=frozen,
        snapshot_sha256=checksum(frozen),
        frozen_by=by,
        status=EditionStatus.PUBLISHED,
        published_at=clock.now(),
    )
    ErratumFactory.create(edition=made)
    return made


def frozen_anew(edition, turn):
    """Let every text ask for the outside and freeze the report so."""
    poison(*MANUSCRIPT, Erratum, turn=turn)
    Block.objects.filter(key="dank").update(body="\n\n".join(WRITTEN))
    edition.snapshot = snapshots.current(Publication.objects.get(pk=edition.publication_id))
    edition.snapshot_sha256 = checksum(edition.snapshot)
    edition.save()
    return edition


def pages_of(make):
    """Return what reaches the press instead of pressing it."""
    seen = []

    def caught(html, **kwargs):
        seen.append(html)
        return b"%PDF-", 1

    with patch("programme.press.print_html", caught):
        make()
    return seen


def test_no_text_of_a_report_leads_outside_in_any_of_its_forms(client, edition):
    for turn in range(ROUNDS):
        frozen_anew(edition, turn)
        address = reverse("publications:edition", args=[edition.publication.slug, 1])

        [printed] = pages_of(lambda: pdf_of(edition))
        book = ZipFile(BytesIO(epub_of(reading(edition.snapshot), identifier="a")))
        pages = [book.read(name).decode() for name in book.namelist() if name.endswith("html")]
        web = [client.get(url).text for url in (address, reverse("publications:publications"))]

        assert ADDRESS in printed
        found = [Reach(page).found for page in (printed, *pages, *web)]
        assert found == [[]] * (3 + len(pages))


def test_the_press_sets_such_a_report_and_fetches_nothing(edition):
    frozen_anew(edition, 0)

    with (
        patch("urllib.request.OpenerDirector.open") as opened,
        patch("socket.socket.connect") as connected,
    ):
        document = pdf_of(edition)

    assert (opened.call_count, connected.call_count) == (0, 0)
    assert document.content.startswith(b"%PDF-")
    assert b"root:" not in document.content


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_no_text_of_an_order_leads_outside_on_paper_or_in_a_letter(turn, publication):
    LegalNoticeFactory.create(programme=publication.programme)
    order = order_of(publication)
    free = [f for f in text_fields(Order) if f.name not in ("token_digest", "address_key")]
    Order.objects.update(**{field.name: written(field.max_length, turn) for field in free})
    Order.objects.update(hold_reason="")
    poison(Publication, Programme, LegalNotice, turn=turn)
    orders.confirm(order=order)
    batch = packing.pack_and_print(orders=[order.pk], sheet=LabelSheet.A4_24, by=UserFactory())

    [printed] = pages_of(
        lambda: packing.make_packing.call(printout=str(batch.printout_key), batch_id=batch.pk)
    )

    letters = [mail.html_body for mail in OutgoingMail.objects.all()]
    named = {field.name for field in free}
    assert {"full_name", "organisation", "street", "city", "purpose"} <= named
    assert len(letters) == 2
    assert ADDRESS in printed
    assert [Reach(page).found for page in (printed, *letters)] == [[], [], []]
