"""Small porters: strange methods and forms, private pages in caches, staff with one factor."""

from codecs import lookup
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.shortcuts import redirect
from django.urls import ResolverMatch, resolve, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

from programme import pages, permissions, unsent

SERVED_METHODS = ["GET", "HEAD", "POST", "OPTIONS"]
MEGABYTE = 1024 * 1024
PUBLIC_FORM_MAX_BYTES = 2 * MEGABYTE
FORM_OF_FILES = 5  # files of the largest size that fit into one form
KEPT = (
    "Ihre Anmeldung ist abgelaufen. Was Sie geschrieben haben, ist noch eine Stunde da: Melden Sie "
    "sich an, dann steht es wieder im Formular."
)
NOT_KEPT = (
    "Ihre Anmeldung ist abgelaufen. Das Formular ist nicht gesendet. Bitte melden Sie sich an und "
    "füllen Sie es noch einmal aus."
)
GetResponse = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponseBase]


def refuse_other_methods(get_response: GetResponse) -> GetResponse:
    """Answer 405 to everything but reading and posting, on pages of libraries too (trap T3)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in SERVED_METHODS:
            return HttpResponseNotAllowed(SERVED_METHODS)
        return get_response(request)

    return middleware


def answer_files_at_once(get_response: GetResponse) -> GetResponse:
    """Let a view that asks nothing about its visitor answer before session, account and policy.

    A crowd fetches the same few files, and each is handed over whole (targets, part 4). What such
    a view does not find takes the usual way to the page that says so.
    """

    def middleware(request: HttpRequest) -> Any:
        if request.method in {"GET", "HEAD"}:
            try:
                match = _answering_at_once(request.path_info)
                if match:
                    request.get_host()  # a host that is not ours is refused here too
                    return match.func(request, *match.args, **match.kwargs)
            except Http404:
                pass
        return get_response(request)

    return middleware


@lru_cache(maxsize=1024)
def _answering_at_once(path: str) -> ResolverMatch | None:
    """Find the view of an address once: trying all addresses costs as much as the answer."""
    match = resolve(path)
    view = getattr(match.func, "view_class", None)
    return match if getattr(view, "answers_at_once", False) else None


def refuse_oversized_forms(get_response: GetResponse) -> GetResponse:
    """Answer 413 to bodies above what all forms allow, before anything of them is read.

    Files come in through the workspace only, so the public forms stay small.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        inside = request.path.startswith("/intern/")
        limit = FORM_OF_FILES * settings.UPLOAD_MAX_BYTES if inside else PUBLIC_FORM_MAX_BYTES
        try:
            announced = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            announced = 0
        if announced > limit:
            return HttpResponse(
                "Die gesendeten Daten sind zu groß. Angenommen werden zusammen höchstens "
                f"{limit // MEGABYTE} MB. Bitte gehen Sie zurück und wählen Sie kleinere oder "
                "weniger Dateien.",
                status=413,
                content_type="text/plain; charset=utf-8",
            )
        return get_response(request)

    return middleware


def refuse_unreadable_forms(get_response: GetResponse) -> GetResponse:
    """Answer 415 to forms that are not UTF-8; Django would fail in its own error page (trap T1)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset", "utf-8")
        try:
            readable = lookup(charset).name in {"utf-8", "ascii"}
        except LookupError:
            readable = False
        if not readable:
            return HttpResponse(
                "Dieses Formular ist nicht lesbar. Bitte senden Sie es als UTF-8.",
                status=415,
                content_type="text/plain; charset=utf-8",
            )
        return get_response(request)

    return middleware


def never_store_private_pages(get_response: GetResponse) -> GetResponse:
    """Keep pages of signed-in people, and those that lead in, out of every cache (trap T4)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        user = getattr(request, "user", None)
        account = reverse("account_login").removesuffix("login/")
        private = request.path.startswith(account) or (user and user.is_authenticated)
        if private and "Cache-Control" not in response:
            add_never_cache_headers(response)
        return response

    return middleware


class AskToLogIn(LoginRequiredMiddleware):
    """Send strangers to the login; what a form brought waits until its writer is back."""

    def handle_no_permission(self, request: HttpRequest, view_func: View) -> HttpResponseRedirect:
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        if not takes_reading(view_func):
            return redirect_to_login(_came_from(request))
        if is_form(view_func) and unsent.keep(request, address=pages.address_of(request)):
            messages.info(request, KEPT)
        elif unsent.owner_of(request):
            messages.warning(request, NOT_KEPT)
        return redirect_to_login(request.get_full_path())


def takes_reading(view_func: View) -> bool:
    """Say whether the address of this view can be opened, not only sent to."""
    return "get" in getattr(getattr(view_func, "view_class", None), "http_method_names", ["get"])


def is_form(view_func: View) -> bool:
    """Say whether this view is a page with one form."""
    return issubclass(getattr(view_func, "view_class", object), pages.FormPage)


def _came_from(request: HttpRequest) -> str:
    """Return the page with the button that was pressed, or the start page."""
    referer = request.headers.get("Referer", "")
    host = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(referer, host, require_https=request.is_secure())
    return referer if is_ours and referer else reverse("dashboard:start")


class AskForSecondFactor:
    """Send people with rights beyond their own office to the set-up page of the second factor."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        """Stop closed pages only; the public ones and the pages of the account stay open."""
        if not settings.REQUIRE_SECOND_FACTOR or not getattr(view, "login_required", True):
            return None
        account = reverse("account_login").removesuffix("login/")
        if request.path.startswith(account) or not permissions.needs_second_factor(request.user):
            return None
        if is_mfa_enabled(request.user):
            return None
        messages.info(request, "Bitte richten Sie zuerst den zweiten Faktor Ihrer Anmeldung ein.")
        return redirect("mfa_activate_totp")
