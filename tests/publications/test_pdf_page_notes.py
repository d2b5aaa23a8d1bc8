"""On paper a note stands on the page of its mark, and every link can be followed."""

from io import BytesIO

import pypdf
import pytest

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


def test_a_footnote_stands_on_the_page_of_its_mark():
    marks = [f"{FILLER * 9}Hier steht Marke{n}.[^{n}]\n\n" for n in range(6)]
    notes = [f"[^{n}]: Dort steht Fußnote{n}.\n\n" for n in range(6)]

    pages = [page.extract_text() for page in pdf_with("".join(marks + notes))]

    for n in range(6):
        marked = [place for place, text in enumerate(pages) if f"Marke{n}" in text]
        noted = [place for place, text in enumerate(pages) if f"Fußnote{n}" in text]
        assert noted == marked
