"""What expired is gone, not only unreadable."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection

from programme import clock
from programme.services import housekeeping

pytestmark = pytest.mark.django_db
TABLE = "cache_of_a_test"


def rows():
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {TABLE}")
        return cursor.fetchone()[0]


def test_hashes_of_visitors_are_deleted_when_they_expired(settings):
    backend = "django.core.cache.backends.db.DatabaseCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": TABLE}}
    call_command("createcachetable", verbosity=0)
    caches["default"].add("short", 1, timeout=30)
    caches["default"].add("long", 1, timeout=3600)

    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        deleted = housekeeping.forget_visitors.call()

    assert (deleted, rows()) == (1, 1)
    assert caches["default"].get("long") == 1


def test_a_cache_in_memory_has_nothing_to_delete():
    assert housekeeping.forget_visitors.call() == 0
