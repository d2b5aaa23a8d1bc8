"""German error pages that never fail themselves."""

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt

RETRY_SECONDS = 30
PLAIN = "text/plain; charset=utf-8"
LAST_RESORT = "Die Seite kann gerade nicht angezeigt werden. Bitte versuchen Sie es später erneut."

logger = logging.getLogger(__name__)


def _page(status: int, *, template: str = "", retry_after: int | None = None) -> HttpResponse:
    try:
        response = HttpResponse(render_to_string(template or f"{status}.html"), status=status)
    except Exception:  # the last page must not fail, whatever is wrong with its template
        logger.exception("error page %s could not be drawn", status)
        response = HttpResponse(LAST_RESORT, status=status, content_type=PLAIN)
    response["Cache-Control"] = "no-store"
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response


@csrf_exempt  # Django would parse the broken body again to check it (trap T1)
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(404)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(429, retry_after=60)


def server_error(request: HttpRequest) -> HttpResponse:
    """Show 503 while the database is away: trying again helps then, unlike with a fault of ours."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return _page(503, retry_after=RETRY_SECONDS)
    return _page(500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Tell what to do with a form that is older than the login; it is no matter of rights."""
    return _page(403, template="stale_form.html")
