"""The further formats of an edition, each made from its snapshot alone; the same each time."""

from collections.abc import Callable
from hashlib import sha256

from programme.documents import Document
from publications.enums import DownloadFormat
from publications.exports import data_files
from publications.exports.reading import Reading, reading
from publications.models import Edition

MAKERS: dict[str, Callable[[Reading], bytes]] = {
    DownloadFormat.XLSX: data_files.all_xlsx,
    DownloadFormat.CSV: data_files.all_csv,
    DownloadFormat.JSON: data_files.all_json,
}
KNOWN = tuple(MAKERS)


def made(edition: Edition, form: str) -> Document:
    """Return the edition in this form; its pages are 0 where it has none."""
    return Document(MAKERS[form](reading(edition.snapshot)), 0)


def digest(content: bytes) -> str:
    """Return the checksum shown beside a file (SHA-256)."""
    return sha256(content).hexdigest()
