"""German error pages that never fail themselves."""

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt

from programme import unsent
from programme.middleware import is_form, takes_reading
from programme.pages import address_of

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
    """Show the form again with what was typed, or tell what to do; it is no matter of rights.

    The mark of its owner in the form proves that it is ours and made for this person, so nothing
    that a foreign page sends comes back. Nothing is done with it before it is sent again.
    """
    match = request.resolver_match
    is_own = request.user.is_authenticated and unsent.owner_of(request) == request.user.pk
    comes_back = match and is_own and is_form(match.func) and takes_reading(match.func)
    if comes_back and unsent.keep(request, address=address_of(request)):
        return redirect(request.get_full_path())
    return _page(403, template="stale_form.html")
