"""What a finished PDF says of itself: tags, language, title, the marks of both standards (W04)."""

from io import BytesIO
from typing import Any

UNREADABLE = "Das PDF lässt sich nicht lesen."
MARKS = (
    (b"<pdfuaid:part>1</pdfuaid:part>", "Die Kennzeichnung nach PDF/UA-1 fehlt."),
    (b"<pdfaid:part>3</pdfaid:part>", "Die Kennzeichnung nach PDF/A-3 fehlt."),
)


def problems(content: bytes) -> list[str]:
    """Return in German what the file lacks; an empty list means it says of itself all it must."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(content))
        root: Any = reader.trailer["/Root"]
        title = (reader.metadata.title if reader.metadata else "") or ""
        found = [
            (bool(root.get("/MarkInfo", {}).get("/Marked")), "Das PDF ist nicht ausgezeichnet."),
            ("/StructTreeRoot" in root, "Der Strukturbaum fehlt."),
            (bool(root.get("/Lang")), "Die Sprache des PDF fehlt."),
            (bool(title.strip()), "Der Titel des PDF fehlt."),
        ]
    except (PyPdfError, KeyError, ValueError, TypeError, AttributeError):
        return [UNREADABLE]
    missing = [told for is_there, told in found if not is_there]
    return missing + [told for mark, told in MARKS if mark not in content]
