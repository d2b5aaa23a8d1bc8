"""Editions: progress for the team, reading and download for everybody."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from programme import clock
from publications.enums import EditionStatus
from publications.models import DownloadCount, Edition
from publications.services import editions
from tests.publications import world

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.7 " + bytes(range(256)) * 4


@pytest.fixture
def edition():
    """A published edition with a small file."""
    report, by = world.compiled()
    made = editions.publish(publication=report, by=by)
    made.pdf.save("klein.pdf", ContentFile(CONTENT), save=False)
    made.pdf_bytes, made.pdf_pages, made.pdf_sha256 = len(CONTENT), 21, "ab" * 32
    made.status, made.published_at = EditionStatus.PUBLISHED, clock.now()
    made.save()
    return made


def address(name, edition):
    return reverse(f"publications:{name}", args=[edition.publication.slug, edition.number])


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def counted():
    return sum(DownloadCount.objects.values_list("count", flat=True))


def test_everybody_reads_the_edition(client, edition, django_assert_num_queries):
    with django_assert_num_queries(2):
        response = client.get(address("edition", edition))

    assert response.status_code == 200
    for told in ("Zusammenfassung", "Terminvergabe 1", "1.000,01 EUR", "21 Seiten", "Wahlwerbung"):
        assert told in response.text


def test_an_unpublished_edition_is_not_found(client, edition):
    Edition.objects.update(status=EditionStatus.FAILED)

    assert client.get(address("edition", edition)).status_code == 404
    assert client.get(address("edition_pdf", edition)).status_code == 404


def test_the_pdf_comes_in_one_piece_and_may_be_kept_for_ever(client, edition):
    response = client.get(address("edition_pdf", edition))

    assert body(response) == CONTENT
    name = f"{edition.publication.slug}-ausgabe-1.pdf"
    assert response["Content-Disposition"] == f'inline; filename="{name}"'
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Type"] == "application/pdf"
    assert response["ETag"] == f'"{edition.pdf_sha256}"'
    assert "Set-Cookie" not in response
    assert DownloadCount.objects.get().day == clock.today() > date(2017, 1, 1)


@pytest.mark.parametrize(
    ("wanted", "status", "piece", "told"),
    [
        ("bytes=0-8", 206, CONTENT[:9], "bytes 0-8/1033"),
        ("bytes=1000-", 206, CONTENT[1000:], "bytes 1000-1032/1033"),
        ("bytes=-3", 206, CONTENT[-3:], "bytes 1030-1032/1033"),
        ("bytes=0-1,5-6", 200, CONTENT, None),
        ("bytes=2000-", 416, b"", "bytes */1033"),
        ("bytes=" + "9" * 5000 + "-", 416, b"", "bytes */1033"),
        ("bytes=1000-" + "9" * 5000, 206, CONTENT[1000:], "bytes 1000-1032/1033"),
        ("bytes=-" + "9" * 20, 206, CONTENT, "bytes 0-1032/1033"),
        ("bytes=-0", 416, b"", "bytes */1033"),
        ("bytes=" + "0" * 30 + "5-6", 206, CONTENT[5:7], "bytes 5-6/1033"),
    ],
)
def test_a_download_can_be_resumed(client, edition, wanted, status, piece, told):
    response = client.get(address("edition_pdf", edition), headers={"Range": wanted})

    assert (response.status_code, body(response)) == (status, piece)
    assert response.get("Content-Range") == told


def test_a_file_the_browser_has_is_not_sent_again(client, edition):
    known = {"If-None-Match": f'"other", W/"{edition.pdf_sha256}"'}

    response = client.get(address("edition_pdf", edition), headers=known)

    assert (response.status_code, body(response), counted()) == (304, b"", 0)


def test_any_known_version_is_enough_if_the_browser_says_so(client, edition):
    response = client.get(address("edition_pdf", edition), headers={"If-None-Match": "*"})

    assert (response.status_code, body(response)) == (304, b"")


def test_asking_for_the_head_tells_the_whole_length(client, edition):
    response = client.head(address("edition_pdf", edition), headers={"Range": "bytes=0-8"})

    assert (response.status_code, response["Content-Length"]) == (200, "1033")


def test_only_first_pieces_count_as_downloads(client, edition):
    url = address("edition_pdf", edition)
    client.head(url)
    for headers in ({"Range": "bytes=500-"}, {"Range": "bytes=0-99"}, {}):
        body(client.get(url, headers=headers))

    assert counted() == 2


def test_a_stale_part_is_not_mixed_with_a_new_file(client, edition):
    headers = {"Range": "bytes=5-", "If-Range": '"older"'}

    assert body(client.get(address("edition_pdf", edition), headers=headers)) == CONTENT


def test_a_lost_file_is_a_404(client, edition):
    edition.pdf.storage.delete(edition.pdf.name)

    assert client.get(address("edition_pdf", edition)).status_code == 404


def test_progress_is_shown_with_and_without_script(signed_in, edition):
    client = signed_in(user=edition.frozen_by)
    Edition.objects.update(status=EditionStatus.RENDERING, progress=30, stage="Seiten setzen")

    shown = client.get(address("edition_progress", edition)).text
    asked = client.get(address("edition_status", edition)).json()

    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in shown
    assert "Seiten setzen" in shown
    assert asked == {
        "progress": 30,
        "stage": "Seiten setzen",
        "status": "rendering",
        "finished": False,
    }


def test_a_failed_edition_offers_another_try(signed_in, edition):
    client = signed_in(user=edition.frozen_by)
    Edition.objects.update(status=EditionStatus.FAILED, failure="Es dauerte zu lange.")

    shown = client.get(address("edition_progress", edition)).text
    client.post(address("retry_edition", edition))

    edition.refresh_from_db()
    assert "Es dauerte zu lange." in shown
    assert edition.status == EditionStatus.QUEUED


def test_the_end_is_told_with_a_link(signed_in, edition):
    shown = signed_in(user=edition.frozen_by).get(address("edition_progress", edition)).text

    assert "Ausgabe 1 ist veröffentlicht" in shown
    assert address("edition", edition) in shown
