"""A small mail server on this machine that can be told to misbehave."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class _Talk(socketserver.StreamRequestHandler):
    server: "FakeSMTP"

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.server.connections += 1
        if self.server.mode == "hang":
            self.server.released.wait(10)
            return
        self._say("220 test")
        while line := self.rfile.readline():
            word = line.decode().strip().upper()
            if word.startswith("QUIT"):
                self._say("221 bye")
                return
            if not self._answer(word, line.decode().strip()):
                return

    def _answer(self, word: str, line: str) -> bool:
        refusal = {"refuse": "550 no such user", "later": "451 come back"}
        if word.startswith("RCPT") and self.server.mode in refusal:
            self._say(refusal[self.server.mode])
        elif word.startswith("RCPT") and "unbekannt@" in line:
            self._say("550 no such user")
        elif word == "DATA":
            self._say("354 go on")
            body = self._body()
            if body is None:
                return False
            self.server.receive(body)
            if self.server.mode == "lostack":
                return False
            self._say("250 taken")
        else:
            self._say("250 ok")
        return True

    def _body(self) -> bytes | None:
        """Return the mail; None if its sender died before the last line, as of a real server."""
        lines: list[bytes] = []
        while line := self.rfile.readline():
            if line == b".\r\n":
                return b"".join(lines)
            lines.append(line[1:] if line.startswith(b"..") else line)
        return None


class FakeSMTP(socketserver.ThreadingTCPServer):
    """Modes: "" takes everything, "refuse" 550, "later" 451, "lostack" drops, "hang" is silent."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.mode = ""
        self.connections = 0
        self.released = threading.Event()
        self.received: list[EmailMessage] = []

    def receive(self, raw: bytes) -> None:
        message = message_from_bytes(raw, policy=policy.default)
        self.received.append(message)


@contextmanager
def running() -> Iterator[FakeSMTP]:
    """Run the server for one test."""
    with FakeSMTP() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.released.set()
            server.shutdown()
            thread.join()
