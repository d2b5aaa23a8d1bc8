"""On paper a note stands on the page of its mark, and no word runs past the margin."""

from datetime import UTC, datetime
from io import BytesIO

import pypdf
import pytest

from programme.press import print_html
from publications.exports.pdf import pdf_of
from publications.models import Block
from publications.services import editions
from tests.publications import world

pytestmark = pytest.mark.django_db

FILLER = "Ein Satz, der die Seite füllt und nichts weiter sagt.\n\n"


def pdf_with(body):
    """Set a report whose text of thanks is this one; return its pages."""
    report, by = world.compiled()
    Block.objects.filter(key="dank").update(body=body)
    world.sign(report)
    made = pdf_of(editions.publish(publication=report, by=by))
    return pypdf.PdfReader(BytesIO(made.content)).pages


def pages_of(body):
    """Set a few lines in the dress of the report; return the text of the pages."""
    html = (
        '<!doctype html><html lang="de"><head><title>Bericht</title>'
        f'<link rel="stylesheet" href="static:print/report.css"></head><body>{body}</body></html>'
    )
    made = print_html(html, dated=datetime(2017, 1, 1, tzinfo=UTC), identifier="ab" * 32)
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(made[0])).pages]


def test_a_footnote_stands_on_the_page_of_its_mark():
    marks = [f"{FILLER * 9}Hier steht Marke{n}.[^{n}]\n\n" for n in range(6)]
    notes = [f"[^{n}]: Dort steht Fußnote{n}.\n\n" for n in range(6)]

    pages = [page.extract_text() for page in pdf_with("".join(marks + notes))]

    for n in range(6):
        marked = [place for place, text in enumerate(pages) if f"Marke{n}" in text]
        noted = [place for place, text in enumerate(pages) if f"Fußnote{n}" in text]
        assert noted == marked


@pytest.mark.parametrize(
    "body",
    [
        '<div class="prose"><p>{}</p></div>',
        '<dl class="report-profile"><dt>Aufgabe</dt><dd>{}</dd></dl>',
        '<div class="report-examples"><div class="report-example"><p>{}</p></div></div>',
    ],
)
def test_a_word_longer_than_its_line_is_broken(body):
    word = "Aufenthalts" * 20

    text = "".join(pages_of(body.format(word)))

    assert word not in text
    assert word in text.replace("\n", "")


def test_corrections_have_no_number_of_a_chapter_above_their_page():
    pages = pages_of(
        '<section class="chapter"><p class="chapter__number">7</p>'
        '<h2 class="chapter__title">Dank</h2></section>'
        '<section class="chapter chapter--korrekturen">'
        '<h2 class="chapter__title">Korrekturen</h2></section>'
    )

    assert pages[0].count("7") == 2
    assert "Korrekturen" in pages[1]
    assert "7" not in pages[1]
