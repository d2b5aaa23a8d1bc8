"""The manuscript taken apart for the preflight: every block that would be printed, as HTML."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse

from publications.exports import passages
from publications.exports.reading import Item, reading
from publications.models import Block, Chapter, Erratum, Publication
from publications.rules import markup
from publications.rules.findings import Finding
from publications.rules.markup import Outline

CHAPTER_LEVEL = 2
MEND = {"text": "Text bearbeiten", "picture": "Bild beschreiben"}


@dataclass(frozen=True)
class Part:
    """One block of the manuscript as it would be printed."""

    chapter: Chapter
    block: Block
    item: Item
    html: str

    @cached_property
    def outline(self) -> Outline:
        """Headings, links, tables and pictures of the block."""
        return markup.outline(self.html)

    @cached_property
    def words(self) -> str:
        """What people read, with single spaces."""
        return passages.text_of(self.html)


@dataclass(frozen=True)
class Inspection:
    """A manuscript, its snapshot of this moment, and its parts."""

    publication: Publication
    frozen: dict[str, Any]
    parts: tuple[Part, ...]

    @cached_property
    def anchors(self) -> set[str]:
        """Return everything a link within the report can lead to."""
        known = {chapter["anchor"] for chapter in self.frozen["chapters"]}
        return known.union(*(part.outline.ids for part in self.parts))

    def page(self, name: str, *more: Any) -> str:
        """Return the address of a page of this publication."""
        return reverse(f"publications:{name}", args=[self.publication.slug, *more])

    def at(self, part: Part, text: str, *, is_blocker: bool = True) -> Finding:
        """Return a finding with the way to where it is mended."""
        block = part.block
        page = {"text": "edit_block", "picture": "describe_picture"}.get(block.kind)
        if page:
            url, link = self.page(page, block.pk), MEND[block.kind]
        else:
            url, link = f"{self.page('manuscript')}#baustein-{block.pk}", "Zum Baustein"
        where = f"{part.chapter.title}: {block.get_kind_display()}"
        return Finding(text, where=where, url=url, link=link, is_blocker=is_blocker)


def inspect(
    publication: Publication, *, chapters: list[Chapter], frozen: dict[str, Any]
) -> Inspection:
    """Take a manuscript apart; `frozen` is the snapshot made of these chapters."""
    items = [item for section in reading(frozen).sections for item in section.items]
    blocks = [(row, block) for row in chapters for block in row.blocks.all() if block.is_included]
    parts = [
        Part(chapter, block, item, _html(item))
        for (chapter, block), item in zip(blocks, items, strict=True)
    ]
    return Inspection(publication, frozen, tuple(parts))


def _html(item: Item) -> str:
    return render_to_string(item.template, {"item": replace(item, sheets=()), "report": None})


def uncorrected(seen: Inspection, errata: Iterable[Erratum]) -> Iterator[Finding]:
    """Known mistakes of earlier editions (B9) that the next one would print again."""
    for row in errata:
        parts = [part for part in seen.parts if part.chapter.anchor == row.anchor]
        hit = next((part for part in parts if row.passage in part.words), None)
        if hit is not None and not any(row.correction in part.words for part in parts):
            yield seen.at(
                hit,
                f"{row}: „{row.passage}“ steht noch da. Richtig ist „{row.correction}“. Bitte "
                "ändern Sie den Text oder die Angabe, aus der er kommt.",
            )


def pictures(seen: Inspection) -> Iterator[Finding]:
    """Pictures without words in texts of the sites or the portal."""
    for part in seen.parts:
        if part.block.picture is None and part.outline.unnamed_pictures:
            yield seen.at(part, "Ein Bild hat keinen Alternativtext.")


def headings(seen: Inspection) -> Iterator[Finding]:
    """Headings that skip a level: who listens loses the thread."""
    level, chapter = CHAPTER_LEVEL, None
    for part in seen.parts:
        if part.chapter != chapter:
            level, chapter = CHAPTER_LEVEL, part.chapter
        found = part.outline.headings
        before = [level, *found]
        for above, own in zip(before, found, strict=False):
            if own - above > 1 or own <= CHAPTER_LEVEL:
                yield seen.at(
                    part, f"Auf eine Überschrift der Ebene {above} folgt eine der Ebene {own}."
                )
        level = before[-1]


def tables(seen: Inspection) -> Iterator[Finding]:
    """Tables whose cells belong to no head."""
    for part in seen.parts:
        if part.outline.bare_tables:
            yield seen.at(part, "Eine Tabelle hat keine Kopfzellen.")
        if part.outline.empty_heads:
            yield seen.at(part, "Eine Kopfzelle einer Tabelle ist leer. Bitte benennen Sie sie.")


def links(seen: Inspection) -> Iterator[Finding]:
    """Links that lead nowhere, or whose words do not tell where."""
    for part in seen.parts:
        for link in part.outline.links:
            if problem := _broken(link.href, seen.anchors):
                yield seen.at(part, problem)
            elif markup.says_nothing(link.text):
                told = link.text.strip() or link.href
                yield seen.at(
                    part, f"Der Linktext „{told}“ sagt nicht, wohin er führt.", is_blocker=False
                )
            elif link.href.startswith("http://"):
                yield seen.at(
                    part, f"Der Link {link.href} ist unverschlüsselt (http).", is_blocker=False
                )


def _broken(href: str, anchors: set[str]) -> str:
    if href.startswith("#"):
        return "" if href[1:] in anchors else f"Die Sprungmarke {href} gibt es im Bericht nicht."
    if href.startswith("/") and not href.startswith("//"):
        return _missing_page(href)
    parts = urlsplit(href)
    if parts.scheme in {"mailto", "tel"}:
        return "" if parts.path.strip() else f"Der Link {href} hat kein Ziel."
    if parts.scheme in {"http", "https"} and "." in (parts.hostname or "").strip("."):
        return ""
    return f"Der Link {href} ist keine vollständige Adresse."


def _missing_page(href: str) -> str:
    try:
        resolve(urlsplit(href).path)
    except Resolver404:
        return f"Die Seite {href} gibt es im Portal nicht."
    return ""
