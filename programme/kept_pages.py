"""Public pages kept for some seconds, so that a crowd of readers has one page drawn for it.

Each process keeps its own; a change of the data drops all of them within a second.
"""

import time
from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.middleware.cache import CacheMiddleware

from programme.middleware import GetResponse
from programme.queries import logbook

LOOK_EVERY_SECONDS = 1
Found = TypeVar("Found")


class KeepPublicPages(CacheMiddleware):
    """Answer visitors who carry no cookie with what the page said a moment ago.

    Whoever is signed in or filled a basket carries a cookie and is never answered from here; a
    page that sets one (it has a form) or says itself how long it may be kept is never kept. What
    is kept is bound to the number of events in the logbook, which each process asks for once a
    second, and is drawn anew after PUBLIC_PAGE_SECONDS in any case: registrations of others and
    the clock change pages too. Addresses with a query are drawn each time, so the amount kept is
    bounded. Browsers are told nothing of it: they ask each time, as before.
    """

    def __init__(self, get_response: GetResponse) -> None:
        if not settings.PUBLIC_PAGE_SECONDS:
            raise MiddlewareNotUsed
        super().__init__(get_response, page_timeout=settings.PUBLIC_PAGE_SECONDS)
        self.cache_alias = "pages"
        self.look_again = 0.0

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        """Return the kept page; remember which state of the data a new one belongs to."""
        if request.COOKIES or request.META.get("QUERY_STRING"):
            return None
        if time.monotonic() >= self.look_again:
            self.look_again = time.monotonic() + LOOK_EVERY_SECONDS
            self.key_prefix = str(logbook.newest_number())
        request.state_of_data = self.key_prefix  # type: ignore[attr-defined]
        kept = super().process_request(request)
        return kept and undated(kept)

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Keep the page if it is the same for everybody and nothing changed while it was drawn."""
        is_current = getattr(request, "state_of_data", None) == self.key_prefix
        if not is_current or response.cookies or response.has_header("Cache-Control"):
            return response
        return undated(super().process_response(request, response))


def found_once(request: HttpRequest, key: str, find: Callable[[], Found]) -> Found:
    """Return what `find` found for everybody in this state of the data; asked once a process."""
    state = getattr(request, "state_of_data", None)
    if state is None:
        return find()
    kept = caches["pages"].get_or_set(f"{state}:{key}", find, settings.PUBLIC_PAGE_SECONDS)
    return cast("Found", kept)


def undated(response: Any) -> Any:
    """Take off what Django's cache tells browsers: they shall ask each time."""
    for name in ("Cache-Control", "Expires", "Age"):
        del response[name]
    return response
