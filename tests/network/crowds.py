"""Many hands at the same moment, each with a connection of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.urls import reverse

from programme import tokens


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
