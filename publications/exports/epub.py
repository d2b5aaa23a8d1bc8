"""A snapshot as EPUB 3: pages with anchors, navigation, accessibility metadata; fixed bytes."""

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from lxml import etree

from programme.errors import RuleBroken
from programme.storing import picture
from publications.exports.data_files import zipped
from publications.exports.links import whole_address
from publications.exports.reading import PRESS_PICTURES, Reading
from publications.exports.rendering import Listed, RenderedChapter, rendered

XHTML = "http://www.w3.org/1999/xhtml"
SVG = "http://www.w3.org/2000/svg"
VOID = re.compile(r"<(br|hr|img|col)\b([^>]*?)\s*/?>")
PICTURE_TYPES = {"png": "image/png", "jpg": "image/jpeg"}
FOLDER = "EPUB/"
TITLE_WIDTH, TITLE_TOP, TITLE_STEP = 18, 610, 62
MOST_LINES = 3


@dataclass(frozen=True)
class TitleLine:
    """A line of the title on the cover and how far down it stands."""

    text: str
    y: int


@dataclass(frozen=True)
class BookPage:
    """A file of the book: one chapter as well-formed XHTML."""

    name: str
    chapter: RenderedChapter
    content: SafeString
    has_drawing: bool


@dataclass(frozen=True)
class BookPicture:
    """A picture of the book: its file and what it is."""

    path: str
    content_type: str
    content: bytes


def epub_of(report: Reading, *, identifier: str) -> bytes:
    """Write the book; the bytes depend on the two arguments and the host of the portal only.

    `identifier` is the checksum of the data; the identity of the book follows from it.
    """
    body = rendered(report)
    parsed = {f"kapitel-{chapter.number}": _tree(chapter) for chapter in body.chapters}
    homes = {anchor: name for name, tree in parsed.items() for anchor in tree.xpath("//@id")} | {
        chapter.anchor: f"kapitel-{chapter.number}" for chapter in body.chapters
    }
    pictures = _pictures(parsed.values())
    pages = [
        _page(name, chapter, tree, homes)
        for chapter, (name, tree) in zip(body.chapters, parsed.items(), strict=True)
    ]
    told: dict[str, Any] = {
        "report": report,
        "pages": pages,
        "pictures": pictures,
        "identifier": uuid5(NAMESPACE_URL, identifier),
        "modified": report.frozen_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "figures": _linked(body.figures, homes),
        "tables": _linked(body.tables, homes),
        "years": f"{report.starts_on:%Y}–{report.ends_on:%Y}",
        "title_lines": _title_lines(report.title),
    }
    return _packed(told, pages)


def _packed(told: dict[str, Any], pages: list[BookPage]) -> bytes:
    members = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": _file("epub/container.xml", told),
        f"{FOLDER}package.opf": _file("epub/package.opf", told),
        f"{FOLDER}nav.xhtml": _file("epub/nav.xhtml", told),
        f"{FOLDER}titel.xhtml": _file("epub/title.xhtml", told),
        f"{FOLDER}titelbild.svg": _file("epub/cover.svg", told),
        f"{FOLDER}stil.css": Path(str(finders.find("print/epub.css"))).read_bytes(),
    }
    for page in pages:
        shown = {"chapter": page.chapter, "content": page.content}
        members[f"{FOLDER}{page.name}.xhtml"] = _file("epub/chapter.xhtml", shown)
    members |= {f"{FOLDER}{found.path}": found.content for found in told["pictures"]}
    return zipped(members, stored=("mimetype",))


def _file(template: str, told: dict[str, Any]) -> bytes:
    return render_to_string(template, told).strip().encode()


def _tree(chapter: RenderedChapter) -> Any:
    """Read the HTML of a chapter as XML; refuses what is not well formed, nothing is guessed."""
    html = VOID.sub(r"<\1\2/>", chapter.html).replace("&nbsp;", "\u00a0")
    try:
        return etree.fromstring(f'<div xmlns="{XHTML}">{html}</div>')
    except etree.XMLSyntaxError as broken:
        raise RuleBroken(
            f"Das Kapitel „{chapter.title}“ lässt sich nicht als EPUB setzen."
        ) from broken


def _pictures(trees: Iterable[Any]) -> list[BookPicture]:
    """Point every picture to its file in the book and return the files, each once."""
    found: dict[str, BookPicture] = {}
    for tree in trees:
        for image in tree.iter(f"{{{XHTML}}}img"):
            name = image.get("src").removeprefix(PRESS_PICTURES)
            path = f"bilder/{name}"
            image.set("src", path)
            try:
                kind = PICTURE_TYPES[name.rpartition(".")[2]]
                found[name] = BookPicture(path, kind, picture(name))
            except (KeyError, FileNotFoundError) as gone:
                raise RuleBroken("Ein Bild der Ausgabe fehlt im Speicher.") from gone
    return [found[name] for name in sorted(found)]


def _page(name: str, chapter: RenderedChapter, tree: Any, homes: dict[str, str]) -> BookPage:
    for link in tree.iter(f"{{{XHTML}}}a"):
        href = link.get("href", "")
        home = homes.get(href[1:]) if href.startswith("#") else None
        if home and home != name:
            link.set("href", f"{home}.xhtml{href}")
        elif href:
            link.set("href", whole_address(href))
    content = "".join(etree.tostring(part, encoding="unicode") for part in tree)
    has_drawing = next(tree.iter(f"{{{SVG}}}svg"), None) is not None
    return BookPage(name, chapter, mark_safe(content), has_drawing)  # noqa: S308  our own templates


def _linked(entries: tuple[Listed, ...], homes: dict[str, str]) -> list[tuple[str, Listed]]:
    return [(f"{homes[entry.anchor]}.xhtml#{entry.anchor}", entry) for entry in entries]


def _title_lines(title: str) -> list[TitleLine]:
    lines = textwrap.wrap(title, TITLE_WIDTH)[:MOST_LINES]
    return [TitleLine(line, TITLE_TOP + TITLE_STEP * place) for place, line in enumerate(lines)]
