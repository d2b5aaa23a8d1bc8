"""What the head of an edition's page tells machines."""

import json
import re
from dataclasses import replace

from publications.exports import head
from tests.publications.described import NASTY, NASTY_REPORT, REPORT


def data_of(block):
    """The JSON inside the data block."""
    found = re.fullmatch(r'<script type="application/ld\+json">(.*)</script>', block, re.DOTALL)
    return json.loads(found[1])


def test_no_title_ends_the_data_block():
    block = str(head.structured_data(head.schema_org(NASTY_REPORT)))

    assert block.count("</script>") == 1
    assert data_of(block)["name"] == NASTY


def test_schema_org_tells_identifiers_files_and_chapters():
    data = data_of(head.structured_data(head.schema_org(REPORT)))

    assert data["@type"] == ["Report", "Book"]
    assert [known["propertyID"] for known in data["identifier"]] == ["ISBN", "DOI", "URN"]
    assert data["temporalCoverage"] == "2015-10-01/2017-06-30"
    assert data["license"] == "https://www.govdata.de/dl-de/by-2-0"
    assert data["encoding"][0]["sha256"] == "ab" * 32
    assert data["encoding"][2]["contentUrl"].endswith("/2-daten.xlsx")
    assert [part["name"] for part in data["hasPart"]] == ["Zusammenfassung", "Die Standorte"]


def test_a_title_has_its_newest_edition_as_example():
    data = head.title_schema_org(REPORT)

    assert data["@type"] == "CreativeWork"
    assert data["url"] == REPORT.publication_url == data["workExample"]["exampleOfWork"]["@id"]
    assert data["workExample"]["url"] == REPORT.url


def test_what_is_unknown_is_left_out():
    bare = replace(REPORT, isbn="", doi="", urn="", files=(), parts=(), subtitle="")

    data = head.schema_org(bare)

    assert {"isbn", "identifier", "encoding", "hasPart", "alternativeHeadline"} & set(data) == set()
    assert "citation_isbn" not in dict(head.meta_tags(bare))


def test_the_meta_tags_are_dublin_core_and_those_of_google_scholar():
    tags = head.meta_tags(REPORT)

    assert ("DC.title", "Abschlussbericht: Größe und Maß") in tags
    assert ("DC.identifier", "urn:isbn:978-3-16-148410-0") in tags
    assert ("citation_publication_date", "2017/06/30") in tags
    assert [content for name, content in tags if name == "DC.subject"] == list(REPORT.keywords)
