"""The press: the only module that imports WeasyPrint; never imported by the web process.

Makes one file that is both PDF/UA-1 (accessible) and PDF/A-3a (for the archive). Nothing is
fetched but the portal's own static files, addressed as `static:print/report.css`, and pictures it
has drawn itself, addressed by their content as `picture:<SHA-256>.png`.
"""

import logging
import re
import signal
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache, partial
from io import BytesIO
from pathlib import Path
from types import FrameType
from typing import NamedTuple

import pydyf  # type: ignore[import-untyped]
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from fontTools.ttLib import woff2  # type: ignore[import-untyped]
from weasyprint import CSS, HTML, Attachment
from weasyprint.document import Document as LaidOut
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from programme.errors import RuleBroken
from programme.press.finishing import finish, set_bleed
from programme.storing import picture

MAX_SECONDS = 20
ALARM_AGAIN_SECONDS = 0.2
MAX_HTML_CHARACTERS = 4_000_000
MOST_FONTS = 16
PICTURE = re.compile(r"picture:(([0-9a-f]{64})\.(png|jpg))")
PICTURE_TYPES = {"png": "image/png", "jpg": "image/jpeg"}
MIME_TYPES = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}

logger = logging.getLogger(__name__)


class Attached(NamedTuple):
    """A file that travels inside a PDF: data behind its figures."""

    name: str
    description: str
    content: bytes


class _TooLong(BaseException):
    """The time is over; a BaseException, because WeasyPrint swallows ordinary ones."""


class StaticOnly(URLFetcher):  # type: ignore[misc]
    """Reads the portal's own static files and pictures, refuses all other addresses (H4)."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return the file behind `static:…` or `picture:…`; anything else stops the press."""
        if found := PICTURE.fullmatch(url):
            return URLFetcherResponse(
                url, _picture(found[1]), {"Content-Type": PICTURE_TYPES[found[3]]}
            )
        scheme, _, name = url.partition(":")
        suffix = Path(name).suffix
        if scheme != "static" or suffix not in MIME_TYPES:
            raise FatalURLFetchingError(url)
        try:
            path = finders.find(name)
        except SuspiciousFileOperation:
            path = None
        if not isinstance(path, str):
            raise FatalURLFetchingError(url)
        content = _font(Path(path)) if suffix == ".woff2" else Path(path).read_bytes()
        return URLFetcherResponse(url, content, {"Content-Type": MIME_TYPES[suffix]})


@lru_cache(maxsize=MOST_FONTS)
def _font(path: Path) -> bytes:
    """Unpack a font once for all documents; WeasyPrint would do it for each."""
    unpacked = BytesIO()
    woff2.decompress(BytesIO(path.read_bytes()), unpacked)
    return unpacked.getvalue()


def _picture(name: str) -> bytes:
    try:
        return picture(name)
    except FileNotFoundError:
        raise FatalURLFetchingError(name) from None


def print_html(
    html: str, *, dated: datetime, identifier: str, attached: Sequence[Attached] = ()
) -> tuple[bytes, int]:
    """Set a page of HTML and return the PDF and its number of pages.

    The bytes depend on the arguments only: `dated` becomes the date and `identifier` the
    identity of the file. Refuses addresses outside the static files and work that takes longer
    than `MAX_SECONDS` of computing time.
    """
    with _watched(html):
        laid_out = _laid_out(html, dated)
        finisher = partial(finish, attached=len(attached))
        content = _written(laid_out, identifier, finisher, _attachments(attached, dated))
    return content, len(laid_out.pages)


def print_for_printers(html: str, *, dated: datetime, identifier: str) -> tuple[bytes, int]:
    """Set a page of HTML for a printing house: no tags, no archive; marks come from its style."""
    with _watched(html):
        laid_out = _laid_out(html, dated)
        content: bytes = laid_out.write_pdf(pdf_identifier=identifier.encode(), finisher=set_bleed)
    return content, len(laid_out.pages)


def print_part(
    html: str, *, dated: datetime, pages_before: int, take: Callable[[pydyf.PDF], None]
) -> None:
    """Set one part of a long document with its pages counted on, hand it over and forget it.

    A page that resets the counter does not count itself. Refuses what `print_html` refuses.
    """

    def hand_over(document: LaidOut, pdf: pydyf.PDF) -> None:
        finish(document, pdf)
        take(pdf)
        del pdf.objects[1:]

    counted = CSS(string=f"@page :first {{ counter-reset: page {pages_before + 1} }}")
    with _watched(html):
        _written(_laid_out(html, dated, counted), "", hand_over)


def _laid_out(html: str, dated: datetime, *styles: CSS) -> LaidOut:
    laid_out = HTML(string=html, url_fetcher=StaticOnly()).render(stylesheets=styles)
    moment = dated.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    laid_out.metadata.created = laid_out.metadata.modified = moment
    return laid_out


@contextmanager
def _watched(html: str) -> Iterator[None]:
    """Refuse what is too long, takes too long, or asks for a foreign address."""
    if len(html) > MAX_HTML_CHARACTERS:
        raise RuleBroken("Das Dokument ist zu lang, um es zu setzen.")
    try:
        with _stopped_after(MAX_SECONDS):
            yield
    except FatalURLFetchingError as refused:
        logger.warning("press refused the address %s", refused)
        raise RuleBroken(
            "Das Dokument verweist auf eine Datei, die nicht zum Portal gehört. "
            "Bitte entfernen Sie den Verweis aus dem Text."
        ) from refused
    except _TooLong as stopped:
        raise RuleBroken("Das Setzen hat zu lange gedauert und wurde beendet.") from stopped


def _attachments(attached: Sequence[Attached], dated: datetime) -> list[Attachment]:
    moment = dated.astimezone(UTC)
    return [
        Attachment(
            string=one.content,
            name=one.name,
            description=one.description,
            relationship="Data",
            created=moment,
            modified=moment,
        )
        for one in sorted(attached)
    ]


def _written(
    laid_out: LaidOut,
    identifier: str,
    finisher: Callable[[LaidOut, pydyf.PDF], None],
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Write the file; WeasyPrint 70 leaves its colour profile open, which is no fault of ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        content: bytes = laid_out.write_pdf(
            pdf_variant="pdf/a-3a",
            pdf_identifier=identifier.encode(),
            finisher=finisher,
            attachments=list(attachments),
        )
    return content


@contextmanager
def _stopped_after(seconds: float) -> Iterator[None]:
    """Stop the work after so many seconds of computing; only the main thread can be stopped.

    The alarm repeats, because an exception in a finalizer or a callback of a library is lost.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, ALARM_AGAIN_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
