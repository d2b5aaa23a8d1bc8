"""The further formats of an edition, each made from its snapshot alone; the same each time."""

from collections.abc import Callable
from hashlib import sha256

from programme.documents import Document
from publications.enums import DownloadFormat
from publications.exports import data_files
from publications.exports.epub import epub_of
from publications.exports.pdf import print_pdf_of
from publications.exports.reading import reading
from publications.models import Edition

MAKERS: dict[str, Callable[[Edition], Document]] = {
    DownloadFormat.EPUB: lambda edition: _plain(
        epub_of(reading(edition.snapshot), identifier=edition.snapshot_sha256)
    ),
    DownloadFormat.XLSX: lambda edition: _plain(data_files.all_xlsx(reading(edition.snapshot))),
    DownloadFormat.CSV: lambda edition: _plain(data_files.all_csv(reading(edition.snapshot))),
    DownloadFormat.JSON: lambda edition: _plain(data_files.all_json(reading(edition.snapshot))),
    DownloadFormat.PRINT: print_pdf_of,
}
KNOWN = tuple(MAKERS)


def made(edition: Edition, form: str) -> Document:
    """Return the edition in this form; its pages are 0 where it has none."""
    return MAKERS[form](edition)


def _plain(content: bytes) -> Document:
    return Document(content, 0)


def digest(content: bytes) -> str:
    """Return the checksum shown beside a file (SHA-256)."""
    return sha256(content).hexdigest()
