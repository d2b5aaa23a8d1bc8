"""Many hands at the same moment, each with a connection of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from network.models.meeting import MeetingQuerySet
from programme import audit, tokens


def at_once(calls: Sequence[Callable[[], object]]) -> list[object]:
    """Make all calls at the same moment, each in its own thread, and return what they gave."""
    gate = Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        try:
            gate.wait(timeout=30)
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(calls)) as crowd:
        return list(crowd.map(run, calls))


def link(invitation) -> str:
    return reverse("network:invitation", args=[tokens.token("invitation", invitation.token_seed)])


def post(address: str, name: str, key: str = "", **more: str) -> Callable[[], tuple[int, str]]:
    """Return a call that sends the answer form and gives status and address of the result."""
    form = {"name_1": name, "email_1": f"{name}@example.org", "form_key": key or str(uuid4())}

    def send() -> tuple[int, str]:
        response = Client().post(address, {**form, **more})
        return response.status_code, response.get("Location", "")

    return send


def switch_lock_off(put: Callable[[object, str, object], None]) -> None:
    """Take away what keeps two forms from the same seat; `put` is setattr, or monkeypatch's.

    On PostgreSQL that is the lock on the row of the meeting. On SQLite it is the transaction:
    IMMEDIATE lets one writer in at a time. A deferred one would not do for a test build, because
    SQLite never lets a transaction write that has read an older state: it answers "database is
    locked" and no seat is given twice. So each statement stands alone there.
    """
    if connection.vendor == "postgresql":
        put(MeetingQuerySet, "locked", lambda rows, pk: rows.select_related("programme").get(pk=pk))
        return
    put(transaction.Atomic, "__enter__", lambda atomic: None)
    put(transaction.Atomic, "__exit__", lambda atomic, *error: None)
    # The chain of the logbook needs the same transaction; two entries of one number would end
    # the forms before they take the seat.
    put(audit, "_link", lambda entry, head: None)
