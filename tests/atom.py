"""Atom feeds as RFC 4287 wants them."""

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"


def missing(content: bytes) -> list[str]:
    """Return what a feed and its entries lack of id, title, updated and author."""
    root = etree.fromstring(content)
    found = [f"feed: {name}" for name in ("id", "title", "updated") if not _text(root, name)]
    is_authored = bool(_text(root, "author", "name"))
    for entry in root.iterfind(f"{ATOM}entry"):
        named = _text(entry, "title")
        found += [
            f"{named}: {name}" for name in ("id", "title", "updated") if not _text(entry, name)
        ]
        authors = [author.findtext(f"{ATOM}name") for author in entry.iterfind(f"{ATOM}author")]
        if not all(authors) or not (authors or is_authored):
            found.append(f"{named}: author")
    return found


def author(content: bytes) -> str:
    """Return the author of a whole feed, or ""."""
    return _text(etree.fromstring(content), "author", "name")


def _text(element: etree._Element, *names: str) -> str:
    return element.findtext("/".join(f"{ATOM}{name}" for name in names)) or ""
