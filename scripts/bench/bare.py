"""The yardstick: Django with a view for a word, for a page and for a file, and nothing else."""

import os
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY="only-for-the-yardstick",  # noqa: S106  guards nothing
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
)


def hello(request: HttpRequest) -> HttpResponse:
    """Answer as little as a view can."""
    return HttpResponse("Hallo")


@cache
def kept() -> bytes:
    """Return the page once it was read."""
    return Path(os.environ["BARE_PAGE"]).read_bytes()


def page(request: HttpRequest) -> HttpResponse:
    """Answer with a page that lies ready."""
    return HttpResponse(kept())


def file(request: HttpRequest) -> FileResponse:
    """Answer with a file as Django sends one."""
    return FileResponse(Path(os.environ["BARE_FILE"]).open("rb"))


def handed(request: HttpRequest) -> HttpResponse:
    """Name the file to nginx, which sends it."""
    told = {"X-Accel-Redirect": os.environ["BARE_STORED"], "Content-Length": "0"}
    return HttpResponse(content_type="application/pdf", headers=told)


urlpatterns = [path("", hello), path("page", page), path("file", file), path("handed", handed)]
application = get_wsgi_application()
