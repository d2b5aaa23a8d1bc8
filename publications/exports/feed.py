"""Publications as an Atom feed."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.html import escape

from programme.outbox import absolute_url
from publications.exports.description import Description


def publications_feed(editions: Iterable[Description]) -> bytes:
    """Return editions as Atom; an entry is renewed when its identifiers change.

    Corrections come as a new edition, so they reach readers here.
    """
    feed = Atom1Feed(
        title="Publikationen und Korrekturen",
        link=absolute_url(reverse("publications:publications")),
        description="",
        language="de",
        feed_url=absolute_url(reverse("publications:feed")),
    )
    for about in editions:
        feed.add_item(
            title=f"{about.title}, Ausgabe {about.number}{' (neu)' if about.number > 1 else ''}",
            link=about.url,
            description=escape(about.summary),  # readers show it as HTML
            unique_id=about.url,
            author_name=about.publisher,
            pubdate=about.published_at,
            updateddate=about.changed_at,
            categories=about.keywords,
            item_copyright=about.licence_name,
            enclosures=_files(about),
        )
    return feed.writeString("utf-8").encode()


def _files(about: Description) -> list[Enclosure]:
    if not about.pdf_bytes:
        return []
    return [Enclosure(about.pdf_url, str(about.pdf_bytes), "application/pdf")]
