"""Many visitors who send their forms to the real server at the same moment."""

import http.client
import re
import selectors
import socket
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from urllib.parse import urlencode
from uuid import uuid4

EXPECTED = {302, 422}
PATIENCE_SECONDS = 120
OPENED_BEFORE = 20


@dataclass
class Answers:
    """What the server answered: status codes, seconds, addresses of the results."""

    statuses: Counter = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    results: list[str] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """Count everything that is neither a result nor a friendly refusal."""
        return sum(count for status, count in self.statuses.items() if status not in EXPECTED)

    @property
    def text(self) -> str:
        """Say how fast it was and what came back."""
        ranked = sorted(self.seconds)
        p95 = ranked[int(len(ranked) * 0.95)]
        return (
            f"answers {dict(self.statuses)}, failed {self.failed}, p95 {p95:.1f} s, "
            f"slowest {ranked[-1]:.1f} s"
        )

    def take(self, raw: bytes, seconds: float) -> None:
        """Count an answer that was read to its end; one that was cut off is a failure."""
        head, _, body = raw.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        said = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        whole = int(said.get("content-length", "-1")) == len(body)
        self.statuses[int(lines[0].split()[1]) if whole else "cut off"] += 1
        self.results.append(said.get("location", ""))
        self.seconds.append(seconds)


@dataclass
class Visitor:
    """One connection with one form, and what has come back so far."""

    form: bytes
    answer: bytearray = field(default_factory=bytearray)


def csrf_token(port: int, link: str) -> str:
    """Open a page with a form as a browser does and return its CSRF token."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", link)
    answer = connection.getresponse()
    page = answer.read().decode()
    cookie = re.search(r"csrftoken=([^;]+)", answer.getheader("Set-Cookie") or "")
    if not cookie or "form_key" not in page:
        raise RuntimeError(f"no form behind {link}: {answer.status}")
    return cookie.group(1)


def written(port: int, token: str, link: str, fields: dict[str, str], address: str = "") -> bytes:
    """Return a form as a browser sends it, ready before the clock starts.

    With an `address` as a proxy hands it on that says who sent it.
    """
    forwarded = f"X-Forwarded-For: {address}\r\n" if address else ""
    body = urlencode({"form_key": str(uuid4()), "csrfmiddlewaretoken": token} | fields)
    head = (
        f"POST {link} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Origin: http://127.0.0.1:{port}\r\nCookie: csrftoken={token}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n"
        f"{forwarded}Content-Length: {len(body)}\r\n\r\n"
    )
    return f"{head}{body}".encode("ascii")


def send_all(
    port: int,
    forms: list[tuple[str, dict[str, str]]],
    *,
    also: tuple = (),
    addresses: Sequence[str] = (),
) -> Answers:
    """Send every form at the same moment, each on a connection of its own, and read every answer.

    One thread holds all connections, so that the visitors take little of the cores they share
    with the server. The clock of all of them starts before the first connects. `also` runs along.
    """
    # Who sends a form has opened it before: both processes have drawn the page when it begins.
    token = [csrf_token(port, link) for link, _ in forms[:OPENED_BEFORE]][-1]
    senders = zip_longest(forms, addresses, fillvalue="")
    visitors = [Visitor(written(port, token, *form, address)) for form, address in senders]
    others = [threading.Thread(target=other) for other in also]
    answers = Answers()
    started = time.perf_counter()
    for other in others:
        other.start()
    with selectors.DefaultSelector() as open_connections:
        for visitor in visitors:
            connection = socket.socket()
            connection.settimeout(0)
            connection.connect_ex(("127.0.0.1", port))
            open_connections.register(connection, selectors.EVENT_WRITE, visitor)
        _talk(open_connections, answers, started)
    for other in others:
        other.join()
    return answers


def _talk(open_connections: selectors.BaseSelector, answers: Answers, started: float) -> None:
    """Write each form as soon as its connection takes it and read until the server ends it."""
    while open_connections.get_map():
        if time.perf_counter() - started > PATIENCE_SECONDS:
            answers.statuses["no answer"] += len(open_connections.get_map())
            return
        for key, event in open_connections.select(1):
            try:
                done = _step(open_connections, key, event)
            except OSError as error:
                answers.statuses[type(error).__name__] += 1
                answers.seconds.append(time.perf_counter() - started)
                _close(open_connections, key.fileobj)
                continue
            if done:
                answers.take(bytes(key.data.answer), time.perf_counter() - started)
                _close(open_connections, key.fileobj)


def _step(open_connections: selectors.BaseSelector, key, event: int) -> bool:
    """Go one step with one visitor; say whether the whole answer is there."""
    visitor = key.data
    if event & selectors.EVENT_WRITE:
        visitor.form = visitor.form[key.fileobj.send(visitor.form) :]
        if not visitor.form:
            open_connections.modify(key.fileobj, selectors.EVENT_READ, visitor)
        return False
    part = key.fileobj.recv(65536)
    visitor.answer += part
    return not part


def _close(open_connections: selectors.BaseSelector, connection) -> None:
    open_connections.unregister(connection)
    connection.close()


def one_person(name: object, **more: str) -> dict[str, str]:
    """Return the fields of the answer page for one invented person."""
    return {"name_1": f"Person Müller {name}", "email_1": f"person{name}@example.org"} | more


def current_programme(*, count_from: int):
    """Return the programme the factories work for; they count on where another script ended."""
    from programme.models import Programme
    from tests.factories import network
    from tests.factories import programme as ground

    for factory in (
        network.OrganisationFactory,
        network.MeetingFactory,
        network.RegistrationFactory,
        network.WorkshopFactory,
        ground.ProgrammeFactory,
        ground.UserFactory,
    ):
        factory.reset_sequence(count_from)
    return Programme.objects.filter(is_current=True).first() or ground.ProgrammeFactory.create(
        is_current=True
    )
