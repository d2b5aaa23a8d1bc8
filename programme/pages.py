"""The one base of all pages: a guard each, broken rules as form errors, one result a form."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar
from uuid import UUID, uuid4

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.views.generic import FormView, ListView, TemplateView
from django.views.generic.base import View

from programme import permissions, submissions, unsent
from programme.errors import RuleBroken
from programme.models import User

Guard = Callable[..., bool]
ALREADY_SENT = (
    "Dieses Formular ist schon angekommen und zählt einmal. Für weitere Angaben öffnen Sie es "
    "bitte neu."
)
PAGE_SIZE = 25
TOO_MANY = (
    "Von Ihrem Anschluss kamen in kurzer Zeit sehr viele Formulare. Ihre Angaben stehen noch da; "
    "bitte senden Sie sie in einer Stunde noch einmal ab."
)
STILL_UNSENT = (
    "Ihre Anmeldung war abgelaufen. Hier steht, was Sie geschrieben haben; gesendet ist es noch "
    "nicht. Bitte prüfen Sie es und senden Sie es ab."
)
FILES_AGAIN = " Dateien wählen Sie bitte noch einmal aus."
MINUTE = 60
HOUR = 60 * MINUTE
UNKNOWN_LINKS = {"purpose": "unknown link", "most": 60, "seconds": MINUTE}
PUBLIC_TASK = "Art. 6 Abs. 1 Buchst. e DSGVO in Verbindung mit § 3 HDSIG"

# A letter brings its own styles and nothing else: no script, no picture, no address to load from.
LETTER_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "frame-ancestors": ["'self'"],
    "sandbox": True,
}


def address_of(request: HttpRequest) -> str:
    """Return the visitor's address by the one rule on trusted proxies, allauth's."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except ImproperlyConfigured:
        return str(request.META.get("REMOTE_ADDR", ""))


class Guarded(View):
    """A view that cannot be defined without saying who may use it.

    `guard` is asked with the user and with what `guarded()` returns. A stranger is sent to the
    login; a person without the right gets 403, or 404 where a record is concerned, so that a
    foreign record looks like a missing one (target A3).
    """

    guard: ClassVar[Guard]
    http_method_names = ["get", "post", "head", "options"]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        guard = getattr(cls, "guard", None)
        if guard is None:
            raise TypeError(f"{cls.__module__}.{cls.__qualname__} declares no guard")
        cls.guard = staticmethod(guard)

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponseBase]:
        view = super().as_view(**initkwargs)
        return login_not_required(view) if cls.guard is permissions.everybody else view

    @property
    def person(self) -> User:
        """The signed-in person who acts; only asked behind a guard that lets no stranger in."""
        if not isinstance(self.request.user, User):
            raise PermissionDenied
        return self.request.user

    def guarded(self) -> object:
        """Return the record the guard is asked about, or None; raises Http404 if it is missing."""
        return None

    def http_method_not_allowed(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Say what to do at an address that only takes a form, for example after a new login."""
        response = super().http_method_not_allowed(request, *args, **kwargs)
        response.content = render_to_string("405.html").encode()
        return response

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.guard is permissions.everybody:
            return super().dispatch(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        subject = self.guarded()
        if not self.guard(request.user, subject):
            if subject is not None:
                raise Http404
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class Unlisted(View):
    """Mix-in of pages behind a token: nobody stores, lists, passes on or guesses their address.

    "strict-origin" keeps the path, hence the token, out of every Referer. "no-referrer" would
    make browsers send "Origin: null" with the forms of these pages, and Django refuses that.

    After 60 links in a minute that lead nowhere an address gets nothing any more, right or wrong,
    before anything is looked up; links that work do not count (target A7).
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        turns: dict[str, Any] = UNKNOWN_LINKS | {"address": address_of(request)}
        if submissions.turns_used_up(**turns):
            response: HttpResponseBase = HttpResponse(render_to_string("429.html"), status=429)
            response["Retry-After"] = str(MINUTE)
        else:
            try:
                response = super().dispatch(request, *args, **kwargs)
            except Http404:
                submissions.take_turn(**turns)
                raise
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "strict-origin"
        return response


def _no_guard(user: permissions.Person, subject: object = None) -> bool:
    """Close the two base classes below; every real page names its own guard."""
    return False


class Page(Guarded, TemplateView):
    """A page that shows something."""

    guard = _no_guard


# A file comes from outside: it is saved, never shown inside the portal.
FILE_POLICY = "default-src 'none'; sandbox"


def made_now(content: bytes | str, *, name: str, content_type: str) -> HttpResponse:
    """Send a file that was made for this answer; the browser saves it and never shows it."""
    response = HttpResponse(content, content_type=content_type)
    as_attachment = True
    response["Content-Disposition"] = content_disposition_header(as_attachment, name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    return response


def as_download(file: FieldFile, *, name: str, content_type: str) -> FileResponse:
    """Return a stored file as a download that no browser runs or guesses at; 404 if it is gone."""
    try:
        content = file.open("rb")
    except (FileNotFoundError, ValueError):
        raise Http404 from None
    return FileResponse(
        content,
        as_attachment=True,
        filename=name,
        content_type=content_type,
        headers={
            "Content-Security-Policy": FILE_POLICY,
            "X-Content-Type-Options": "nosniff",
        },
    )


class ListPage(Guarded, ListView[Any]):
    """A page with a list, 25 entries a page; an impossible page number is a missing page."""

    guard = _no_guard
    paginate_by = PAGE_SIZE
    page_kwarg = "seite"


class CountedPaginator(Paginator[Any]):
    """25 entries a page; is told the number of rows, for it is known from elsewhere."""

    def __init__(self, rows: QuerySet[Any] | Sequence[Any], *, known_count: int) -> None:
        super().__init__(rows, PAGE_SIZE)
        self.known_count = known_count

    @cached_property
    def count(self) -> int:
        return self.known_count


class FormPage(Guarded, FormView[Any]):
    """A page with one form; `act` calls one service and returns where to go.

    Sent twice, the form has one result: its hidden key is remembered with the address of the
    result (trap T12). `purpose` says in German what people send the form for; the privacy page
    lists it (W08). `most_per_hour` limits what one address may send; only forms without typing
    errors count, because only they cause letters.
    """

    guard = _no_guard
    purpose: ClassVar[str] = ""
    legal_basis: ClassVar[str] = PUBLIC_TASK
    most_per_hour: ClassVar[int | None] = None

    @cached_property
    def form_key(self) -> UUID:
        try:
            return UUID(self.request.POST.get("form_key", ""))
        except ValueError:
            return uuid4()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"form_key": self.form_key}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, with what was typed when the login ended, if this is its writer."""
        kept = unsent.take(request, user=request.user) if isinstance(request.user, User) else None
        if kept is None:
            return super().get(request, *args, **kwargs)
        typed, had_files = kept
        messages.warning(request, STILL_UNSENT + (FILES_AGAIN if had_files else ""))
        # Read before POST is put in their place, or Django would read the empty body into both.
        request.FILES  # noqa: B018
        request.POST, request.method = typed, "POST"  # type: ignore[assignment]
        return self.render_to_response(self.get_context_data(form=self.get_form()))

    def refuse_early(self, form: Any) -> None:
        """Refuse (RuleBroken) what can be seen to fail by what the page has read anyway.

        Nothing is locked or written yet, so a crowd that comes too late does not stand in the way
        of those who can be helped. Most pages leave all refusals to their service.
        """

    def act(self, form: Any) -> HttpResponse:
        """Do what the form asks for; raises RuleBroken if a rule forbids it."""
        raise NotImplementedError

    def may_send(self) -> bool:
        """Take one of the turns of this visitor's address, if turns are limited here."""
        return self.most_per_hour is None or submissions.take_turn(
            purpose=type(self).__name__,
            address=address_of(self.request),
            most=self.most_per_hour,
            seconds=HOUR,
        )

    def form_valid(self, form: forms.Form) -> HttpResponse:
        if not self.may_send():
            form.add_error(None, TOO_MANY)
            response = self.form_invalid(form)
            response.status_code = 429
            response["Retry-After"] = str(HOUR)
            return response
        acted: list[str] = []

        def act() -> str:
            acted.append(self.act(form)["Location"])
            return acted[0]

        try:
            self.refuse_early(form)
            target = submissions.once(key=self.form_key, act=act)
        except RuleBroken as broken:
            field = broken.field if broken.field in form.fields else None
            form.add_error(field, broken.lines)
            return self.form_invalid(form)
        if not acted:
            messages.info(self.request, ALREADY_SENT)
        return redirect(target)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response
