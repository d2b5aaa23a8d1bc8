"""The yardstick: Django with one view and nothing else."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY="only-for-the-yardstick",  # noqa: S106  guards nothing
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
)


def hello(request: HttpRequest) -> HttpResponse:
    """Answer as little as a view can."""
    return HttpResponse("Hallo")


urlpatterns = [path("", hello)]
application = get_wsgi_application()
