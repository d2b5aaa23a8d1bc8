"""The catalogue of publications as DCAT-AP.de 3.0, which open data portals collect."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.text import slugify
from rdflib import (
    DCAT,
    DCTERMS,
    FOAF,
    RDF,
    RDFS,
    SKOS,
    XSD,
    BNode,
    Graph,
    Literal,
    Namespace,
    URIRef,
)

from programme import clock
from programme.models import Programme
from programme.outbox import absolute_url
from publications.enums import DownloadFormat
from publications.exports.description import Description
from publications.queries.editions import Offer
from publications.rules.formats import FORMS

ADMS = Namespace("http://www.w3.org/ns/adms#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
EU = "http://publications.europa.eu/resource/authority/"
DE = "http://dcat-ap.de/def/"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
VERSION = URIRef("http://www.w3.org/ns/dcat#version")  # newer than the library
CONTRIBUTOR = "contributors/hessen"
LAND = "politicalGeocoding/stateKey/06"
THEMES = (("GOVE", "Regierung und öffentlicher Sektor"), ("SOCI", "Bevölkerung und Gesellschaft"))
# What an entry of a vocabulary is: shapes ask for it, and nobody should have to load vocabularies.
KINDS = {
    f"{EU}access-right": DCTERMS.RightsStatement,
    f"{EU}file-type": DCTERMS.MediaTypeOrExtent,
    f"{EU}frequency": DCTERMS.Frequency,
    f"{EU}language": DCTERMS.LinguisticSystem,
    f"{DE}licenses": DCTERMS.LicenseDocument,
}
FILE_TYPES: dict[str, str] = {
    DownloadFormat.PDF: "PDF",
    DownloadFormat.EPUB: "EPUB",
    DownloadFormat.XLSX: "XLSX",
    DownloadFormat.CSV: "CSV",
    DownloadFormat.JSON: "JSON",
    DownloadFormat.PRINT: "PDF",
}
SYNTAXES = {
    "ttl": ("turtle", "text/turtle; charset=utf-8"),
    "rdf": ("pretty-xml", "application/rdf+xml; charset=utf-8"),
    "jsonld": ("json-ld", "application/ld+json"),
}


def catalogue(editions: Sequence[Description], *, programme: Programme, syntax: str) -> bytes:
    """Write the catalogue: one dataset an edition, one distribution a file."""
    graph = Graph()
    for prefix, space in (
        ("adms", ADMS),
        ("dcat", DCAT),
        ("dcatap", DCATAP),
        ("dcatde", DCATDE),
        ("dct", DCTERMS),
        ("foaf", FOAF),
        ("spdx", SPDX),
        ("vcard", VCARD),
    ):
        graph.bind(prefix, space)
    _catalogue(graph, editions, programme)
    for about in editions:
        _dataset(graph, about, programme)
    kind, _ = SYNTAXES[syntax]
    written: bytes = graph.serialize(format=kind, encoding="utf-8")
    return written


def _catalogue(graph: Graph, editions: Sequence[Description], programme: Programme) -> None:
    page = absolute_url(reverse("publications:publications"))
    node = URIRef(f"{page}#katalog")
    graph.add((node, RDF.type, DCAT.Catalog))
    graph.add((node, DCTERMS.title, _german(f"Publikationen: {programme.short_title}")))
    graph.add((node, DCTERMS.description, _german(programme.summary)))
    graph.add((node, DCTERMS.publisher, _agent(graph, programme.owner_name)))
    graph.add((node, DCTERMS.language, _concept(graph, f"{EU}language/DEU", "Deutsch")))
    graph.add((node, DCTERMS.spatial, _land(graph)))
    graph.add((node, FOAF.homepage, _typed(graph, page, FOAF.Document)))
    themes = URIRef(f"{EU}data-theme")
    graph.add((themes, RDF.type, SKOS.ConceptScheme))
    graph.add((themes, DCTERMS.title, _german("Themen der Daten")))
    graph.add((node, DCAT.themeTaxonomy, themes))
    if editions:
        graph.add((node, DCTERMS.issued, _day(min(row.published_on for row in editions))))
        graph.add(
            (node, DCTERMS.modified, _day(clock.day_of(max(row.changed_at for row in editions))))
        )
    for about in editions:
        graph.add((node, DCAT.dataset, _node_of(about)))


def _dataset(graph: Graph, about: Description, programme: Programme) -> None:
    node = _node_of(about)
    publisher = _agent(graph, about.publisher)
    for name, value in (
        (RDF.type, DCAT.Dataset),
        (DCTERMS.title, _german(f"{about.whole_title}, Ausgabe {about.number}")),
        (DCTERMS.description, _german(about.summary or about.whole_title)),
        (DCTERMS.identifier, Literal(about.url)),
        (DCTERMS.publisher, publisher),
        (DCTERMS.creator, publisher),
        (DCTERMS.issued, _day(about.published_on)),
        (DCTERMS.modified, _day(clock.day_of(about.changed_at))),
        (DCTERMS.language, _concept(graph, f"{EU}language/DEU", "Deutsch")),
        (DCTERMS.accessRights, _concept(graph, f"{EU}access-right/PUBLIC", "öffentlich")),
        (DCTERMS.accrualPeriodicity, _concept(graph, f"{EU}frequency/NEVER", "nie")),
        (DCTERMS.spatial, _land(graph)),
        (DCTERMS.temporal, _period(graph, about)),
        (DCAT.contactPoint, _contact(graph, about, programme)),
        (DCAT.landingPage, _typed(graph, about.url, FOAF.Document)),
        (VERSION, Literal(str(about.number))),
        (DCATDE.contributorID, _concept(graph, f"{DE}{CONTRIBUTOR}", "Hessen")),
        (
            DCATDE.politicalGeocodingLevelURI,
            _concept(graph, f"{DE}politicalGeocoding/Level/state", "Land"),
        ),
        *((DCAT.keyword, _german(word)) for word in about.keywords),
        *((DCAT.theme, _concept(graph, f"{EU}data-theme/{key}", name)) for key, name in THEMES),
        *((ADMS.identifier, _identifier(graph, text)) for text in _identifiers(about)),
    ):
        graph.add((node, name, value))
    _distribution(graph, about, None)
    for file in about.files:
        _distribution(graph, about, file)


def _distribution(graph: Graph, about: Description, file: Offer | None) -> None:
    """Add one file, or the reading version where there is no file."""
    name = str(file.format) if file else "html"
    node = URIRef(f"{about.url}#{name}")
    address = _typed(graph, about.file_url(file) if file else about.url, RDFS.Resource)
    kind = FILE_TYPES[file.format] if file else "HTML"
    media_type = FORMS[file.format].content_type if file else "text/html"
    graph.add((_node_of(about), DCAT.distribution, node))
    title = file.label if file else "Online lesen"
    for term, value in (
        (RDF.type, DCAT.Distribution),
        (DCTERMS.title, _german(f"{about.title}, Ausgabe {about.number}: {title}")),
        (DCTERMS.description, _german(file.access if file else "Leseversion mit allen Kapiteln")),
        (DCAT.accessURL, address),
        (DCTERMS.license, _concept(graph, f"{DE}licenses/{about.licence}", about.licence_name)),
        (DCATDE.licenseAttributionByText, _german(about.publisher)),
        (DCTERMS.format, _concept(graph, f"{EU}file-type/{kind}", kind)),
        (DCAT.mediaType, _typed(graph, f"{MEDIA_TYPES}{media_type}", DCTERMS.MediaType)),
        (DCTERMS.language, URIRef(f"{EU}language/DEU")),
        (DCTERMS.issued, _day(about.published_on)),
        (DCATAP.availability, _concept(graph, f"{EU}planned-availability/STABLE", "dauerhaft")),
    ):
        graph.add((node, term, value))
    if file:
        graph.add((node, DCAT.downloadURL, address))
        size = Literal(str(file.size), datatype=XSD.nonNegativeInteger)
        graph.add((node, DCAT.byteSize, size))
        if file.sha256:
            graph.add((node, SPDX.checksum, _checksum(graph, file)))


def _node_of(about: Description) -> URIRef:
    """Return the name of a dataset; the page it is shown on is something else."""
    return URIRef(f"{about.url}#datensatz")


def _agent(graph: Graph, name: str) -> URIRef:
    """Return the body of this name; the same name is the same body."""
    node = URIRef(absolute_url(f"/#{slugify(name)}"))
    graph.add((node, RDF.type, FOAF.Agent))
    graph.add((node, FOAF.name, _german(name)))
    return node


def _contact(graph: Graph, about: Description, programme: Programme) -> URIRef:
    node = URIRef(f"{about.url}#kontakt")
    for kind in (VCARD.Kind, VCARD.Organization):
        graph.add((node, RDF.type, kind))
    graph.add((node, VCARD.fn, Literal(programme.owner_name)))
    graph.add((node, VCARD.hasEmail, URIRef(f"mailto:{programme.contact_email}")))
    return node


def _period(graph: Graph, about: Description) -> BNode:
    node = BNode()
    graph.add((node, RDF.type, DCTERMS.PeriodOfTime))
    graph.add((node, DCAT.startDate, _day(about.starts_on)))
    graph.add((node, DCAT.endDate, _day(about.ends_on)))
    return node


def _checksum(graph: Graph, file: Offer) -> BNode:
    node = BNode()
    graph.add((node, RDF.type, SPDX.Checksum))
    algorithm = _typed(graph, str(SPDX.checksumAlgorithm_sha256), SPDX.ChecksumAlgorithm)
    graph.add((node, SPDX.algorithm, algorithm))
    value = Literal(file.sha256, datatype=XSD.hexBinary)
    graph.add((node, SPDX.checksumValue, value))
    return node


def _identifiers(about: Description) -> list[str]:
    known = (
        f"urn:isbn:{about.isbn.replace('-', '')}" if about.isbn else "",
        f"https://doi.org/{about.doi}" if about.doi else "",
        about.urn,
    )
    return [text for text in known if text]


def _identifier(graph: Graph, text: str) -> BNode:
    node = BNode()
    graph.add((node, RDF.type, ADMS.Identifier))
    graph.add((node, SKOS.notation, Literal(text, datatype=XSD.anyURI)))
    return node


def _concept(graph: Graph, address: str, label: str) -> URIRef:
    """Name an entry of a vocabulary and which vocabulary it is from, so that nobody must look."""
    node, scheme = URIRef(address), _scheme(address)
    for kind in filter(None, (SKOS.Concept, KINDS.get(scheme))):
        graph.add((node, RDF.type, kind))
    graph.add((node, SKOS.inScheme, URIRef(scheme)))
    graph.add((node, SKOS.prefLabel, _german(label)))
    return node


def _scheme(address: str) -> str:
    """Return the vocabulary an entry is from; names of licences hold a slash."""
    licences = f"{DE}licenses"
    return licences if address.startswith(licences) else address.rsplit("/", 1)[0]


def _land(graph: Graph) -> URIRef:
    node = URIRef(f"{DE}{LAND}")
    graph.add((node, RDF.type, DCTERMS.Location))
    graph.add((node, SKOS.prefLabel, _german("Hessen")))
    return node


def _typed(graph: Graph, address: str, kind: URIRef) -> URIRef:
    node = URIRef(address)
    graph.add((node, RDF.type, kind))
    return node


def _german(text: str) -> Literal:
    return Literal(text, lang="de")


def _day(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=XSD.date)
