"""Small office documents for tests, good and bad ones."""

import zipfile
from io import BytesIO

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def container(parts: dict[str, bytes]) -> bytes:
    """Return an archive with these parts."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def ooxml(main: str = WORD, *, more: dict[str, bytes] | None = None) -> bytes:
    """Return a document of the family DOCX, PPTX, XLSX."""
    types = f'<Types><Override PartName="/main.xml" ContentType="{main}"/></Types>'
    return container({"[Content_Types].xml": types.encode(), "main.xml": b"<a/>", **(more or {})})


def opendocument(kind: str = "text", *, more: dict[str, bytes] | None = None) -> bytes:
    """Return a document of the family ODT, ODP, ODS."""
    mime = f"application/vnd.oasis.opendocument.{kind}".encode()
    manifest = {"META-INF/manifest.xml": b"<manifest/>"}
    return container({"mimetype": mime, "content.xml": b"<a/>", **manifest, **(more or {})})
