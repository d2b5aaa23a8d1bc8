"""The test suite: quick password hashes, files in a throw-away folder."""

import tempfile
from pathlib import Path

from programme.settings.base import *  # noqa: F403  a settings layer adds to the one below
from programme.settings.base import DATABASES

SECRET_KEY = "tests-only-never-for-a-server"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
BASE_URL = "https://portal.example.org"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
THROW_AWAY = tempfile.TemporaryDirectory(prefix="portal-tests-")  # gone with the process
MEDIA_ROOT = Path(THROW_AWAY.name) / "media"
STATIC_ROOT = Path(THROW_AWAY.name) / "static"
STATIC_ROOT.mkdir()  # WhiteNoise warns if it is missing
LOCAL_CACHE = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": LOCAL_CACHE},
    "drawings": {"BACKEND": LOCAL_CACHE, "LOCATION": "drawings"},
    "pages": {"BACKEND": LOCAL_CACHE, "LOCATION": "pages"},
}
PUBLIC_PAGE_SECONDS = 0  # a test sees what it changed
DOWNLOADS_COUNTED_EVERY_SECONDS = 0
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: tests with several threads and the browser need real connections.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(THROW_AWAY.name) / "portal.sqlite3")}
