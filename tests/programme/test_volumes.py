"""A long PDF in parts is one PDF: pages, structure, bookmarks and references fit together."""

from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from pypdf import PdfReader

from programme.exports.volumes import Volume
from tests.pdf import failures

DATED = datetime(2017, 7, 1, tzinfo=UTC)
HEAD = (
    "<!doctype html><html lang='de'><head><title>Nachweis</title>"
    "<style>@page { @bottom-right { content: 'Seite ' counter(page) } }</style></head><body>"
)
# Text that looks like a reference inside the file, and brackets that could end a string.
NASTY = "Zeile 12 0 R (Gießen) \\ 3 0 R"


def volume(*bodies):
    from programme import press

    output = BytesIO()
    made = Volume(output)
    for body in bodies:
        html = f"{HEAD}{body}</body></html>"
        press.print_part(html, dated=DATED, pages_before=made.pages, take=made.add)
    made.finish(identifier="abc")
    return made, output.getvalue()


def titles(entries):
    return [(str(entry.title), titles(entry.children)) for entry in entries]


@pytest.fixture(scope="module")
def made():
    table = f"<table><tr><th>{NASTY}</th><td>1,00 EUR</td></tr></table>"
    link = '<p><a href="https://portal.example">Portal</a></p>'
    first = f"<h1>Nachweis</h1><h2>Bericht</h2>{link}<p style='break-before: page'>Zwei</p>"
    return volume(first, f"<h2>{NASTY}</h2>{table}{link}", "<h2>Ende</h2><p>Schluss</p>")


def test_a_volume_is_accessible_and_fit_for_the_archive(made):
    assert [found for name in ("ua1", "3a") for found in failures(made[1], name)] == []


def test_pages_and_bookmarks_of_all_parts_follow_one_another(made):
    with pikepdf.open(BytesIO(made[1])) as pdf:
        with pdf.open_outline() as outline:
            told = titles(outline.root)
        assert len(pdf.pages) == made[0].pages == 4
        assert told == [("Nachweis", [("Bericht", []), (NASTY, []), ("Ende", [])])]
        assert pdf.docinfo.get("/Title") is None


def test_pages_are_numbered_through_all_parts(made):
    pages = PdfReader(BytesIO(made[1])).pages

    told = [page.extract_text().splitlines()[-1] for page in pages]

    assert told == ["Seite 1", "Seite 2", "Seite 3", "Seite 4"]


def test_every_piece_of_text_belongs_to_one_place_of_the_structure(made):
    with pikepdf.open(BytesIO(made[1])) as pdf:
        root = pdf.Root.StructTreeRoot
        nums = list(root.ParentTree.Nums)
        keys = [int(key) for key in nums[::2]]
        roles = [str(kid.S) for kid in root.K[0].K]

        assert keys == list(range(len(keys)))
        assert [int(page.obj.StructParents) for page in pdf.pages] == [0, 1, 3, 5]
        assert roles == ["/H1", "/H2", "/P", "/P", "/H2", "/Table", "/P", "/H2", "/P"]
        assert all(kid.P.objgen == root.K[0].objgen for kid in root.K[0].K)
        assert all(page.obj.Parent.objgen == pdf.Root.Pages.objgen for page in pdf.pages)


def test_the_same_parts_give_the_same_bytes(made):
    again = volume("<h1>Eins</h1>", "<h2>Zwei</h2>")[1]

    assert again == volume("<h1>Eins</h1>", "<h2>Zwei</h2>")[1]


def test_a_part_with_anchors_is_refused():
    with pytest.raises(ValueError, match="no anchors"):
        volume("<h1 id='oben'>Eins</h1><p><a href='#oben'>nach oben</a></p>")
