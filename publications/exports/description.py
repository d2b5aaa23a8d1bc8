"""One description of an edition: every catalogue, citation and meta tag is written from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from network.exports.entries import one_line
from programme import clock
from programme.outbox import absolute_url
from publications.enums import DownloadFormat, Licence
from publications.models import Edition
from publications.queries.editions import Offer

LICENCE_ADDRESSES: dict[str, str] = {
    Licence.ATTRIBUTION: "https://www.govdata.de/dl-de/by-2-0",
    Licence.ZERO: "https://www.govdata.de/dl-de/zero-2-0",
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
}
KEYWORDS = ("Ausländerbehörde", "Integration", "Verwaltungsmodernisierung", "Hessen")


@dataclass(frozen=True)
class Part:
    """A chapter that can be cited on its own, or a section inside the chapter of this number."""

    number: int
    anchor: str
    title: str
    chapter: str = ""

    @property
    def place(self) -> str:
        """Say which part of the edition it is, the chapter of a section with its title."""
        chapter = f"Kapitel {self.number}"
        return f"Abschnitt in {chapter}, {self.chapter}" if self.chapter else chapter


@dataclass(frozen=True)
class Description:
    """What an edition is, who made it, when, where it can be read and what may be done with it."""

    slug: str
    number: int
    title: str
    subtitle: str
    summary: str
    publisher: str
    place: str
    dated: date
    published_at: datetime
    changed_at: datetime
    starts_on: date
    ends_on: date
    keywords: tuple[str, ...]
    licence: str
    isbn: str
    doi: str
    urn: str
    pdf_pages: int
    pdf_bytes: int
    pdf_sha256: str
    is_sample: bool
    parts: tuple[Part, ...] = ()
    files: tuple[Offer, ...] = ()

    @property
    def whole_title(self) -> str:
        return f"{self.title}: {self.subtitle}" if self.subtitle else self.title

    @property
    def published_on(self) -> date:
        return clock.day_of(self.published_at)

    @property
    def url(self) -> str:
        return absolute_url(reverse("publications:edition", args=[self.slug, self.number]))

    @property
    def publication_url(self) -> str:
        return absolute_url(reverse("publications:publication", args=[self.slug]))

    @property
    def pdf_url(self) -> str:
        return absolute_url(reverse("publications:edition_pdf", args=[self.slug, self.number]))

    @property
    def lasting_url(self) -> str:
        """Return the address to cite: that of the DOI, of the URN, else our own."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        return f"https://nbn-resolving.org/{self.urn}" if self.urn else self.url

    @property
    def licence_url(self) -> str:
        return LICENCE_ADDRESSES[self.licence]

    @property
    def licence_name(self) -> str:
        return str(Licence(self.licence).label)

    def file_url(self, file: Offer) -> str:
        """Return where a file of the edition can be fetched."""
        if file.format == DownloadFormat.PDF:
            return self.pdf_url
        address = {"slug": self.slug, "number": self.number, "format": file.format}
        return absolute_url(reverse("publications:edition_file", kwargs=address))

    def part(self, anchor: str) -> Part | None:
        """Return the chapter with this anchor, or None."""
        return next((part for part in self.parts if part.anchor == anchor), None)


def describe(
    edition: Edition, frozen: Mapping[str, Any], files: Iterable[Offer] = ()
) -> Description:
    """Describe an edition from its row and from its snapshot, or the head of it.

    The words are those that were frozen; identifiers may be given later and come from the row.
    """
    head, imprint, programme = frozen["publication"], frozen["imprint"], frozen["programme"]
    published_at = edition.published_at or edition.frozen_at
    licence = imprint.get("licence", "")
    return Description(
        slug=head["slug"],
        number=edition.number,
        title=one_line(head["title"]),
        subtitle=one_line(head["subtitle"]),
        summary=one_line(head["summary"]),
        publisher=one_line(imprint["publisher_name"]),
        place=one_line(imprint["city"]),
        dated=date.fromisoformat(frozen["edition"]["dated"]),
        published_at=published_at,
        changed_at=max(published_at, edition.described_at or published_at),
        starts_on=date.fromisoformat(programme["starts_on"]),
        ends_on=date.fromisoformat(programme["ends_on"]),
        keywords=_keywords(imprint.get("keywords", "")),
        licence=licence if licence in LICENCE_ADDRESSES else Licence.ATTRIBUTION.value,
        isbn=edition.isbn,
        doi=edition.doi,
        urn=edition.urn,
        pdf_pages=edition.pdf_pages,
        pdf_bytes=edition.pdf_bytes,
        pdf_sha256=edition.pdf_sha256,
        is_sample=frozen["edition"]["is_sample"],
        parts=tuple(
            Part(number, chapter["anchor"], one_line(chapter["title"]))
            for number, chapter in enumerate(frozen.get("chapters", ()), start=1)
        ),
        files=tuple(files),
    )


def _keywords(written: str) -> tuple[str, ...]:
    words = tuple(filter(None, (one_line(word) for word in written.split(","))))
    return words or KEYWORDS
