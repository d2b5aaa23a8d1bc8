"""The chapters of an edition as HTML with anchors, and what its lists point to.

Page, PDF and EPUB take the same HTML, so that an anchor means the same place in each of them. The
same snapshot gives the same anchors: they are made from the words, in order.
"""

import re
from dataclasses import dataclass, field
from html import unescape

from django.template.loader import render_to_string
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from network.rules.names import folded
from publications.exports.reading import Item, Reading, Section
from publications.exports.tables import DataTable

LONGEST_ANCHOR = 60
IDS = re.compile(r'\sid="([^"]+)"')
PLACES = re.compile(
    r"<h(?P<level>[34])(?P<more>[^>]*)>(?P<title>.*?)</h(?P=level)>"
    r'|<li>(?=\s*<strong>(?P<measure>[^<]*)</strong>\s*<span class="report-site__meta">)',
    re.DOTALL,
)
FIGURE = re.compile(r'<figure[^>]*\sid="([^"]+)"[^>]*>.*?<figcaption>(.*?)</figcaption>', re.DOTALL)
TABLE = re.compile(
    r'<div class="report-table[^>]*\sid="([^"]+)"[^>]*>\s*<table>\s*<caption>(.*?)</caption>',
    re.DOTALL,
)
BESIDE = re.compile(r'<span class="quiet">.*?</span>', re.DOTALL)  # no part of a title
END_OF_TABLE = re.compile(r"</table>\s*</div>")


@dataclass(frozen=True)
class Heading:
    """A heading below a chapter, level 3 or 4."""

    level: int
    anchor: str
    title: str


@dataclass(frozen=True)
class Listed:
    """An entry of the list of figures or tables: "Abbildung 2" and its title."""

    anchor: str
    label: str
    title: str


@dataclass(frozen=True)
class MeasureEntry:
    """A measure in the index of measures, and the site it belongs to."""

    anchor: str
    title: str
    site: str


@dataclass(frozen=True)
class RenderedChapter:
    """A chapter with its finished HTML and the headings in it."""

    number: int
    anchor: str
    title: str
    html: SafeString
    headings: tuple[Heading, ...]

    @property
    def main_headings(self) -> tuple[Heading, ...]:
        return tuple(heading for heading in self.headings if heading.level == 3)


@dataclass(frozen=True)
class Body:
    """All chapters and what the lists of the edition point to."""

    chapters: tuple[RenderedChapter, ...]
    figures: tuple[Listed, ...]
    tables: tuple[Listed, ...]
    measures: tuple[MeasureEntry, ...]

    def section(self, anchor: str) -> tuple[RenderedChapter, Heading] | None:
        """Return the heading with this anchor and the chapter it stands in, or None."""
        found = (
            (chapter, heading)
            for chapter in self.chapters
            for heading in chapter.headings
            if heading.anchor == anchor
        )
        return next(found, None)


@dataclass
class _Anchors:
    """Gives each place an anchor of its own and notes what it found on the way."""

    taken: set[str]
    headings: list[Heading] = field(default_factory=list)
    measures: list[MeasureEntry] = field(default_factory=list)
    site: str = ""

    def place(self, found: re.Match[str]) -> str:
        """Return the tag with its anchor."""
        if found["measure"] is not None:
            title = _words(found["measure"])
            anchor = self.free(f"massnahme {self.site} {title}")
            if all((row.title, row.site) != (title, self.site) for row in self.measures):
                self.measures.append(MeasureEntry(anchor, title, self.site))
            return f'<li id="{anchor}">'
        level, title = int(found["level"]), _words(found["title"])
        given = IDS.search(found["more"])
        anchor = given[1] if given else self.free(title)
        if level == 3:
            self.site = title
        self.headings.append(Heading(level, anchor, title))
        more = found["more"] if given else f'{found["more"]} id="{anchor}"'
        return f"<h{level}{more}>{found['title']}</h{level}>"

    def free(self, words: str) -> str:
        """Return an anchor made of these words that nothing else has."""
        stem = slugify(folded(words))[:LONGEST_ANCHOR].strip("-") or "abschnitt"
        anchor, turn = stem, 2
        while anchor in self.taken:
            anchor, turn = f"{stem}-{turn}", turn + 1
        self.taken.add(anchor)
        return anchor


def rendered(report: Reading, *, tables_at: str = "") -> Body:
    """Write the chapters as HTML; with `tables_at` each table links to its CSV below there."""
    written = [
        [_written(item, report, tables_at) for item in section.items] for section in report.sections
    ]
    taken = {section.anchor for section in report.sections}
    taken |= {name for parts in written for part in parts for name in IDS.findall(part)}
    anchors = _Anchors(taken)
    chapters = tuple(
        _chapter(section, "".join(parts), anchors)
        for section, parts in zip(report.sections, written, strict=True)
    )
    whole = "".join(chapter.html for chapter in chapters)
    return Body(
        chapters=chapters,
        figures=tuple(_listed(*found) for found in FIGURE.findall(whole)),
        tables=tuple(_listed(*found) for found in TABLE.findall(whole)),
        measures=tuple(sorted(anchors.measures, key=lambda entry: folded(entry.title))),
    )


def _chapter(section: Section, html: str, anchors: _Anchors) -> RenderedChapter:
    before = len(anchors.headings)
    anchors.site = ""
    placed = PLACES.sub(anchors.place, html)
    return RenderedChapter(
        number=section.number,
        anchor=section.anchor,
        title=section.title,
        html=mark_safe(placed),  # noqa: S308  written by our own templates
        headings=tuple(anchors.headings[before:]),
    )


def _written(item: Item, report: Reading, tables_at: str) -> str:
    html: str = render_to_string(item.template, {"item": item, "report": report})
    if tables_at and item.sheet:
        link = _csv_link(item.sheet, tables_at)
        html = END_OF_TABLE.sub(lambda found: found[0] + link, html, count=1)
    return html


def _csv_link(table: DataTable, tables_at: str) -> str:
    return format_html(
        '<p class="report-data"><a href="{}{}.csv" download>Tabelle {} als CSV</a></p>',
        tables_at,
        table.key,
        table.number,
    )


def _listed(anchor: str, caption: str) -> Listed:
    label, _, title = _words(BESIDE.sub("", caption)).partition(": ")
    return Listed(anchor, label, title)


def _words(html: str) -> str:
    return " ".join(unescape(strip_tags(html)).split())
