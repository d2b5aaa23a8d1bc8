"""Small PDF files for the sample vouchers, one page of text each, plainly marked as invented."""

from collections.abc import Sequence

_LEFT, _TOP, _LEADING = 60, 770, 22


def sample_pdf(*, title: str, lines: Sequence[str]) -> bytes:
    """Return a valid one-page PDF with a title and lines of text; the same text, the same bytes."""
    shown = [f"BT /F1 18 Tf {_LEFT} {_TOP} Td ({_text(title)}) Tj ET"]
    shown += [
        f"BT /F1 11 Tf {_LEFT} {_TOP - _LEADING * (index + 2)} Td ({_text(line)}) Tj ET"
        for index, line in enumerate(lines)
    ]
    stream = "\n".join(shown).encode("cp1252", errors="replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (de-DE) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
        b"/Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    return _assembled(objects)


def _assembled(objects: Sequence[bytes]) -> bytes:
    content = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    content += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    content += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(content)


def _text(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
