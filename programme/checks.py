"""What the portal refuses to start with."""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SHORTEST_KEY = 50


def problems() -> Iterator[str]:
    """Yield what is wrong with the settings, one German sentence each."""
    if apps.is_installed("django.contrib.sites"):
        yield "django.contrib.sites ist installiert; seinen Namen trägt die eigene App „sites“."
    if not settings.IS_SERVER:
        return
    if settings.DEBUG:
        yield "DEBUG ist eingeschaltet."
    key = settings.SECRET_KEY
    if len(key) < SHORTEST_KEY or len(set(key)) < 5 or "never-for-a-server" in key:
        yield f"SECRET_KEY muss geheim, zufällig und mindestens {SHORTEST_KEY} Zeichen lang sein."
    if not settings.ALLOWED_HOSTS or any("*" in host for host in settings.ALLOWED_HOSTS):
        yield "ALLOWED_HOSTS muss die Namen des Portals nennen, ohne „*“."
    if not settings.BASE_URL.startswith("https://"):
        yield "BASE_URL muss mit https:// beginnen."


def refuse_half_configured() -> None:
    """Stop every process, web, worker and command alike, if a setting is dangerous."""
    if found := list(problems()):
        raise ImproperlyConfigured("Das Portal startet nicht: " + " ".join(found))
