"""Reads the portal's own public pages as a visitor without an account would, without a network."""

import sys
from dataclasses import dataclass
from email.message import Message
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit
from wsgiref.types import StartResponse, WSGIApplication

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.handlers.wsgi import WSGIHandler

# Named a bot, so that reading an edition for the copy does not count as a download.
NAME = "Portalkopie/1.0 (bot)"


@dataclass(frozen=True)
class Answer:
    """What the portal answers; `kind` is the type without parameters, `name` that of a download.

    `points_to` is where a redirect leads.
    """

    status: int
    kind: str
    name: str
    points_to: str
    content: bytes


def _stored(handed_over: str) -> bytes:
    """Return the file the portal named to nginx instead of sending it; there is no nginx here."""
    name = unquote(handed_over.removeprefix(settings.X_ACCEL_PREFIX))
    with default_storage.open(name) as file:
        content: bytes = file.read()
    return content


class Visitor:
    """Fetches pages from the portal itself; signed in nowhere, so it sees what everybody sees."""

    def __init__(self) -> None:
        self.base = urlsplit(settings.BASE_URL)
        self.portal: WSGIApplication = WSGIHandler()

    def fetch(self, address: str) -> Answer:
        """Return the answer to a GET of this path (with its query, without the host)."""
        told: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], *_: Any) -> Any:
            told["status"], told["headers"] = int(status[:3]), dict(headers)

        started: StartResponse = start
        parts = self.portal(self._environ(address), started)
        try:
            content = b"".join(parts)
        finally:
            getattr(parts, "close", lambda: None)()
        headers = {name.lower(): value for name, value in told["headers"].items()}
        if handed_over := headers.get("x-accel-redirect"):
            content = _stored(handed_over)
        message = Message()
        message["Content-Type"] = headers.get("content-type", "application/octet-stream")
        message["Content-Disposition"] = headers.get("content-disposition", "inline")
        return Answer(
            status=told["status"],
            kind=message.get_content_type(),
            name=message.get_filename() or "",
            points_to=headers.get("location", ""),
            content=content,
        )

    def _environ(self, address: str) -> dict[str, Any]:
        path, _, query = address.partition("?")
        scheme = self.base.scheme or "http"
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            # WSGI wants the bytes of the path as if they were Latin-1 (PEP 3333).
            "PATH_INFO": unquote(path).encode().decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": self.base.hostname or "localhost",
            "SERVER_PORT": str(self.base.port or (443 if scheme == "https" else 80)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": self.base.netloc,
            "HTTP_USER_AGENT": NAME,
            "HTTP_X_FORWARDED_PROTO": scheme,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": scheme,
            "wsgi.input": BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
