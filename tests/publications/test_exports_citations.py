"""Citations, read by other people's readers."""

import json
from dataclasses import replace

import bibtexparser
import pytest
import rispy  # type: ignore[import-untyped]
from citeproc import (  # type: ignore[import-untyped]
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
)
from citeproc import formatter as formatters
from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]

from publications.exports import citations
from tests.publications.described import NASTY, NASTY_REPORT, REPORT

URL = "http://127.0.0.1:8000/publikationen/abschlussbericht/2/"
BOOK = {
    "title": "{Abschlussbericht: Größe und Maß}",
    "editor": "{Ministerium für Soziales und Integration}",
    "publisher": "{Ministerium für Soziales und Integration}",
    "address": "{Wiesbaden}",
    "note": "{Ausgabe 2}",
    "year": "2017",
    "date": "2017-06-30",
    "isbn": "978-3-16-148410-0",
    "doi": "10.5555/abschluss.2",
    "url": "https://doi.org/10.5555/abschluss.2",
    "langid": "ngerman",
}


@pytest.fixture(autouse=True)
def _address(settings):
    settings.BASE_URL = "http://127.0.0.1:8000"


def bib(written):
    """The one entry of a BibTeX file."""
    library = bibtexparser.parse_string(written)
    assert library.failed_blocks == []
    (entry,) = library.entries
    return entry


def unlatex(text):
    """What LaTeX prints for an escaped text."""
    commands = {
        r"{\textbackslash}": "\\",
        r"{\textbraceleft}": "{",
        r"{\textbraceright}": "}",
        r"{\textquotedbl}": '"',
    }
    for command, sign in commands.items():
        text = text.replace(command, sign)
    for sign in "$&#_%":
        text = text.replace(f"\\{sign}", sign)
    return text


def test_bibtex_is_a_book_with_all_identifiers():
    entry = bib(citations.bibtex(REPORT))

    assert (entry.entry_type, entry.key) == ("book", "abschlussbericht-2017-2")
    assert {field.key: field.value for field in entry.fields} == BOOK


def test_a_chapter_in_bibtex_names_its_book():
    entry = bib(citations.bibtex(REPORT, REPORT.parts[1]))

    found = {field.key: field.value for field in entry.fields}
    assert (entry.entry_type, entry.key) == ("incollection", "abschlussbericht-2017-2-standorte")
    assert found == BOOK | {
        "title": "{Die Standorte}",
        "booktitle": BOOK["title"],
        "chapter": "{2}",
        "url": f"{URL}#standorte",
    }


def test_no_sign_of_a_title_ends_a_bibtex_value():
    entry = bib(citations.bibtex(NASTY_REPORT))

    (title,) = (field.value for field in entry.fields if field.key == "title")
    assert unlatex(title) == f"{{{NASTY}: Größe und Maß}}"
    assert len(entry.fields) == len(BOOK)


def test_ris_is_a_report():
    (entry,) = rispy.loads(citations.ris(REPORT))

    assert entry == {
        "type_of_reference": "RPRT",
        "id": "abschlussbericht-2017-2",
        "title": "Abschlussbericht: Größe und Maß",
        "authors": ["Ministerium für Soziales und Integration"],
        "year": "2017",
        "date": "2017/06/30/",
        "edition": "2",
        "publisher": "Ministerium für Soziales und Integration",
        "place_published": "Wiesbaden",
        "issn": "978-3-16-148410-0",
        "doi": "10.5555/abschluss.2",
        "urls": ["https://doi.org/10.5555/abschluss.2"],
        "language": "de",
        "abstract": "Was sechs Behörden verändert haben.",
        "keywords": ["Ausländerbehörde", "Integration"],
    }


def test_a_chapter_in_ris_names_its_report():
    (entry,) = rispy.loads(citations.ris(NASTY_REPORT, NASTY_REPORT.parts[0]))

    assert entry["type_of_reference"] == "CHAP"
    assert (entry["title"], entry["secondary_title"]) == (NASTY, f"{NASTY}: Größe und Maß")
    assert entry["section"] == "1"
    assert entry["secondary_authors"] == ["Ministerium für Soziales und Integration"]


@pytest.mark.parametrize("title", ["Abschlussbericht", NASTY.replace("<", "(").replace(">", ")")])
@pytest.mark.parametrize("number", [None, 0])
def test_csl_json_becomes_a_reference_in_a_citation_style(title, number):
    about = replace(REPORT, title=title)
    part = about.parts[number] if number is not None else None
    items = json.loads(citations.csl(about, part))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    source = CiteProcJSON(items)
    printed = CitationStylesBibliography(style, source, formatters.plain)
    printed.register(Citation([CitationItem(items[0]["id"].lower())]))

    (reference,) = map(str, printed.bibliography())

    assert title.split(" ", 1)[0] in reference
    assert "2017" in reference
    assert "Ministerium für Soziales und Integration" in reference


def test_csl_json_holds_titles_as_they_are():
    (item,) = json.loads(citations.csl(NASTY_REPORT))

    assert item["title"] == f"{NASTY}: Größe und Maß"
    assert item["issued"] == {"date-parts": [[2017, 6, 30]]}


def test_the_plain_citation_reads_like_german():
    assert citations.plain(REPORT) == (
        "Ministerium für Soziales und Integration (Hrsg.): Abschlussbericht. Größe und Maß. "
        "Ausgabe 2. Wiesbaden, 30. Juni 2017. ISBN 978-3-16-148410-0. "
        "https://doi.org/10.5555/abschluss.2"
    )
    assert citations.plain(REPORT, REPORT.parts[1]).startswith("Die Standorte (Kapitel 2). In: ")


def test_without_identifiers_our_own_address_is_cited_and_a_sample_says_so():
    about = replace(REPORT, doi="", urn="", isbn="", subtitle="", is_sample=True)

    assert citations.plain(about).endswith(
        f"Abschlussbericht. Ausgabe 2. Wiesbaden, 30. Juni 2017. "
        f"Beispielausgabe aus erfundenen Daten. {URL}"
    )
    assert replace(about, urn="urn:nbn:de:x").lasting_url == (
        "https://nbn-resolving.org/urn:nbn:de:x"
    )
