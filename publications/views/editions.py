"""Editions: follow the setting, read, download."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files import File
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from programme.pages import FormPage, Guarded, Page
from programme.permissions import everybody
from publications import permissions
from publications.enums import DownloadFormat
from publications.exports import citations, head
from publications.exports.description import describe
from publications.exports.reading import reading
from publications.models import Edition
from publications.queries import editions
from publications.rules.ranges import NotSatisfiable, wanted_part
from publications.services import downloads
from publications.services import editions as edition_services

FOR_EVER = "public, max-age=31536000, immutable"
CHUNK = 64 * 1024


class EditionProgress(Page):
    """How far the worker is; reloads itself without JavaScript."""

    guard = permissions.may_edit_publications
    template_name = "publications/edition_progress.html"

    @cached_property
    def edition(self) -> Edition:
        known = Edition.objects.select_related("publication").defer("snapshot")
        return get_object_or_404(
            known, publication__slug=self.kwargs["slug"], number=self.kwargs["number"]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"edition": self.edition}


class EditionStatusJson(EditionProgress):
    """The same in a few bytes for the script."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        edition = self.edition
        return JsonResponse(
            {
                "progress": edition.progress,
                "stage": edition.stage,
                "status": edition.status,
                "finished": edition.is_finished,
            }
        )


class RetryEdition(FormPage):
    """Queue a failed edition again."""

    guard = permissions.may_edit_publications
    purpose = "Das Setzen einer Ausgabe wiederholen"
    http_method_names = ["post", "options"]
    template_name = "publications/edition_progress.html"
    form_class = forms.Form

    def act(self, form: Any) -> HttpResponse:
        slug, number = self.kwargs["slug"], self.kwargs["number"]
        edition = get_object_or_404(Edition, publication__slug=slug, number=number)
        edition_services.retry(edition=edition, by=self.person)
        return redirect("publications:edition_progress", slug, number)


class ReadEdition(Page):
    """The reading version of a published edition."""

    guard = everybody
    template_name = "publications/edition.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = editions.published_edition(self.kwargs["slug"], self.kwargs["number"])
        edition = get_object_or_404(found.select_related("publication"))
        about = describe(edition, edition.snapshot)
        return super().get_context_data(**kwargs) | {
            "edition": edition,
            "report": reading(edition.snapshot),
            "about": about,
            "meta_tags": head.meta_tags(about),
            "structured_data": head.structured_data(about),
            "citation": citations.words(about),
        }


class EditionPdf(Guarded):
    """The PDF: one click, may be resumed, may be kept for ever."""

    guard = everybody
    http_method_names = ["get", "head", "options"]

    @cached_property
    def edition(self) -> Edition:
        found = editions.published_edition(self.kwargs["slug"], self.kwargs["number"])
        return get_object_or_404(found.select_related("publication").defer("snapshot"))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        edition, etag = self.edition, f'"{self.edition.pdf_sha256}"'
        if _listed(request.headers.get("If-None-Match", "")) & {etag, "*"}:
            return self.dressed(HttpResponse(status=304), etag)
        part = None
        # A range is defined for GET only: a download manager asks HEAD for the whole length.
        if request.method == "GET" and request.headers.get("If-Range", etag) == etag:
            try:
                part = wanted_part(request.headers.get("Range", ""), edition.pdf_bytes)
            except NotSatisfiable:
                response = HttpResponse(status=416)
                response["Content-Range"] = f"bytes */{edition.pdf_bytes}"
                return response
        if request.method == "GET" and (part is None or part[0] == 0):
            downloads.count(edition=edition, format=DownloadFormat.PDF)
        return self.dressed(self.sent(part), etag)

    def sent(self, part: tuple[int, int] | None) -> HttpResponseBase:
        whole = self.edition.pdf_bytes
        first, last = part or (0, whole - 1)
        if self.request.method == "HEAD":
            response: HttpResponseBase = HttpResponse(content_type="application/pdf")
        else:
            try:
                file = self.edition.pdf.open("rb")
            except FileNotFoundError as gone:
                raise Http404 from gone
            if part is None:  # the server may hand the whole file over by itself (sendfile)
                response = FileResponse(file, content_type="application/pdf")
            else:
                piece = FilePart(file, first, last - first + 1)
                response = StreamingHttpResponse(piece, content_type="application/pdf")
        response["Content-Length"] = str(last - first + 1)
        if part is not None:
            response.status_code = 206
            response["Content-Range"] = f"bytes {first}-{last}/{whole}"
        return response

    def dressed(self, response: HttpResponseBase, etag: str) -> HttpResponseBase:
        edition = self.edition
        name = f"{edition.publication.slug}-ausgabe-{edition.number}.pdf"
        response["ETag"] = etag
        response["Cache-Control"] = FOR_EVER
        response["Accept-Ranges"] = "bytes"
        response["Content-Disposition"] = f'inline; filename="{name}"'
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
