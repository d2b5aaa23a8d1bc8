"""Publications as an Atom feed."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.html import escape

from network.exports.entries import one_line
from programme.outbox import absolute_url
from publications.exports.description import Description
from publications.models import Erratum


def publications_feed(
    editions: Iterable[Description], errata: Iterable[Erratum] = (), *, author: str
) -> bytes:
    """Return editions and their corrections as Atom.

    The entry of an edition is renewed when its identifiers change. `author` provides the portal
    and answers for what names no publisher of its own, such as corrections.
    """
    feed = Atom1Feed(
        title="Publikationen und Korrekturen",
        link=absolute_url(reverse("publications:publications")),
        description="",
        language="de",
        feed_url=absolute_url(reverse("publications:feed")),
        author_name=one_line(author),
    )
    for about in editions:
        feed.add_item(
            title=f"{about.title}, Ausgabe {about.number}{' (neu)' if about.number > 1 else ''}",
            link=about.url,
            description=escape(about.summary),  # readers show it as HTML
            unique_id=about.url,
            author_name=about.publisher or None,
            pubdate=about.published_at,
            updateddate=about.changed_at,
            categories=about.keywords,
            item_copyright=about.licence_name,
            enclosures=_files(about),
        )
    for erratum in errata:
        _add_erratum(feed, erratum)
    return feed.writeString("utf-8").encode()


def _add_erratum(feed: Atom1Feed, erratum: Erratum) -> None:
    edition = erratum.edition
    path = reverse("publications:edition", args=[edition.publication.slug, edition.number])
    url = f"{absolute_url(path)}#korrektur-{erratum.number}"
    told = f"{erratum.chapter}: statt „{erratum.passage}“ richtig „{erratum.correction}“"
    feed.add_item(
        title=one_line(f"Korrektur zu {edition}"),
        link=url,
        description=escape(one_line(told)),
        unique_id=url,
        pubdate=erratum.noted_at,
        updateddate=erratum.noted_at,
    )


def _files(about: Description) -> list[Enclosure]:
    if not about.pdf_bytes:
        return []
    return [Enclosure(about.pdf_url, str(about.pdf_bytes), "application/pdf")]
