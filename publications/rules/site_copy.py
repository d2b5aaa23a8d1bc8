"""Where a public page lies in the static copy, and what of the portal stays out of it (B16)."""

import mimetypes
import posixpath
import re
from hashlib import sha256
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

# What needs a person, a link of their own or a server stays in the portal.
LEFT_OUT = (
    *("/intern/", "/konto/", "/einladung/", "/anmeldung/", "/bestellung/", "/benachrichtigung/"),
    *("/gesund/", "/oai/", "/netzwerk/kalender/", "/netzwerk/nachweis/", "/barriere-melden/"),
)
STRANGE = re.compile(r"[^\w.-]+")
SIMPLE = re.compile(r"\w+=\w+", re.ASCII)
LONGEST_QUERY = 60
HTML = "text/html"


def own_address(link: str, *, at: str, host: str) -> str | None:
    """Return the portal's own address (path and query) a link on page `at` leads to.

    None for another host or another scheme (mailto:, data:).
    """
    whole = urlsplit(urldefrag(urljoin(f"//{host}{at}", link.strip()))[0])
    if whole.netloc != host or whole.scheme not in {"", "http", "https"}:
        return None
    path = whole.path or "/"
    return f"{path}?{whole.query}" if whole.query else path


def is_left_out(address: str) -> bool:
    """Tell whether the copy has no place for this address of the portal."""
    return address.startswith(LEFT_OUT)


def place(address: str, kind: str, name: str = "") -> str:
    """Return the file in the copy for an address: readable, below the root, no two alike.

    A page ends in `.html`, everything else keeps its name; `name` is what a download calls
    itself. A query becomes part of the name.
    """
    path, _, query = address.partition("?")
    inside = posixpath.normpath(f"/{unquote(path)}").lstrip("/")
    is_folder = path.endswith("/") or not inside
    if is_folder:
        last = "index.html" if kind == HTML else posixpath.basename(name) or _nameless(kind)
        inside = posixpath.join(inside, last)
    elif kind == HTML and not inside.endswith(".html"):
        inside += ".html"
    if not query:
        return inside
    stem, ending = posixpath.splitext(inside)
    return f"{stem}-{_readable(query)}{ending}"


def _nameless(kind: str) -> str:
    return f"datei{mimetypes.guess_extension(kind) or ''}"


def _readable(query: str) -> str:
    """Write a query as part of a file name; all but the simplest are told apart by a checksum."""
    words = STRANGE.sub("-", unquote(query)).strip("-")
    if SIMPLE.fullmatch(query) and len(words) <= LONGEST_QUERY:
        return words
    return f"{words[:LONGEST_QUERY]}-{sha256(query.encode()).hexdigest()[:8]}"


def relative(link: str, *, at: str, to: str) -> str:
    """Return the link from file `at` to file `to`; the fragment of the old link stays."""
    way = posixpath.relpath(to, posixpath.dirname(at) or ".")
    fragment = urlsplit(link).fragment
    return quote(way) + (f"#{fragment}" if fragment else "")
