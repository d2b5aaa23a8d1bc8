"""An edition as XMetaDissPlus, the format the German National Library collects."""

from lxml import etree
from lxml.etree import _Element as Element

from publications.exports.description import Description

DC = "http://purl.org/dc/elements/1.1/"
TERMS = "http://purl.org/dc/terms/"
CC = "http://www.d-nb.de/standards/cc/"
DDB = "http://www.d-nb.de/standards/ddb/"
DINI = "http://www.d-nb.de/standards/xmetadissplus/type/"
DOI = "http://www.d-nb.de/standards/doi/"
PC = "http://www.d-nb.de/standards/pc/"
SUBJECT = "http://www.d-nb.de/standards/subject/"
URN = "http://www.d-nb.de/standards/urn/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
NAMESPACE = "http://www.d-nb.de/standards/xmetadissplus/"
SCHEMA = "http://files.dnb.de/standards/xmetadissplus/xmetadissplus.xsd"
# The values of xsi:type name these prefixes, so they must be declared although no element has them.
PREFIXES: dict[str | None, str] = {
    None: SUBJECT,
    "cc": CC,
    "dc": DC,
    "dcterms": TERMS,
    "ddb": DDB,
    "dini": DINI,
    "doi": DOI,
    "pc": PC,
    "urn": URN,
    "xMetaDiss": NAMESPACE,
    "xsi": XSI,
}
TYPE = f"{{{XSI}}}type"
LANGUAGE = "ger"


def xmetadissplus(about: Description) -> Element:
    """Return the record of an edition; elements stand in the order of the schema."""
    root = etree.Element(f"{{{NAMESPACE}}}xMetaDiss", nsmap=PREFIXES)
    root.set(f"{{{XSI}}}schemaLocation", f"{NAMESPACE} {SCHEMA}")
    _typed(root, DC, "title", "ddb:titleISO639-2", about.title).set("lang", LANGUAGE)
    if about.subtitle:
        other = _typed(root, TERMS, "alternative", "ddb:talternativeISO639-2", about.subtitle)
        other.set("lang", LANGUAGE)
    _creator(root, about)
    for word in about.keywords:
        _typed(root, DC, "subject", "xMetaDiss:noScheme", word)
    if about.summary:
        abstract = _typed(root, TERMS, "abstract", "ddb:contentISO639-2", about.summary)
        abstract.set("lang", LANGUAGE)
    _publisher(root, about)
    _typed(root, TERMS, "issued", "dcterms:W3CDTF", about.published_on.isoformat())
    _typed(root, DC, "type", "dini:PublType", "report")
    etree.SubElement(root, f"{{{DINI}}}version_driver").text = "publishedVersion"
    if about.urn:
        _typed(root, DC, "identifier", "urn:nbn", about.urn)
    if about.doi:
        _typed(root, DC, "identifier", "doi:doi", about.doi)
    _typed(root, TERMS, "medium", "dcterms:IMT", "application/pdf")
    _typed(root, DC, "language", "dcterms:ISO639-2", LANGUAGE)
    etree.SubElement(root, f"{{{DC}}}rights").text = about.licence_url
    _file(root, about)
    for kind, value in (("URL", about.url), ("ISBN", about.isbn)):
        if value:
            known = etree.SubElement(root, f"{{{DDB}}}identifier")
            known.set(f"{{{DDB}}}type", kind)
            known.text = value
    etree.SubElement(root, f"{{{DDB}}}rights").set(f"{{{DDB}}}kind", "free")
    return root


def _typed(parent: Element, space: str, name: str, kind: str, text: str = "") -> Element:
    element = etree.SubElement(parent, f"{{{space}}}{name}")
    element.set(TYPE, kind)
    element.text = text or None
    return element


def _creator(root: Element, about: Description) -> None:
    """Name the ministry as a body: the format has only "persons"."""
    person = etree.SubElement(_typed(root, DC, "creator", "pc:MetaPers"), f"{{{PC}}}person")
    name = etree.SubElement(person, f"{{{PC}}}name")
    name.set("type", "otherName")
    name.set("otherNameType", "organisation")
    etree.SubElement(name, f"{{{PC}}}organisationName").text = about.publisher


def _publisher(root: Element, about: Description) -> None:
    publisher = _typed(root, DC, "publisher", "cc:Publisher")
    body = etree.SubElement(publisher, f"{{{CC}}}universityOrInstitution")
    etree.SubElement(body, f"{{{CC}}}name").text = about.publisher
    etree.SubElement(body, f"{{{CC}}}place").text = about.place
    address = etree.SubElement(publisher, f"{{{CC}}}address")
    address.set(f"{{{CC}}}Scheme", "DIN5008")
    address.text = about.place


def _file(root: Element, about: Description) -> None:
    etree.SubElement(root, f"{{{DDB}}}fileNumber").text = "1"
    file = etree.SubElement(root, f"{{{DDB}}}fileProperties")
    file.set(f"{{{DDB}}}fileName", f"{about.slug}-ausgabe-{about.number}.pdf")
    file.set(f"{{{DDB}}}fileID", "file0")
    file.set(f"{{{DDB}}}fileSize", str(about.pdf_bytes))
    transfer = etree.SubElement(root, f"{{{DDB}}}transfer")
    transfer.set(f"{{{DDB}}}type", "dcterms:URI")
    transfer.text = about.pdf_url
