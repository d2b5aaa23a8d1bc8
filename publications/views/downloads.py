"""Files of an edition: one click, may be resumed, may be kept for ever."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from programme.exports.sheets import CSV
from programme.kept_pages import found_once
from programme.pages import Guarded, address_of, made_now
from programme.permissions import everybody
from publications import tally
from publications.exports.data_files import table_csv
from publications.exports.reading import reading
from publications.queries import editions
from publications.queries.editions import StoredFile
from publications.rules.formats import FORMS
from publications.rules.ranges import NotSatisfiable, wanted_part

FOR_EVER = "public, max-age=31536000, immutable"
CHUNK = 64 * 1024


class EditionDownload(Guarded):
    """A file of a published edition; behind nginx the server itself hands it over."""

    guard = everybody
    http_method_names = ["get", "head", "options"]
    answers_at_once = True

    @cached_property
    def stored(self) -> StoredFile:
        slug, number, form = (self.kwargs[name] for name in ("slug", "number", "format"))
        key = f"file:{slug}:{number}:{form}"
        return found_once(self.request, key, lambda: editions.stored_file(slug, number, form))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        etag, size = f'"{self.stored.sha256}"', self.stored.size
        if _listed(request.headers.get("If-None-Match", "")) & {etag, "*"}:
            return self.dressed(HttpResponse(status=304), etag)
        part = None
        # A range is defined for GET only: a download manager asks HEAD for the whole length.
        if request.method == "GET" and request.headers.get("If-Range", etag) == etag:
            try:
                part = wanted_part(request.headers.get("Range", ""), size)
            except NotSatisfiable:
                response = HttpResponse(status=416)
                response["Content-Range"] = f"bytes */{size}"
                return response
        if request.method == "GET" and (part is None or part[0] == 0):
            self.count()
        if settings.X_ACCEL_PREFIX:
            return self.dressed(self.handed_over(), etag)
        return self.dressed(self.sent(part), etag)

    def count(self) -> None:
        tally.note(
            edition=self.stored.edition,
            form=self.kwargs["format"],
            address=address_of(self.request),
            agent=self.request.headers.get("User-Agent", ""),
        )

    def handed_over(self) -> HttpResponse:
        """Name the file to nginx, which sends it, and parts of it, without the portal."""
        response = HttpResponse(content_type=FORMS[self.kwargs["format"]].content_type)
        response["X-Accel-Redirect"] = settings.X_ACCEL_PREFIX + quote(self.stored.name)
        response["Content-Length"] = "0"  # else nginx takes a new connection for each download
        return response

    def sent(self, part: tuple[int, int] | None) -> HttpResponseBase:
        content_type, whole = FORMS[self.kwargs["format"]].content_type, self.stored.size
        first, last = part or (0, whole - 1)
        if self.request.method == "HEAD":
            response: HttpResponseBase = HttpResponse(content_type=content_type)
        else:
            try:
                file = default_storage.open(self.stored.name)
            except FileNotFoundError as gone:
                raise Http404 from gone
            if part is None:  # the server may hand the whole file over by itself (sendfile)
                response = FileResponse(file, content_type=content_type)
            else:
                piece = FilePart(file, first, last - first + 1)
                response = StreamingHttpResponse(piece, content_type=content_type)
        response["Content-Length"] = str(last - first + 1)
        if part is not None:
            response.status_code = 206
            response["Content-Range"] = f"bytes {first}-{last}/{whole}"
        return response

    def dressed(self, response: HttpResponseBase, etag: str) -> HttpResponseBase:
        form = FORMS[self.kwargs["format"]]
        how = "inline" if form.is_shown else "attachment"
        slug, number = self.kwargs["slug"], self.kwargs["number"]
        response["ETag"] = etag
        response["Cache-Control"] = FOR_EVER
        response["Accept-Ranges"] = "bytes"
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "frame-ancestors 'none'"  # readers of PDF need more
        response["Content-Disposition"] = f'{how}; filename="{slug}-ausgabe-{number}{form.suffix}"'
        return response


def _listed(header: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}


class FilePart:
    """Some bytes of a file; closed by the response, even if nobody read it."""

    def __init__(self, file: File[bytes], first: int, amount: int) -> None:
        self.file, self.amount = file, amount
        file.seek(first)

    def __iter__(self) -> Iterator[bytes]:
        while self.amount > 0 and (piece := self.file.read(min(CHUNK, self.amount))):
            self.amount -= len(piece)
            yield piece
        self.file.close()

    def close(self) -> None:
        self.file.close()


class TableCsv(Guarded):
    """One table of an edition for spreadsheets."""

    guard = everybody
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        slug, number, key = (self.kwargs[name] for name in ("slug", "number", "key"))
        edition = get_object_or_404(editions.published_edition(slug, number))
        table = reading(edition.snapshot).table(key)
        if table is None:
            raise Http404
        name = f"{slug}-ausgabe-{number}-{key}.csv"
        response = made_now(table_csv(table), name=name, content_type=CSV)
        response["Cache-Control"] = FOR_EVER
        return response
