"""Editions: progress for the team, reading and download for everybody."""

from datetime import date
from unittest.mock import patch

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from programme import clock
from publications.enums import EditionStatus, FileStatus
from publications.models import DownloadCount, Edition, EditionFile
from publications.services import downloads, editions
from tests.factories.publications import EditionFileFactory
from tests.publications import world

pytestmark = pytest.mark.django_db
READER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
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
    with django_assert_num_queries(4):
        response = client.get(address("edition", edition))

    assert response.status_code == 200
    for told in ("Zusammenfassung", "Terminvergabe 1", "1.000,01 EUR", "21 Seiten", "Wahlwerbung"):
        assert told in response.text


def test_an_unpublished_edition_is_not_found(client, edition):
    Edition.objects.update(status=EditionStatus.FAILED)

    assert client.get(address("edition", edition)).status_code == 404
    assert client.get(address("edition_pdf", edition)).status_code == 404


def test_the_pdf_comes_in_one_piece_and_may_be_kept_for_ever(client, edition):
    response = client.get(address("edition_pdf", edition), headers=READER)

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
    client.head(url, headers=READER)
    pieces = ({"Range": "bytes=500-"}, {"Range": "bytes=0-99"}, {})
    for number, headers in enumerate(pieces):
        body(client.get(url, headers=READER | headers, REMOTE_ADDR=f"192.0.2.{number}"))

    assert counted() == 2


def test_a_double_click_counts_once_and_no_address_is_kept(client, edition):
    url = address("edition_pdf", edition)
    with patch.object(downloads.cache, "add", wraps=downloads.cache.add) as kept:
        for _ in range(2):
            body(client.get(url, headers=READER, REMOTE_ADDR="192.0.2.7"))
        body(client.get(url, headers=READER, REMOTE_ADDR="192.0.2.8"))

    assert counted() == 2
    assert {call.kwargs["timeout"] for call in kept.mock_calls} == {30}
    assert "192.0.2." not in str(kept.mock_calls)


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Googlebot/2.1",
        "curl/8.5.0",
        "python-requests/2.32",
        "Mozilla/5.0 (compatible; bingbot/2.0)",
    ],
)
def test_programs_do_not_count(client, edition, agent):
    response = client.get(address("edition_pdf", edition), headers={"User-Agent": agent})

    assert (body(response), counted()) == (CONTENT, 0)


def further(edition, form):
    args = {"slug": edition.publication.slug, "number": 1, "format": form}
    return reverse("publications:edition_file", kwargs=args)


@pytest.fixture
def book(edition):
    """The edition as a small EPUB."""
    row = EditionFileFactory.build(edition=edition, status=FileStatus.READY, sha256="cd" * 32)
    row.file.save("klein.epub", ContentFile(CONTENT), save=False)
    row.bytes = len(CONTENT)
    row.save()
    return row


def test_every_format_is_fetched_the_same_way(client, edition, book):
    url = further(edition, "epub")
    whole = client.get(url, headers=READER)
    piece = client.get(url, headers=READER | {"Range": "bytes=0-8"})
    known = client.get(url, headers={"If-None-Match": f'"{book.sha256}"'})

    assert url.endswith("/1.epub")
    assert (body(whole), body(piece), known.status_code) == (CONTENT, CONTENT[:9], 304)
    assert whole["Content-Type"] == "application/epub+zip"
    assert whole["Content-Disposition"].startswith("attachment; filename=")
    assert whole["Cache-Control"] == "public, max-age=31536000, immutable"
    assert DownloadCount.objects.get().format == "epub"


def test_a_format_that_is_not_there_is_not_found(client, edition, book):
    assert client.get(further(edition, "json")).status_code == 404
    EditionFile.objects.update(status=FileStatus.MAKING)
    assert client.get(further(edition, "epub")).status_code == 404


def test_nginx_hands_the_file_over_and_the_portal_counts(client, edition, settings):
    settings.X_ACCEL_PREFIX = "/stored/"

    response = client.get(address("edition_pdf", edition), headers=READER)

    assert (response.content, counted()) == (b"", 1)
    assert response["X-Accel-Redirect"] == f"/stored/{edition.pdf.name}"
    assert response["Content-Length"] == "0"  # lets nginx keep its connection
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_table_comes_as_a_file_for_spreadsheets(client, edition):
    args = [edition.publication.slug, 1]
    response = client.get(
        reverse("publications:edition_table", args=[*args, "foerderung-nach-quelle"])
    )

    assert response.content.decode("utf-8-sig").splitlines()[-1] == (
        "Summe;;212000,00;212000,00;1000,01"
    )
    assert response.content.startswith(b"\xef\xbb\xbf")
    missing = reverse("publications:edition_table", args=[*args, "unbekannt"])
    assert client.get(missing).status_code == 404


def test_size_pages_and_accessibility_stand_beside_each_format(client, edition, book):
    title = reverse("publications:publication", args=[edition.publication.slug])
    for name in (address("edition", edition), title):
        text = client.get(name).text

        assert "1 kB, 21 Seiten: barrierefrei nach PDF/UA-1" in text
        assert "1 kB: barrierefrei nach EPUB Accessibility 1.1 und WCAG 2.2 AA" in text


def test_the_team_sees_how_far_the_formats_are_and_may_ask_again(signed_in, edition, book):
    client = signed_in(user=edition.frozen_by)
    EditionFileFactory(edition=edition, format="json", status=FileStatus.FAILED, failure="Zu groß.")

    shown = client.get(address("edition_progress", edition)).text
    client.post(address("make_files", edition))
    asked = client.get(address("edition_status", edition) + "?formate").json()

    assert "Zu groß." in shown
    assert book.sha256 in shown
    assert EditionFile.objects.get(format="json").status == FileStatus.QUEUED
    assert (asked["finished"], asked["stage"]) == (False, "wartet")


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


def test_a_download_asks_nothing_about_its_visitor(
    signed_in, edition, settings, django_assert_num_queries
):
    settings.DOWNLOADS_COUNTED_EVERY_SECONDS = 3600
    reader = signed_in(user=edition.frozen_by)

    with django_assert_num_queries(1):
        found = reader.get(address("edition_pdf", edition))
    missing = reader.get(address("edition_pdf", edition).replace("/1", "/99"))

    assert body(found) == CONTENT
    assert "Cookie" not in found.get("Vary", "")
    assert found["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert (missing.status_code, "<h1" in missing.text) == (404, True)
