"""Anchors, lists and the book: the same places in every form of an edition."""

import hashlib
import re
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from lxml import etree

from programme.errors import RuleBroken
from publications.exports.epub import epub_of
from publications.exports.reading import reading
from publications.exports.rendering import rendered
from publications.models import Block
from publications.services import editions
from tests.publications import photos, world

pytestmark = pytest.mark.django_db
EPUBCHECK = "/usr/share/java/epubcheck.jar"
TEXT = """### Größe und Maß

Ein Satz mit *Betonung*, [Verweis](https://example.org/?a=1&b=2), [Seite](/standorte/)
und [[tab:ansaetze]].[^1]

### Größe und Maß

### Darunter

* eins < zwei
* drei

[^1]: Eine Fußnote.
"""


@pytest.fixture
def snapshot():
    """The frozen data of an edition with a text that uses everything."""
    report, by = world.compiled()
    Block.objects.filter(key="dank").update(body=TEXT)
    world.sign(report)
    return editions.publish(publication=report, by=by).snapshot


def test_every_heading_has_an_anchor_made_of_its_words(snapshot):
    body = rendered(reading(snapshot))

    found = [heading for chapter in body.chapters for heading in chapter.headings]
    ids = re.findall(r'\sid="([^"]+)"', "".join(chapter.html for chapter in body.chapters))
    assert len(set(ids)) == len(ids)
    assert not re.search(r"<h[34]>", "".join(chapter.html for chapter in body.chapters))
    assert {(h.level, h.anchor) for h in found} >= {
        (3, "groesse-und-mass"),
        (3, "groesse-und-mass-2"),
        (3, "darunter"),
    }
    assert rendered(reading(snapshot)) == body


def test_figures_tables_and_measures_are_listed_with_their_places(snapshot):
    body = rendered(reading(snapshot))
    html = "".join(chapter.html for chapter in body.chapters)

    assert [entry.label for entry in body.figures] == [f"Abbildung {n}" for n in range(1, 6)]
    assert [entry.label for entry in body.tables] == [f"Tabelle {n}" for n in range(1, 9)]
    assert body.tables[-1].title == "Kennzahlen vorher und nachher"
    assert [(entry.title, entry.site) for entry in body.measures] == [
        ("Terminvergabe 0", "Gießen"),
        ("Terminvergabe 1", "Gießen"),
    ]
    listed = [*body.figures, *body.tables, *body.measures]
    assert all(f'id="{entry.anchor}"' in html for entry in listed)


def test_each_table_of_the_page_can_be_had_as_a_file(snapshot):
    read = reading(snapshot)
    html = "".join(chapter.html for chapter in rendered(read, tables_at="/t/").chapters)

    linked = re.findall(r'href="/t/([a-z-]+)\.csv"', html)
    assert linked == [table.key for table in read.tables if table.number]
    assert ".csv" not in "".join(chapter.html for chapter in rendered(read).chapters)


def members(book):
    with ZipFile(BytesIO(book)) as archive:
        return {entry.filename: (entry, archive.read(entry)) for entry in archive.infolist()}


def checked(path):
    """Return what epubcheck says; without it the test fails (make test installs it)."""
    assert Path(EPUBCHECK).exists(), "install the Debian package epubcheck"
    command = ["java", "-jar", EPUBCHECK, str(path)]
    done = subprocess.run(  # noqa: S603  our own file
        command, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_the_book_passes_epubcheck_without_a_word(snapshot, tmp_path):
    path = tmp_path / "bericht.epub"
    path.write_bytes(epub_of(reading(snapshot), identifier="ab" * 32))

    code, told = checked(path)

    assert "0 fatals / 0 errors / 0 warnings" in told
    assert code == 0


def test_a_book_with_an_uploaded_picture_passes_epubcheck_and_holds_the_picture(tmp_path):
    report, by = world.compiled()
    picture = photos.with_picture(report, by).picture
    world.sign(report)
    frozen = editions.publish(publication=report, by=by).snapshot
    path = tmp_path / "bericht.epub"
    path.write_bytes(epub_of(reading(frozen), identifier="ab" * 32))

    code, told = checked(path)

    assert "0 fatals / 0 errors / 0 warnings" in told
    assert code == 0
    files = members(path.read_bytes())
    held = files[f"EPUB/bilder/{picture.address}"][1]
    assert hashlib.sha256(held).hexdigest() == picture.sha256
    shown = f'<img src="bilder/{picture.address}" alt="{photos.ALT}"'
    assert sum(shown in content.decode(errors="replace") for _, content in files.values()) == 1
    assert f'href="bilder/{picture.address}"' in files["EPUB/package.opf"][1].decode()


def test_epubcheck_would_notice_a_broken_book(tmp_path):
    path = tmp_path / "leer.epub"
    path.write_bytes(b"PK")

    assert checked(path)[0] != 0


def test_the_book_says_how_accessible_it_is(snapshot):
    files = members(epub_of(reading(snapshot), identifier="ab" * 32))

    package = etree.fromstring(files["EPUB/package.opf"][1])
    told = {}
    for meta in package.iter("{http://www.idpf.org/2007/opf}meta"):
        told.setdefault(meta.get("property"), []).append(meta.text)
    assert told["schema:accessMode"] == ["textual", "visual"]
    assert told["schema:accessModeSufficient"] == ["textual"]
    assert {"alternativeText", "tableOfContents"} < set(told["schema:accessibilityFeature"])
    assert told["schema:accessibilityHazard"] == ["none"]
    assert "Alternativtext" in told["schema:accessibilitySummary"][0]
    assert told["dcterms:conformsTo"] == ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA"]


def test_the_book_begins_with_its_type_and_has_no_dates(snapshot):
    entries = [entry for entry, _ in members(epub_of(reading(snapshot), identifier="x")).values()]

    assert (entries[0].filename, entries[0].compress_type) == ("mimetype", ZIP_STORED)
    assert {entry.compress_type for entry in entries[1:]} == {ZIP_DEFLATED}
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


def test_drawings_have_words_and_references_find_their_chapter(snapshot):
    files = members(epub_of(reading(snapshot), identifier="x"))
    texts = {name: content.decode() for name, (_, content) in files.items() if "kapitel" in name}

    drawings = [found for text in texts.values() for found in text.split("<svg")[1:]]
    assert drawings
    assert all("<title" in drawing for drawing in drawings)
    assert any(re.search(r'href="kapitel-\d+\.xhtml#tab-ansaetze"', t) for t in texts.values())


def test_a_chapter_that_is_not_well_formed_is_refused(snapshot, settings, monkeypatch):
    monkeypatch.setattr("publications.exports.rendering.render_to_string", lambda *args: "<p>offen")

    with pytest.raises(RuleBroken, match="lässt sich nicht als EPUB setzen"):
        epub_of(reading(snapshot), identifier="x")
