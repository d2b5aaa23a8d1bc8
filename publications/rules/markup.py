"""What a finished page says to somebody who cannot see it: headings, pictures, tables, links."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

SAYS_NOTHING = frozenset({"hier", "klick", "klicken sie hier", "link", "mehr", "weiter", "dort"})


@dataclass
class Link:
    """Where a link leads and the words it is made of."""

    href: str
    text: str = ""


@dataclass
class Outline:
    """Everything the checks need of one piece of HTML, in order."""

    headings: list[int] = field(default_factory=list)
    unnamed_pictures: int = 0
    bare_tables: int = 0
    empty_heads: int = 0
    links: list[Link] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.outline = Outline()
        self._link: Link | None = None
        self._head: list[str] | None = None
        self._heads = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if name := given.get("id"):
            self.outline.ids.add(name)
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.outline.headings.append(int(tag[1]))
        elif tag == "img":
            self.outline.unnamed_pictures += not (given.get("alt") or "").strip()
        elif tag == "table":
            self._heads = 0
        elif tag == "th":
            self._head = []
            self._heads += 1
        elif tag == "a" and given.get("href"):
            self._link = Link(given["href"] or "")

    def handle_data(self, data: str) -> None:
        if self._link is not None:
            self._link.text += data
        if self._head is not None:
            self._head.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._link is not None:
            self.outline.links.append(self._link)
            self._link = None
        elif tag == "th" and self._head is not None:
            self.outline.empty_heads += not "".join(self._head).strip()
            self._head = None
        elif tag == "table":
            self.outline.bare_tables += not self._heads


def outline(html: str) -> Outline:
    """Read one piece of HTML."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.outline


def says_nothing(text: str) -> bool:
    """Say whether the words of a link do not tell where it leads."""
    told = " ".join(text.split()).casefold().rstrip(".…")
    return not told or told in SAYS_NOTHING
