"""Citations as files, and the head of the reading version."""

import json

import bibtexparser
import pytest
import rispy  # type: ignore[import-untyped]
from django.core.files.base import ContentFile
from django.urls import reverse

from programme import clock
from publications.enums import EditionStatus
from publications.models import Edition
from publications.services import editions
from tests.publications import world

pytestmark = pytest.mark.django_db
ENDINGS = ("bib", "ris", "csl.json", "txt")


@pytest.fixture
def edition():
    """A published edition with a small file and a title made to break out."""
    report, by = world.compiled()
    report.title = 'Größe </script> "und" {Maß}'
    report.save()
    world.sign(report)
    made = editions.publish(publication=report, by=by)
    made.pdf.save("klein.pdf", ContentFile(b"%PDF-1.7"), save=False)
    made.pdf_bytes, made.pdf_pages, made.pdf_sha256 = 8, 21, "ab" * 32
    made.status, made.published_at = EditionStatus.PUBLISHED, clock.now()
    made.save()
    return made


def address(edition, ending, anchor=""):
    kwargs = {"slug": edition.publication.slug, "number": edition.number, "ending": ending}
    if anchor:
        return reverse("publications:part_citation", kwargs=kwargs | {"anchor": anchor})
    return reverse("publications:citation", kwargs=kwargs)


@pytest.mark.parametrize("anchor", ["", "zusammenfassung"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_each_citation_costs_one_query_and_has_a_file_name(
    client, edition, ending, anchor, django_assert_num_queries
):
    with django_assert_num_queries(1):
        response = client.get(address(edition, ending, anchor))

    assert response.status_code == 200
    assert f".{ending}" in response["Content-Disposition"]
    readers = {
        "bib": lambda text: bibtexparser.parse_string(text).entries[0],
        "ris": lambda text: rispy.loads(text)[0],
        "csl.json": lambda text: json.loads(text)[0],
        "txt": str.strip,
    }
    assert readers[ending](response.text)


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_unknown_chapter_or_an_unpublished_edition_is_missing(client, edition, ending):
    assert client.get(address(edition, ending, "gibt-es-nicht")).status_code == 404
    Edition.objects.update(status=EditionStatus.FAILED)
    assert client.get(address(edition, ending)).status_code == 404


def test_the_page_of_an_edition_tells_how_to_cite_it_and_each_chapter(client, edition):
    url = reverse("publications:edition", args=[edition.publication.slug, edition.number])

    page = client.get(url).content.decode()

    assert page.count('<script type="application/ld+json">') == 1
    assert 'content="Größe &lt;/script&gt; &quot;und&quot; {Maß}: Größe und Maß"' in page
    assert page.count("Dieses Kapitel zitieren") == len(edition.snapshot["chapters"])
    for ending in ENDINGS:
        assert address(edition, ending) in page
        assert address(edition, ending, "zusammenfassung") in page


def test_a_section_below_a_chapter_is_cited_with_its_chapter(client, edition):
    url = reverse("publications:edition", args=[edition.publication.slug, edition.number])
    shown = client.get(url)
    chapter = next(found for found in shown.context["body"].chapters if found.main_headings)
    heading = chapter.main_headings[0]

    cited = {
        ending: client.get(address(edition, ending, heading.anchor)).text for ending in ENDINGS
    }

    where = f"{heading.title} (Abschnitt in Kapitel {chapter.number}, {chapter.title}). In: "
    assert cited["txt"].startswith(where)
    (item,) = json.loads(cited["csl.json"])
    assert (item["title"], item["chapter-number"]) == (heading.title, str(chapter.number))
    assert item["URL"].endswith(f"{url}#{heading.anchor}")
    (entry,) = rispy.loads(cited["ris"])
    assert (entry["title"], entry["section"]) == (heading.title, str(chapter.number))
    (entry,) = bibtexparser.parse_string(cited["bib"]).entries
    assert entry.key.endswith(f"-{heading.anchor}")
    for ending in ENDINGS:
        assert address(edition, ending, heading.anchor) in shown.text


def test_the_page_of_a_title_tells_machines_of_its_newest_edition(
    client, edition, django_assert_max_num_queries
):
    url = reverse("publications:publication", args=[edition.publication.slug])

    with django_assert_max_num_queries(4):
        page = client.get(url).text

    assert page.count('<script type="application/ld+json">') == 1
    assert f'<link rel="canonical" href="https://portal.example.org{url}">' in page
    assert '<meta name="DC.title" content="Größe &lt;/script&gt;' in page
    assert f'content="https://portal.example.org{url}{edition.number}/"' in page


def test_the_page_of_a_title_without_an_edition_tells_machines_nothing(client, edition):
    Edition.objects.update(status=EditionStatus.FAILED)

    page = client.get(reverse("publications:publication", args=[edition.publication.slug])).text

    assert "ld+json" not in page
    assert "DC.title" not in page
