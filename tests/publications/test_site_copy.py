"""The copy of the public pages: whole, readable without the portal, nothing private in it (B16)."""

import hashlib
import posixpath
from datetime import timedelta
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from lxml import html

from programme import clock
from programme.enums import PrintoutStatus
from programme.errors import RuleBroken
from programme.models import Printout, Programme
from publications.exports import site_copy
from publications.exports.visitor import Answer, Visitor
from publications.models import DownloadCount
from publications.rules import site_copy as rules
from publications.services import editions, leaving
from tests.factories.programme import UserFactory
from tests.publications import photos, world

# The portal closes connections between requests, as it does in the worker; not inside one test.
pytestmark = pytest.mark.django_db(transaction=True)
HOST = "portal.example.org"


def quiet(*args):
    """Hear about the progress and say nothing."""


@pytest.fixture
def own_host(settings):
    """The portal reads its own pages under the name it is published under."""
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, HOST]


def make(path):
    """Copy the public pages of the current programme to this file."""
    site_copy.write(path, programme=Programme.objects.current(), dated=clock.now(), told=quiet)


@pytest.fixture
def copied(own_host, tmp_path_factory):
    """Return the open ZIP of a portal with one published report; made once, only read."""
    path = tmp_path_factory.getbasetemp() / "kopie.zip"
    if not path.exists():
        world.published()
        make(path)
    with ZipFile(path) as archive:
        yield archive


def pages(archive):
    """Return the parsed pages by their place."""
    names = [name for name in archive.namelist() if name.endswith(".html")]
    return {name: html.document_fromstring(archive.read(name)) for name in names}


def test_every_checksum_of_the_copy_verifies(copied):
    lines = copied.read("SHA256SUMS.txt").decode().splitlines()

    told = dict(reversed(line.split("  ", 1)) for line in lines)

    assert told == {name: hashlib.sha256(copied.read(name)).hexdigest() for name in told}
    assert set(copied.namelist()) == {*told, "SHA256SUMS.txt"}


def test_every_link_of_the_copy_leads_to_a_file_in_it_or_outside_the_portal(copied):
    names = set(copied.namelist())
    dead = []

    for place, page in pages(copied).items():
        for element, _, link, _ in page.iterlinks():
            goal = urlsplit(link)
            is_canonical = element.get("rel") == "canonical"
            if goal.scheme in {"http", "https", "mailto", "data", "tel"} or is_canonical:
                assert goal.hostname != HOST or is_canonical, (place, link)
            elif (
                goal.path
                and posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(goal.path)))
                not in names
            ):
                dead.append((place, link))

    assert dead == []


def test_report_sites_and_meetings_are_there_and_the_workspace_is_not(copied):
    names = copied.namelist()

    report = next(name for name in names if name.startswith("publikationen/bericht-"))
    slug = report.split("/")[1]

    wanted = {"index.html", "standorte/index.html", "netzwerk/treffen/index.html"}
    assert wanted | {f"publikationen/{slug}/1/index.html", f"publikationen/{slug}/1.pdf"} <= {
        *names
    }
    assert [name for name in names if name.startswith(("intern/", "konto/", "anmeldung/"))] == []


def test_pages_say_that_they_are_a_copy_and_hold_no_form(copied):
    found = pages(copied)

    forms = [place for place, page in found.items() if page.xpath("//form")]
    silent = [
        place
        for place, page in found.items()
        if "Kopie" not in page.text_content() and place != site_copy.MISSING
    ]

    assert (forms, silent) == ([], [])


def test_reading_for_the_copy_is_no_download(own_host, tmp_path):
    world.published()

    make(tmp_path / "kopie.zip")

    assert DownloadCount.objects.count() == 0


def test_the_copy_holds_files_nginx_would_send_and_pictures_of_the_report(
    own_host, settings, tmp_path
):
    settings.X_ACCEL_PREFIX = "/stored/"
    report, by = world.compiled()
    picture = photos.with_picture(report, by).picture
    world.sign(report)
    edition = editions.publish(publication=report, by=by)
    editions.render.call(edition_id=edition.pk)
    edition.refresh_from_db()

    make(tmp_path / "kopie.zip")

    with ZipFile(tmp_path / "kopie.zip") as archive:
        kept = {hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
        read = pages(archive)[f"publikationen/{report.slug}/1/index.html"]
        shown = [
            image.get("src") for image in read.iter("img") if picture.sha256 in image.get("src")
        ]
    assert {edition.pdf_sha256, picture.sha256} <= kept
    assert len(shown) == 1


def test_a_page_that_fails_stops_the_copy_instead_of_leaving_a_hole(
    own_host, monkeypatch, tmp_path
):
    world.build()
    monkeypatch.setattr(Visitor, "fetch", lambda self, address: Answer(503, "", "", "", b""))

    with pytest.raises(RuleBroken, match="ließ sich gerade nicht lesen"):
        make(tmp_path / "x.zip")


def test_more_files_than_the_copy_takes_are_refused(own_host, monkeypatch, tmp_path):
    world.build()
    monkeypatch.setattr(site_copy, "MOST_FILES", 3)

    with pytest.raises(RuleBroken, match="mehr als 3 Seiten und Dateien"):
        make(tmp_path / "x.zip")


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("../giessen/?seite=2#ziel", "/standorte/giessen/?seite=2"),
        (f"https://{HOST}/programm/", "/programm/"),
        (f"https://{HOST}", "/"),
        ("https://www.bamf.de/", None),
        ("mailto:team@example.org", None),
        ("data:image/png;base64,AA==", None),
    ],
)
def test_a_link_is_told_apart_from_one_that_leads_outside(link, address):
    assert rules.own_address(link, at="/standorte/wiesbaden/", host=HOST) == address


@pytest.mark.parametrize(
    ("address", "kind", "name", "place"),
    [
        ("/", "text/html", "", "index.html"),
        ("/standorte/", "text/html", "", "standorte/index.html"),
        ("/standorte/?seite=2", "text/html", "", "standorte/index-seite-2.html"),
        ("/a/1.pdf", "application/pdf", "bericht.pdf", "a/1.pdf"),
        ("/a/8/", "application/pdf", "Größe.pdf", "a/8/Größe.pdf"),
        ("/a/8/", "application/pdf", "../../../etc/passwd", "a/8/passwd"),
        ("/a/8/", "text/csv", "", "a/8/datei.csv"),
        ("/../../etc/%2e%2e/passwd", "text/plain", "", "passwd"),
        ("/seite", "text/html", "", "seite.html"),
    ],
)
def test_each_address_has_a_readable_place_below_the_root(address, kind, name, place):
    assert rules.place(address, kind, name) == place


def test_two_queries_that_look_alike_get_two_places():
    one = rules.place("/a/?q=x y", rules.HTML)
    other = rules.place("/a/?q=x/y", rules.HTML)

    assert one != other


def test_the_team_asks_for_the_copy_and_fetches_it(
    own_host, client, django_capture_on_commit_callbacks
):
    world.published()
    by = world.office_person()
    client.force_login(by)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("publications:pack_site"))
    printout = Printout.objects.get()
    leaving.make_site.call(printout=str(printout.pk), programme_id=Programme.objects.current().pk)

    printout.refresh_from_db()
    assert response.url == reverse("programme:printout", args=[printout.pk])
    assert (printout.status, printout.download_name) == (
        PrintoutStatus.READY,
        f"portalkopie-{clock.today():%Y-%m-%d}.zip",
    )
    kept = client.get(reverse("publications:leaving")).text
    page = client.get(response.url).text
    assert f'href="{response.url}"' in kept
    assert "(ZIP, " in kept
    assert "Paket" in page
    assert "Ausdruck" not in page


def test_nobody_sees_the_packages_of_others_or_those_that_are_gone(client, programme):
    by, other = world.office_person(), UserFactory()
    here = reverse("publications:leaving")
    for person, asked_at in ((other, clock.now()), (by, clock.now() - timedelta(days=8))):
        row = Printout(
            title="Kopie",
            download_name="a.zip",
            back_url=here,
            requested_by=person,
            status=PrintoutStatus.READY,
            requested_at=asked_at,
        )
        row.file.save("a.zip", ContentFile(b"x"))
    client.force_login(by)

    assert "Ihre fertigen Pakete" not in client.get(here).text
