"""Links to pages of the portal can be followed from paper and from a book, too."""

import re
from io import BytesIO
from unittest.mock import patch
from zipfile import ZipFile

import pytest

from publications.exports.epub import epub_of
from publications.exports.pdf import pdf_of
from publications.exports.reading import reading
from publications.exports.rendering import rendered
from publications.models import Block
from publications.services import editions
from tests.publications import world

pytestmark = pytest.mark.django_db

LINKS = (
    "[Standorte](/standorte/?a=1&b=2), [Land](https://hessen.de/), "
    "[Post](mailto:post@example.org) und [Anfang](#programm)."
)
WHOLE = (
    "https://portal.example.org/standorte/?a=1&amp;b=2",
    "https://hessen.de/",
    "mailto:post@example.org",
)


@pytest.fixture
def edition(settings):
    settings.BASE_URL = "https://portal.example.org"
    report, by = world.compiled()
    Block.objects.filter(key="dank").update(body=LINKS)
    world.sign(report)
    return editions.publish(publication=report, by=by)


def targets(html):
    """Return where the links of the sentence of links lead, in order."""
    sentence = re.search(r"<p>[^\n]*>Standorte</a>.*?</p>", html)
    return re.findall(r'href="([^"]*)"', sentence[0])


def test_the_pdf_leads_to_whole_addresses(edition):
    with patch("programme.documents.render_pdf") as render:
        pdf_of(edition)

    chapters = render.call_args.kwargs["context"]["body"].chapters
    html = "".join(chapter.html for chapter in chapters)
    assert targets(html) == [*WHOLE, "#programm"]


def test_the_book_leads_to_whole_addresses(edition):
    book = epub_of(reading(edition.snapshot), identifier="x")

    with ZipFile(BytesIO(book)) as archive:
        pages = [archive.read(name).decode() for name in archive.namelist() if "kapitel" in name]
    page = next(page for page in pages if ">Standorte</a>," in page)
    assert tuple(targets(page)[:-1]) == WHOLE
    assert re.fullmatch(r"kapitel-\d+\.xhtml#programm", targets(page)[-1])


def test_the_reading_version_keeps_the_paths_of_the_portal(edition):
    html = "".join(chapter.html for chapter in rendered(reading(edition.snapshot)).chapters)

    assert targets(html)[0] == "/standorte/?a=1&amp;b=2"
