"""Citations of an edition and of its chapters for reference managers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from programme.pages import Guarded
from programme.permissions import everybody
from publications.exports.citations import FORMATS, key
from publications.exports.description import describe
from publications.queries import editions


class Citation(Guarded):
    """One edition, or one of its chapters, in one format."""

    guard = everybody
    http_method_names = ["get", "head", "options"]

    def get(
        self, request: HttpRequest, slug: str, number: int, ending: str, anchor: str = ""
    ) -> HttpResponse:
        found = editions.published_edition(slug, number).select_related("publication")
        edition = get_object_or_404(found)
        about = describe(edition, edition.snapshot)
        part = about.part(anchor)
        if anchor and part is None:
            raise Http404
        content_type, write = FORMATS[ending]
        response = HttpResponse(write(about, part), content_type=content_type)
        name = f"{key(about, part)}.{ending}"
        is_saved = ending != "txt"
        response["Content-Disposition"] = content_disposition_header(is_saved, name) or ""
        response["Cache-Control"] = "public, max-age=3600"
        return response
