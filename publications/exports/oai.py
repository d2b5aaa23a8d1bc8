"""Answers of the OAI-PMH 2.0 interface, by which libraries collect descriptions."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from lxml import etree
from lxml.etree import _Element as Element

from programme.models import Programme
from programme.outbox import absolute_url
from publications.exports import xmetadiss
from publications.exports.description import Description
from publications.rules.oai import PREFIXES, OaiError, Question

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC_SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
LOCATION = f"{{{xmetadiss.XSI}}}schemaLocation"


def answer(
    asked: Question, editions: Sequence[Description], *, programme: Programme, moment: datetime
) -> bytes:
    """Answer a well-formed question; raises OaiError where nothing fits it."""
    root, request = _envelope(moment)
    request.set("verb", asked.verb)
    for name, value in asked.arguments.items():
        request.set(name, value)
    body = etree.SubElement(root, _name(asked.verb))
    if asked.verb == "Identify":
        _identify(body, editions, programme, moment)
    elif asked.verb == "ListMetadataFormats":
        if asked.identifier:
            _record_of(asked, editions)
        _formats(body)
    elif asked.verb == "GetRecord":
        _record(body, _record_of(asked, editions), asked.prefix)
    else:
        _list(body, asked, editions)
    return _written(root)


def refusal(error: OaiError, *, moment: datetime) -> bytes:
    """Return the XML of a refused question; what was asked is not repeated."""
    root, _ = _envelope(moment)
    told = etree.SubElement(root, _name("error"))
    told.set("code", error.code)
    told.text = error.message
    return _written(root)


def identifier(about: Description) -> str:
    """Return the name of a record: our host, title and number of the edition."""
    host = urlsplit(settings.BASE_URL).hostname
    return f"oai:{host}:{about.slug}/{about.number}"


def _envelope(moment: datetime) -> tuple[Element, Element]:
    spaces: dict[str | None, str] = {None: OAI, "xsi": xmetadiss.XSI}
    root = etree.Element(_name("OAI-PMH"), nsmap=spaces)
    root.set(LOCATION, f"{OAI} {OAI}OAI-PMH.xsd")
    etree.SubElement(root, _name("responseDate")).text = _stamp(moment)
    request = etree.SubElement(root, _name("request"))
    request.text = absolute_url(reverse("publications:oai"))
    return root, request


def _identify(
    body: Element, editions: Sequence[Description], programme: Programme, moment: datetime
) -> None:
    first = min((about.changed_at for about in editions), default=moment)
    for name, text in (
        ("repositoryName", f"Publikationen: {programme.short_title}"),
        ("baseURL", absolute_url(reverse("publications:oai"))),
        ("protocolVersion", "2.0"),
        ("adminEmail", programme.contact_email),
        ("earliestDatestamp", _stamp(first)),
        ("deletedRecord", "no"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    ):
        etree.SubElement(body, _name(name)).text = text


def _formats(body: Element) -> None:
    known = (
        ("oai_dc", DC_SCHEMA, OAI_DC),
        ("xMetaDissPlus", xmetadiss.SCHEMA, xmetadiss.NAMESPACE),
    )
    for prefix, schema, space in known:
        found = etree.SubElement(body, _name("metadataFormat"))
        etree.SubElement(found, _name("metadataPrefix")).text = prefix
        etree.SubElement(found, _name("schema")).text = schema
        etree.SubElement(found, _name("metadataNamespace")).text = space


def _record_of(asked: Question, editions: Sequence[Description]) -> Description:
    for about in editions:
        if identifier(about) == asked.identifier:
            return about
    raise OaiError("idDoesNotExist", "There is no record of this name.")


def _list(body: Element, asked: Question, editions: Sequence[Description]) -> None:
    found = [about for about in editions if asked.covers(about.changed_at)]
    if not found:
        raise OaiError("noRecordsMatch", "No record changed in this span.")
    for about in found:
        if asked.verb == "ListIdentifiers":
            _header(body, about)
        else:
            _record(body, about, asked.prefix)


def _record(body: Element, about: Description, prefix: str) -> None:
    record = etree.SubElement(body, _name("record"))
    _header(record, about)
    etree.SubElement(record, _name("metadata")).append(FORMATS[prefix](about))


def _header(parent: Element, about: Description) -> None:
    header = etree.SubElement(parent, _name("header"))
    etree.SubElement(header, _name("identifier")).text = identifier(about)
    etree.SubElement(header, _name("datestamp")).text = _stamp(about.changed_at)


def _dublin_core(about: Description) -> Element:
    spaces: dict[str | None, str] = {
        "oai_dc": OAI_DC,
        "dc": xmetadiss.DC,
        "xsi": xmetadiss.XSI,
    }
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap=spaces)
    root.set(LOCATION, f"{OAI_DC} {DC_SCHEMA}")
    for name, text in (
        ("title", about.whole_title),
        ("creator", about.publisher),
        *(("subject", word) for word in about.keywords),
        ("description", about.summary),
        ("publisher", about.publisher),
        ("date", about.published_on.isoformat()),
        ("type", "report"),
        ("format", "application/pdf"),
        ("identifier", about.url),
        ("identifier", f"urn:isbn:{about.isbn}" if about.isbn else ""),
        ("identifier", f"https://doi.org/{about.doi}" if about.doi else ""),
        ("identifier", about.urn),
        ("language", "ger"),
        ("coverage", "Hessen"),
        ("rights", about.licence_url),
    ):
        if text:
            etree.SubElement(root, f"{{{xmetadiss.DC}}}{name}").text = text
    return root


def _name(tag: str) -> str:
    return f"{{{OAI}}}{tag}"


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _written(root: Element) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


Writer = Callable[[Description], Element]
FORMATS: dict[str, Writer] = dict(
    zip(PREFIXES, (_dublin_core, xmetadiss.xmetadissplus), strict=True)
)
