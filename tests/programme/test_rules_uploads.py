"""Files are judged by their content: what is no document stays out, names become safe."""

import struct
import zlib

import pytest

from programme.errors import RuleBroken
from programme.rules.uploads import checked, clean_name, too_large
from tests.factories.funding import PDF

PNG = (
    b"\x89PNG\r\n\x1a\n"
    + struct.pack(">I", 13)
    + b"IHDR"
    + b"\0\0\0\1\0\0\0\1\x08\0\0\0\0"
    + b"\0\0\0\0"
    + struct.pack(">I", 0)
    + b"IEND"
    + struct.pack(">I", zlib.crc32(b"IEND"))
)
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\0" * 40 + b"\xff\xd9"
XML = '<?xml version="1.0"?><beleg xmlns="urn:beispiel"><betrag>1,00 €</betrag></beleg>'.encode()


@pytest.mark.parametrize(
    ("name", "content", "extension", "content_type"),
    [
        ("Rechnung.pdf", PDF, "pdf", "application/pdf"),
        ("scan.PNG", PNG, "png", "image/png"),
        ("foto.jpeg", JPG, "jpg", "image/jpeg"),
        ("xrechnung.xml", XML, "xml", "application/xml"),
        ("ohne-endung", PDF, "pdf", "application/pdf"),
        ("luegt.png", PDF, "pdf", "application/pdf"),
        ("mit-bom.xml", b"\xef\xbb\xbf" + XML, "xml", "application/xml"),
    ],
)
def test_documents_come_in_under_their_real_kind(name, content, extension, content_type):
    found = checked(name=name, content=content)

    assert (found.extension, found.content_type) == (extension, content_type)
    assert found.name.endswith(f".{extension}")
    assert (found.size_bytes, len(found.sha256)) == (len(content), 64)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "ist leer"),
        (b"MZ\x90\x00 ein Programm", "keine Datei der Art"),
        (b"PK\x03\x04 ein Archiv", "keine Datei der Art"),
        (b"GIF89a", "keine Datei der Art"),
        (b"#!/bin/sh\nrm -rf /", "keine Datei der Art"),
        (b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR", "keine Datei der Art"),
        (b" %PDF-1.7 %%EOF", "keine Datei der Art"),
        (b"\x89PNG\r\n\x1a\n kein Ende", "unvollständig"),
        (b"\xff\xd8\xff\xe0 kein Ende", "unvollständig"),
        (b"%PDF-1.7 kein Ende", "unvollständig"),
        (b"%PDF-1.7 /OpenAction << /S /JavaScript >> %%EOF", "aktive Inhalte"),
        (b"%PDF-1.7 << /S /Launch >> %%EOF", "aktive Inhalte"),
        (b"<html><body>Seite</body></html>", "mehr als Daten"),
        (b"<!doctype html><p>Seite", "nicht lesbar"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "mehr als Daten"),
        (b'<a xmlns:h="http://www.w3.org/1999/xhtml"><h:p/></a>', "mehr als Daten"),
        (b"<a><script>alert(1)</script></a>", "mehr als Daten"),
        (b'<?xml-stylesheet href="x.xsl"?><a/>', "mehr als Daten"),
        (b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>', "mehr als Daten"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "mehr als Daten"),
        (b"<a><b></a>", "nicht lesbar"),
        (b"<a>\xff\xfe</a>", "nicht lesbar"),
    ],
)
def test_everything_else_is_refused_with_the_reason(content, why):
    with pytest.raises(RuleBroken, match=why):
        checked(name="rechnung.pdf", content=content)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Rechnung Größe.pdf", "Rechnung Größe.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Ordner\\Beleg.pdf", "Beleg.pdf"),
        ("rechnung.pdf.exe", "rechnung.pdf"),
        ("rech\u202enung\x00\n.pdf", "rech nung.pdf"),
        ('a"b;c<d>.pdf', "a-b-c-d.pdf"),
        ("CON.pdf", "beleg-CON.pdf"),
        ("", "beleg.pdf"),
        (".pdf", "beleg.pdf"),
        ("x" * 400 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_names_become_safe(name, safe):
    assert clean_name(name, extension="pdf") == safe


def test_a_file_above_the_limit_is_refused_by_its_size_alone():
    too_large(name="genau.pdf", size_bytes=20 * 1024 * 1024, limit_bytes=20 * 1024 * 1024)
    with pytest.raises(RuleBroken, match="größer als 20 MB"):
        too_large(name="mehr.pdf", size_bytes=20 * 1024 * 1024 + 1, limit_bytes=20 * 1024 * 1024)
