import struct

import pytest

from programme.errors import RuleBroken
from programme.rules.uploads import checked_document
from tests.programme.office_samples import SHEET, SLIDES, WORD, container, ooxml, opendocument

PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"


@pytest.mark.parametrize(
    ("name", "content", "kept_as"),
    [
        ("Vortrag Größe.docx", ooxml(WORD), "Vortrag Größe.docx"),
        ("folien.pdf.exe", ooxml(SLIDES), "folien.pptx"),
        ("zahlen", ooxml(SHEET), "zahlen.xlsx"),
        ("../../etc/merkblatt.odt", opendocument(), "merkblatt.odt"),
        ("folien.odp", opendocument("presentation"), "folien.odp"),
        ("liste.ods", opendocument("spreadsheet"), "liste.ods"),
        ("a.pdf", PDF, "a.pdf"),
    ],
)
def test_documents_come_in_under_their_real_kind(name, content, kept_as):
    assert checked_document(name=name, content=content).name == kept_as


def encrypted_entry() -> bytes:
    content = bytearray(ooxml())
    at = content.rindex(b"PK\x01\x02")
    struct.pack_into("<H", content, at + 8, 1)
    return bytes(content)


FOREIGN = b'<Relationship Type="attachedTemplate" Target="https://x" TargetMode="External"/>'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (ooxml(more={"word/vbaProject.bin": b"x"}), "Makros"),
        (ooxml(more={"word/activeX/activeX1.xml": b"x"}), "Makros"),
        (ooxml(more={"word/embeddings/oleObject1.bin": b"x"}), "Makros"),
        (opendocument(more={"Basic/Standard/Modul.xml": b"x"}), "Makros"),
        (ooxml("application/vnd.ms-word.document.macroEnabled.main+xml"), "keine Datei der Art"),
        (ooxml(more={"word/_rels/settings.xml.rels": FOREIGN}), "Vorlage aus dem Netz"),
        (encrypted_entry(), "verschlüsselt"),
        (opendocument(more={"META-INF/manifest.xml": b"<encryption-data/>"}), "verschlüsselt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "verschlüsselt"),
        (b"%PDF-1.7\ntrailer << /Encrypt 5 0 R >>\n%%EOF\n", "verschlüsselt"),
        (b"%PDF-1.7\n/JavaScript\n%%EOF\n", "aktive Inhalte"),
        (ooxml(more={"word/media/null.xml": b"0" * 80_000_000}), "stark gepackt"),
        (ooxml(more={"../../../tmp/x": b"x"}), "beschädigt"),
        (ooxml(more={"/etc/passwd": b"x"}), "beschädigt"),
        (ooxml(more={"[Content_Types].xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]>"}), "beschädigt"),
        (ooxml()[:-30], "beschädigt"),
        (b"PK\x03\x04 kein Archiv", "beschädigt"),
        (container({"liste.txt": b"x"}), "keine Datei der Art"),
        (container({"mimetype": b"application/zip"}), "keine Datei der Art"),
        (b"<rechnung/>", "keine Datei der Art PDF, PNG, JPG, DOCX"),
        (b"MZ\x90\x00", "Bitte speichern Sie sie als PDF"),
        (b"", "leer"),
    ],
)
def test_everything_else_is_refused_with_the_reason(content, why):
    with pytest.raises(RuleBroken, match=why):
        checked_document(name="datei.docx", content=content)


def test_a_part_that_no_longer_unpacks_is_damage_and_no_breakdown():
    content = bytearray(container({"[Content_Types].xml": WORD.encode() * 400}))
    packed_at = 30 + len("[Content_Types].xml")
    content[packed_at : packed_at + 4] = b"\xff\xff\xff\xff"

    with pytest.raises(RuleBroken, match="beschädigt"):
        checked_document(name="datei.docx", content=bytes(content))


def test_an_archive_of_very_many_parts_is_refused():
    parts = {f"teil-{number}.xml": b"" for number in range(5001)}

    with pytest.raises(RuleBroken, match="stark gepackt"):
        checked_document(name="viele.docx", content=container(parts))
