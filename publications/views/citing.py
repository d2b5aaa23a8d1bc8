"""Citations of an edition, of its chapters and of their sections for reference managers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from network.exports.entries import one_line
from programme.pages import Guarded
from programme.permissions import everybody
from publications.exports.citations import FORMATS, key
from publications.exports.description import Description, Part, describe
from publications.exports.reading_version import reading_version
from publications.models import Edition
from publications.queries import editions


class Citation(Guarded):
    """One edition, or one part of it, in one format."""

    guard = everybody
    http_method_names = ["get", "head", "options"]

    def get(
        self, request: HttpRequest, slug: str, number: int, ending: str, anchor: str = ""
    ) -> HttpResponse:
        found = editions.published_edition(slug, number).select_related("publication")
        edition = get_object_or_404(found)
        about = describe(edition, edition.snapshot)
        part = _part(edition, about, anchor) if anchor else None
        content_type, write = FORMATS[ending]
        response = HttpResponse(write(about, part), content_type=content_type)
        name = f"{key(about, part)}.{ending}"
        is_saved = ending != "txt"
        response["Content-Disposition"] = content_disposition_header(is_saved, name) or ""
        response["Cache-Control"] = "public, max-age=3600"
        return response


def _part(edition: Edition, about: Description, anchor: str) -> Part:
    """Return the chapter or the section below one with this anchor, else nothing is there."""
    chapter = about.part(anchor)
    if chapter:
        return chapter
    _, body = reading_version(edition)
    found = body.section(anchor)
    if found is None:
        raise Http404
    within, heading = found
    return Part(within.number, anchor, one_line(heading.title), one_line(within.title))
