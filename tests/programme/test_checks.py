import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from programme import checks

GOOD = {
    "IS_SERVER": True,
    "DEBUG": False,
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "ALLOWED_HOSTS": ["portal.example.org"],
    "BASE_URL": "https://portal.example.org",
}


@pytest.fixture
def server(settings):
    """Settings of a server that may start."""
    for name, value in GOOD.items():
        setattr(settings, name, value)
    return settings


def test_a_well_configured_server_starts(server):
    checks.refuse_half_configured()


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("DEBUG", True, "DEBUG"),
        ("SECRET_KEY", "kurz", "SECRET_KEY"),
        ("SECRET_KEY", "a" * 60, "SECRET_KEY"),
        ("SECRET_KEY", "only-for-a-newcomers-machine-never-for-a-server", "SECRET_KEY"),
        ("ALLOWED_HOSTS", ["*"], "ALLOWED_HOSTS"),
        ("ALLOWED_HOSTS", [], "ALLOWED_HOSTS"),
        ("BASE_URL", "http://portal.example.org", "BASE_URL"),
    ],
)
def test_a_dangerous_setting_stops_the_start(server, name, value, word):
    setattr(server, name, value)

    with pytest.raises(ImproperlyConfigured, match=word):
        checks.refuse_half_configured()


def test_the_sites_of_django_are_refused_everywhere(monkeypatch):
    monkeypatch.setattr(apps, "is_installed", lambda name: name == "django.contrib.sites")

    with pytest.raises(ImproperlyConfigured, match=r"django\.contrib\.sites"):
        checks.refuse_half_configured()
