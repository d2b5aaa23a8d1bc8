"""Sample e-invoices: the files in invoices/, variants of them, and PDF files that hold them."""

from functools import cache
from io import BytesIO
from pathlib import Path
from zlib import compress

import facturx
import pikepdf
from pypdf import PdfReader, PdfWriter

from programme.exports.sample_files import sample_pdf
from tests.factories.funding import PDF

FOLDER = Path(__file__).with_name("invoices")
LEVELS = {
    "minimum.xml": "minimum",
    "basic_wl.xml": "basicwl",
    "basic.xml": "basic",
    "en16931.xml": "en16931",
    "extended.xml": "extended",
}


@cache
def sample(name: str) -> bytes:
    """Return one of the files in invoices/."""
    return (FOLDER / name).read_bytes()


def changed(name: str, *changes: tuple[str, str]) -> bytes:
    """Return a sample in which texts that occur are replaced."""
    text = sample(name).decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text.encode()


@cache
def hybrid(name: str) -> bytes:
    """Return a PDF with the sample inside, as the library for Factur-X makes it."""
    pdf: bytes = facturx.generate_from_binary(
        PDF, sample(name), flavor="factur-x", level=LEVELS[name], check_schematron=False
    )
    return pdf


def pdf_with(*files: tuple[str, bytes]) -> bytes:
    """Return a PDF with these files attached, whatever they are."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(PDF)))
    for name, content in files:
        writer.add_attachment(name, content)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def locked_pdf() -> bytes:
    """Return a PDF with an e-invoice that nobody opens without a password."""
    made = BytesIO()
    with pikepdf.open(BytesIO(hybrid("en16931.xml"))) as pdf:
        pdf.save(made, encryption=pikepdf.Encryption(user="geheim", owner="geheim"))
    return made.getvalue()


def bomb_pdf() -> bytes:
    """Return a small PDF whose attachment unpacks to 400 MB."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        packed = compress(b" " * 400_000_000, 9)
        stream = pikepdf.Stream(pdf, b"")
        stream.write(packed, filter=pikepdf.Name.FlateDecode)
        stream.Type = pikepdf.Name.EmbeddedFile
        spec = pikepdf.Dictionary(
            Type=pikepdf.Name.Filespec,
            F="factur-x.xml",
            UF="factur-x.xml",
            EF=pikepdf.Dictionary(F=pdf.make_indirect(stream)),
        )
        names = pikepdf.Array([pikepdf.String("factur-x.xml"), pdf.make_indirect(spec)])
        pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=names))
        made = BytesIO()
        pdf.save(made)
    return made.getvalue()


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "haha">'
    + b"".join(
        b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(98, 108)
    )
    + b"]><lolz>&k;</lolz>"
)
FOREIGN_ENTITY = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
)
PLAIN_PDF = sample_pdf(title="Rechnung", lines=["ohne Anlage"])
