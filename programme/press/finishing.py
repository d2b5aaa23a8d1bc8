"""What turns a PDF of WeasyPrint 70 into PDF/UA-1 and PDF/A-3a at once."""

from html import escape
from typing import Any

import pydyf  # type: ignore[import-untyped]
from weasyprint.document import Document as LaidOut
from weasyprint.formatting_structure import boxes

from programme.errors import RuleBroken

PRINTABLE = 4
BLEED_POINTS = 3 / 25.4 * 72
PRODUCER = "Serviceportal Ausländerbehörden"


def finish(document: LaidOut, pdf: pydyf.PDF, *, attached: int = 0) -> None:
    """Repair what WeasyPrint 70 leaves open for PDF/UA-1 and PDF/A-3a (docs/decisions).

    Refuses files other than the `attached` ones the portal itself put in.
    """
    if not document.metadata.title or not document.metadata.lang:
        raise RuleBroken("Dem Dokument fehlt der Titel oder die Sprache.")
    files = [entry for entry in pdf.objects if _is_file(entry)]
    if document.metadata.attachments or len(files) != attached:
        raise RuleBroken("Das Dokument enthält eine fremde Datei.")
    if "AF" in pdf.catalog:  # each is named twice otherwise
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    _mark_running_heads(pdf)
    _scope_table_heads(pdf)
    _gather_list_items(pdf)
    _name_links(document)
    metadata = _resolve(pdf, pdf.catalog["Metadata"])
    metadata.stream, metadata.compress = [_joint_xmp(document).encode()], False


def set_bleed(document: LaidOut, pdf: pydyf.PDF) -> None:
    """Write 3 mm of bleed around what is cut; the crop marks stand outside of it."""
    for page in pdf.objects:
        if isinstance(page, dict) and page.get("Type") == "/Page":
            left, top, right, bottom = page["TrimBox"]
            page["BleedBox"] = pydyf.Array(
                [
                    left - BLEED_POINTS,
                    top - BLEED_POINTS,
                    right + BLEED_POINTS,
                    bottom + BLEED_POINTS,
                ]
            )


def _is_file(entry: Any) -> bool:
    return isinstance(entry, dict) and entry.get("Type") == "/Filespec"


def _resolve(pdf: pydyf.PDF, reference: Any) -> Any:
    """Follow "12 0 R" to object 12; other values stay as they are."""
    return pdf.objects[int(reference.split()[0])] if isinstance(reference, bytes) else reference


def _reachable(pdf: pydyf.PDF, root: Any) -> set[bytes]:
    """Return the references of all elements that hang on the structure tree."""
    found: set[bytes] = set()
    todo = list(root["K"])
    while todo:
        reference = todo.pop()
        if not isinstance(reference, bytes) or reference in found:
            continue
        found.add(reference)
        element = _resolve(pdf, reference)
        if isinstance(element, dict):
            kids = element.get("K", ())
            todo.extend(kids if isinstance(kids, list) else [kids])
    return found


def _mark_running_heads(pdf: pydyf.PDF) -> None:
    """Turn heads and page numbers, which stand outside the tree, into artifacts."""
    root = _resolve(pdf, pdf.catalog["StructTreeRoot"])
    reachable = _reachable(pdf, root)
    numbers = _resolve(pdf, root["ParentTree"])["Nums"]
    parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page in pdf.objects:
        if not isinstance(page, dict) or page.get("Type") != "/Page":
            continue
        owners = _resolve(pdf, parents[page["StructParents"]])
        orphans = {place for place, owner in enumerate(owners) if owner not in reachable}
        stream = _resolve(pdf, page["Contents"]).stream
        for place, operator in enumerate(stream):
            if isinstance(operator, pydyf.Dictionary) and operator.get("MCID") in orphans:
                stream[place - 1] = "/Artifact"
                stream[place] = pydyf.Dictionary({"Type": "/Pagination"})
        for place in orphans:
            owners[place] = b"null"


def _scope_table_heads(pdf: pydyf.PDF) -> None:
    """Say of each header cell whether it heads a column or a row."""
    for cell in pdf.objects:
        if not isinstance(cell, dict) or cell.get("S") != "/TH":
            continue
        node = cell
        while node.get("S") not in {"/THead", "/TBody", "/TFoot", "/Table"}:
            node = _resolve(pdf, node["P"])
        attributes = _resolve(pdf, cell["A"]) if "A" in cell else pydyf.Dictionary()
        attributes["O"] = "/Table"
        attributes["Scope"] = "/Column" if node["S"] == "/THead" else "/Row"
        cell["A"] = attributes


def _gather_list_items(pdf: pydyf.PDF) -> None:
    """Put everything beside the bullet into one body, as PDF/UA wants it."""
    for item in list(pdf.objects):
        if not isinstance(item, pydyf.Dictionary) or item.get("S") != "/LI":
            continue
        labels = [kid for kid in item["K"] if _role(pdf, kid) == "/Lbl"]
        others = [kid for kid in item["K"] if _role(pdf, kid) != "/Lbl"]
        if all(_role(pdf, kid) == "/LBody" for kid in others):
            continue
        body = pydyf.Dictionary({"Type": "/StructElem", "S": "/LBody", "P": item.reference})
        pdf.add_object(body)
        item["K"] = pydyf.Array([*labels, body.reference])
        body["K"] = pydyf.Array()
        for kid in others:
            inner = _resolve(pdf, kid)
            body["K"].extend(inner["K"] if _role(pdf, kid) == "/LBody" else [kid])
        for part in (_resolve(pdf, kid) for kid in body["K"]):
            if isinstance(part, dict) and "P" in part:
                part["P"] = body.reference


def _role(pdf: pydyf.PDF, kid: Any) -> Any:
    element = _resolve(pdf, kid)
    return element.get("S") if isinstance(element, dict) else None


def _name_links(document: LaidOut) -> None:
    """Give each link its visible text as description and let it be printed."""
    for page in document.pages:
        for box in page._page_box.descendants():  # noqa: SLF001  no public way to the boxes
            note = getattr(box, "link_annotation", None)
            if note is None:
                continue
            parts = box.descendants() if isinstance(box, boxes.ParentBox) else [box]
            text = "".join(part.text for part in parts if isinstance(part, boxes.TextBox))
            note["Contents"] = pydyf.String(text.strip() or "Verweis")
            note["F"] = PRINTABLE


XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part><pdf:Producer>{producer}</pdf:Producer>
<xmp:CreateDate>{dated}</xmp:CreateDate><xmp:ModifyDate>{dated}</xmp:ModifyDate><dc:title>
<rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq>{authors}</rdf:Seq></dc:creator><dc:description>
<rdf:Alt><rdf:li xml:lang="x-default">{description}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>
<rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:description>Part of ISO 14289 the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>"""


def _joint_xmp(document: LaidOut) -> str:
    """Write the metadata of both standards; PDF/A wants the PDF/UA mark described."""
    metadata = document.metadata
    authors = "".join(f"<rdf:li>{escape(author)}</rdf:li>" for author in metadata.authors)
    return XMP.format(
        producer=PRODUCER,
        dated=metadata.created,
        title=escape(metadata.title or ""),
        authors=authors or f"<rdf:li>{PRODUCER}</rdf:li>",
        description=escape(metadata.description or metadata.title or ""),
        language=metadata.lang or "de",
    )
