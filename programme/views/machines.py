"""Answers for machines: health, robots, where to report a weakness."""

from dataclasses import asdict
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse

from programme import clock, outbox, permissions
from programme.models import Programme
from programme.pages import Guarded
from programme.queries.health import health

SECURITY_TEXT_VALID_FOR = timedelta(days=180)


class MachineAnswer(Guarded):
    """An answer without a page: read only."""

    guard = permissions.everybody
    http_method_names = ["get", "head", "options"]


class Health(MachineAnswer):
    guard = permissions.everybody

    def get(self, request: HttpRequest) -> HttpResponse:
        found = health()
        status = "ok" if found.is_well else "fault"
        if found.is_well and (found.undelivered_mails or not found.logbook_is_whole):
            status = "warning"
        body = {"status": status, **asdict(found)}
        response = JsonResponse(body, status=200 if found.is_well else 503)
        response["Cache-Control"] = "no-store"
        return response


class Robots(MachineAnswer):
    guard = permissions.everybody

    def get(self, request: HttpRequest) -> HttpResponse:
        # Pages behind a token say "noindex" themselves; naming them here would only point at them.
        closed = (reverse("dashboard:start"), reverse("account_login").removesuffix("login/"))
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
        lines += ["", f"Sitemap: {outbox.absolute_url(reverse('dashboard:sitemap'))}"]
        return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


class Favicon(MachineAnswer):
    """Sends browsers that ask for /favicon.ico without reading the page to the file."""

    guard = permissions.everybody

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect(static("img/favicon.ico"))


class SecurityContact(MachineAnswer):
    guard = permissions.everybody

    def get(self, request: HttpRequest) -> HttpResponse:
        expires = (clock.now() + SECURITY_TEXT_VALID_FOR).replace(microsecond=0)
        lines = [
            f"Contact: mailto:{Programme.objects.current().contact_email}",
            f"Expires: {expires.isoformat()}",
            "Preferred-Languages: de, en",
            f"Canonical: {outbox.absolute_url(request.path)}",
        ]
        return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
