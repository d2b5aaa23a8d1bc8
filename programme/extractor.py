"""A small program of its own: PDF in, the e-invoice inside it out, within hard limits.

Started by `attachments.py`, never imported by the portal. It answers with one word and, after a
line break, the XML: "found", "none", "several" or "locked". A file that is too much for its
limits or for the library ends it with an error, and the portal is not harmed.
"""

import resource
import sys
from io import BytesIO

import facturx
from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError

MEMORY_BYTES = 280 * 1024 * 1024
COMPUTING_SECONDS = 4
LARGEST_XML = 10 * 1024 * 1024
# Factur-X 1.09 §6, ZUGFeRD 2.x and XRechnung; an order is found so that it can be named.
NAMES = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml", "order-x.xml")


def answer(pdf: bytes) -> bytes:
    """Return the word and the XML of the e-invoice in a PDF."""
    try:
        attached = [
            item
            for item in PdfReader(BytesIO(pdf)).attachment_list
            if item.name.lower().endswith(".xml")
        ]
        if not attached:
            return b"none\n"
        named = [item for item in attached if item.name.lower() in NAMES]
        if len(named) > 1:
            return b"several\n"
        # Without one of the names, the library looks whether any of the files is an invoice.
        wanted = list(NAMES) if named else None
        xml: bytes | bool
        _, xml = facturx.get_xml_from_pdf(pdf, check_xsd=False, filenames=wanted)
        if named and not xml:
            xml = named[0].content
    except (DependencyError, FileNotDecryptedError):
        return b"locked\n"
    if isinstance(xml, bool):
        return b"none\n"
    if len(xml) > LARGEST_XML:
        raise ValueError("the XML inside is too large")
    return b"found\n" + xml


def main() -> None:
    """Read a PDF from the standard input and write the answer to the standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (COMPUTING_SECONDS, COMPUTING_SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
