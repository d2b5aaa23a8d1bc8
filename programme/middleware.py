"""Small porters: strange methods and forms, private pages in caches, staff with one factor."""

from codecs import lookup
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from programme import permissions

SERVED_METHODS = ["GET", "HEAD", "POST", "OPTIONS"]
MEGABYTE = 1024 * 1024
PUBLIC_FORM_MAX_BYTES = 2 * MEGABYTE
FORM_OF_FILES = 5  # files of the largest size that fit into one form
GetResponse = Callable[[HttpRequest], HttpResponse]


def refuse_other_methods(get_response: GetResponse) -> GetResponse:
    """Answer 405 to everything but reading and posting, on pages of libraries too (trap T3)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in SERVED_METHODS:
            return HttpResponseNotAllowed(SERVED_METHODS)
        return get_response(request)

    return middleware


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
