"""The catalogue for open data portals, checked by SHACL."""

import os
from dataclasses import replace
from pathlib import Path

import pyshacl
import pytest
from django.urls import reverse
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Literal

from programme.models import Programme
from publications.exports.dcat import SYNTAXES, catalogue
from tests.publications.described import NASTY, NASTY_REPORT, REPORT
from tests.publications.test_views_harvest import published

# The reader of JSON-LD warns of something in its own library.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
OWN = Path(__file__).parent / "shapes" / "catalogue.ttl"
OFFICIAL = os.environ.get("DCAT_SHAPES", "")
FORMATS = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}
SEVERAL = [REPORT, replace(REPORT, slug="leitfaden", isbn="", doi="", urn="", files=())]


def graph(editions=SEVERAL, syntax="ttl"):
    """The catalogue as another program reads it."""
    programme = Programme(
        short_title="Serviceorientierung",
        summary="Wie Behörden ihren Service verbessern.",
        owner_name="Ministerium für Größe",
        contact_email="service@example.org",
    )
    written = catalogue(editions, programme=programme, syntax=syntax)
    return Graph().parse(data=written, format=FORMATS[syntax])


def complaints(data, *files):
    """What SHACL finds wrong, warnings too; empty if nothing."""
    shapes = Graph()
    for file in files:
        shapes.parse(file)
    conforms, _, text = pyshacl.validate(data, shacl_graph=shapes, allow_warnings=False)
    return "" if conforms else text


@pytest.mark.parametrize("editions", [[], [REPORT], [NASTY_REPORT], SEVERAL])
def test_the_catalogue_has_what_dcat_ap_de_demands(editions):
    assert complaints(graph(editions), OWN) == ""


@pytest.mark.skipif(not OFFICIAL, reason="DCAT_SHAPES names no folder with the official shapes")
@pytest.mark.parametrize("editions", [[REPORT], [NASTY_REPORT], SEVERAL])
def test_the_catalogue_passes_the_official_shapes(editions):
    assert complaints(graph(editions), *Path(OFFICIAL).glob("*.ttl")) == ""


@pytest.mark.parametrize(
    "term",
    [DCTERMS.license, DCTERMS.title, DCTERMS.publisher, DCAT.accessURL, FOAF.name, DCAT.theme],
)
def test_our_shapes_notice_what_is_missing(term):
    lame = Graph()
    for triple in graph():
        if triple[1] != term:
            lame.add(triple)

    assert complaints(lame, OWN) != ""


def test_every_file_is_a_distribution_with_its_checksum():
    data = graph([REPORT])

    found = {
        str(data.value(node, DCAT.accessURL)) for node in data.subjects(RDF.type, DCAT.Distribution)
    }
    endings = {address.removeprefix(REPORT.url.rstrip("/")) for address in found}
    assert endings == {
        *("/", ".pdf", ".epub", "-daten.xlsx", "-tabellen.zip", "-daten.json", "-druck.pdf"),
    }


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_all_three_spellings_say_the_same_whatever_the_title(syntax):
    data = graph([NASTY_REPORT], syntax)

    titles = set(data.objects(None, DCTERMS.title))
    assert Literal(f"{NASTY}: Größe und Maß, Ausgabe 2", lang="de") in titles
    assert len(data) == len(graph([NASTY_REPORT]))


@pytest.mark.django_db
@pytest.mark.parametrize("amount", [1, 3])
@pytest.mark.parametrize("syntax", SYNTAXES)
def test_the_catalogue_costs_the_same_for_any_amount(
    client, programme, syntax, amount, django_assert_num_queries
):
    for number in range(amount):
        published(programme, slug=f"bericht-{number}")

    with django_assert_num_queries(3):
        response = client.get(reverse("publications:open_data", args=[syntax]))

    read = Graph().parse(data=response.content, format=FORMATS[syntax])
    assert len(set(read.subjects(RDF.type, DCAT.Dataset))) == amount
    assert response["Content-Type"] == SYNTAXES[syntax][1]
