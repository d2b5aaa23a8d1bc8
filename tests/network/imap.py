"""A small encrypted mailbox on this machine, with as much IMAP as a client needs to collect."""

import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class _Talk(socketserver.StreamRequestHandler):
    server: "FakeIMAP"

    def setup(self) -> None:
        self.request = self.server.context.wrap_socket(self.request, server_side=True)
        super().setup()

    def finish(self) -> None:
        super().finish()
        self.request.close()

    def _say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def handle(self) -> None:
        self._say(b"* OK ready")
        while line := self.rfile.readline():
            tag, _, rest = line.strip().partition(b" ")
            self.server.log.append(rest.decode())
            word = rest.upper()
            if word.startswith(b"LOGIN") and b"falsch" in rest:
                self._say(tag + b" NO wrong password")
                continue
            if word.startswith(b"SELECT") and b"Weg" in rest:
                self._say(tag + b" NO no such folder")
                continue
            self._answer(word, rest)
            self._say(tag + b" OK done")
            if word.startswith(b"LOGOUT"):
                return

    def _answer(self, word: bytes, rest: bytes) -> None:
        if word.startswith(b"CAPABILITY"):
            self._say(b"* CAPABILITY IMAP4rev1")
        elif word.startswith(b"SELECT"):
            self._say(b"* %d EXISTS" % len(self.server.mails))
        elif word.startswith(b"UID SEARCH"):
            numbers = [b"%d" % uid for uid in self.server.mails if uid not in self.server.seen]
            self._say(b" ".join([b"* SEARCH", *numbers]))
        elif word.startswith(b"UID FETCH"):
            for number in re.findall(rb"\d+", rest.split()[2]):
                self._fetch(int(number), b"BODY.PEEK[]" in word)
        elif word.startswith(b"UID STORE"):
            self.server.seen.add(int(rest.split()[2]))
        elif word.startswith(b"LOGOUT"):
            self._say(b"* BYE")

    def _fetch(self, uid: int, is_whole: bool) -> None:
        content = self.server.mails[uid]
        if is_whole:
            self.server.opened.append(uid)
            self._say(b"* %d FETCH (UID %d BODY[] {%d}" % (uid, uid, len(content)))
            self.wfile.write(content)
            self._say(b")")
            return
        kinds = [part.get_content_type().upper() for part in message_from_bytes(content).walk()]
        parts = "".join(f'("{a}" "{b}" NIL)' for a, b in (kind.split("/") for kind in kinds))
        size = self.server.sizes.get(uid, len(content))
        text = f"* {uid} FETCH (UID {uid} RFC822.SIZE {size} BODYSTRUCTURE ({parts}"
        self._say(text.encode() + b' ("NAME" {8}')  # a name that is sent apart
        self.wfile.write(b"Gr\xc3\xb6\xc3\x9fe" + b'"")))\r\n')


class FakeIMAP(socketserver.ThreadingTCPServer):
    """Holds mails by their number; `opened` and `seen` tell what a client did to them."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.mails: dict[int, bytes] = {}
        self.sizes: dict[int, int] = {}
        self.seen: set[int] = set()
        self.opened: list[int] = []
        self.log: list[str] = []
        self.certificate = folder / "certificate.pem"
        self.certificate.write_bytes(_self_signed())
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.certificate)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing about clients that do not trust the certificate and go away."""

    def url(self, *, password: str = "ge%23heim", folder: str = "INBOX") -> str:
        return f"imaps://team:{password}@localhost:{self.server_address[1]}/{folder}"


def _self_signed() -> bytes:
    """Return a key and a certificate for localhost in one text."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    day = timedelta(days=20_000)
    moment = datetime(2020, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(moment)
        .not_valid_after(moment + day)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)


@contextmanager
def running(folder: Path) -> Iterator[FakeIMAP]:
    """Run a mailbox for the time of a test."""
    with FakeIMAP(folder) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
