"""What every test can use: the programme, people by role, signed-in clients, no network."""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from programme import triggers
from programme.enums import Role
from programme.models import Programme, User
from tests.factories.programme import ProgrammeFactory, UserFactory

# Playwright runs an event loop in this thread; Django would refuse its database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
DATABASE = {"db", "transactional_db"}
LOCAL = {"127.0.0.1", "::1", "localhost"}
BROWSER_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-dev-shm-usage "
    "--disable-background-networking --disable-component-update --disable-sync"
)


def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Mark the tests that drive a browser and those without a database: each runs once.

    A test elsewhere with a parameter called `page` would be taken for a journey: run among
    them, beside their server, and left out on PostgreSQL. So it is refused.
    """
    for item in items:
        if {"page", "browser", "context"} & set(item.fixturenames):
            if "journeys" not in item.path.parts:
                raise pytest.UsageError(f"{item.nodeid}: call this parameter something else")
            item.add_marker("browser")
        elif not DATABASE & set(item.fixturenames) and not item.get_closest_marker("django_db"):
            item.add_marker("no_database")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the Chromium of the system instead of downloading one."""
    found = [shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")]
    if not any(found):
        pytest.skip("no Chromium on this machine: scripts/bootstrap.sh browser")
    path = next(name for name in found if name)
    return {**browser_type_launch_args, "executable_path": path, "args": BROWSER_FLAGS.split()}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test fail that wants to talk to another machine."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOCAL:
            raise AssertionError(f"a test wanted to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here)


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """Let no test use up the turns of another; the cache outlives the rollback."""
    cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Let SQLite be asked once whether it knows JSON, so that no test counts that question."""
    with django_db_blocker.unblock():
        assert connection.features.supports_json_field


@pytest.fixture(scope="session", autouse=True)
def emptied_between_tests() -> Iterator[None]:
    """Let the tables be emptied after a test that commits, though the log refuses that.

    Django sets the triggers up again as after a migration.
    """
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def flush_without_triggers(self: Any, statements: list[str]) -> None:
        flush(self, [*triggers.removal(connection), *statements])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", flush_without_triggers)
        yield


@pytest.fixture
def programme(db: None) -> Programme:
    """The current programme."""
    return ProgrammeFactory.create(is_current=True)


@pytest.fixture
def signed_in(db: None) -> Callable[..., Client]:
    """Return a client signed in as a person with these roles, or as the person given."""

    def sign_in(*roles: Role, user: User | None = None) -> Client:
        client = Client()
        client.force_login(user or UserFactory.create(roles=roles))
        return client

    return sign_in
