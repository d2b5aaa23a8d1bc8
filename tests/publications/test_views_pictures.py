"""Pages of pictures: bring, describe, remove, look at."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from publications.enums import EditionStatus
from publications.models import Block, Edition
from publications.services import editions
from tests.publications import photos, world

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.fixture
def desk(signed_in):
    """A compiled report, who wrote it, and their client."""
    report, by = world.compiled()
    return report, by, signed_in(user=by)


def address(name, report, *more):
    return reverse(f"publications:{name}", args=[report.slug, *more])


def typed(**changed):
    file = SimpleUploadedFile("wartebereich.png", photos.png(), content_type="image/png")
    words = {"alt": photos.ALT, "caption": "Der Wartebereich", "credit": ""}
    return {"photo": file} | words | changed


def test_a_picture_is_brought_shown_and_referred_to(desk):
    report, _, client = desk
    text = Block.objects.get(key="ausgangslage")

    shown = client.post(address("add_picture", report, "hintergrund"), typed(), follow=True).text
    client.post(
        address("edit_block", report, text.pk),
        {"body": "Siehe [[abb:der-wartebereich]].", "version": 1},
    )
    picture = Block.objects.get(kind="picture").picture
    source = address("manuscript_picture", report, picture.address)
    sent = client.get(source)

    assert f'src="{source}" alt="{photos.ALT}"' in shown
    assert (
        'href="#abb-der-wartebereich">Abbildung&nbsp;1</a>'
        in client.get(address("manuscript", report)).text
    )
    assert (sent["Content-Type"], sent["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert sent["Cache-Control"] == "private, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"alt": ""}, "Bitte"),
        ({"alt": "Foto"}, "was auf dem Bild zu sehen ist"),
        ({"photo": ""}, "Bitte"),
        ({"photo": SimpleUploadedFile("bild.png", SVG)}, "im Format PNG oder JPG"),
        ({"photo": SimpleUploadedFile("bild.png", b"\x89PNG\r\n\x1a\nkaputt")}, "Bilddatei"),
    ],
)
def test_an_unusable_picture_is_refused_at_the_field_and_the_words_are_kept(desk, changed, told):
    report, _, client = desk

    response = client.post(address("add_picture", report, "hintergrund"), typed(**changed))

    assert response.status_code == 422
    assert told in response.text
    assert 'value="Der Wartebereich"' in response.text
    assert not Block.objects.filter(kind="picture").exists()


def test_two_people_at_one_picture_see_both_versions(desk):
    report, by, client = desk
    block = photos.with_picture(report, by)
    page_address = address("describe_picture", report, block.pk)
    client.post(page_address, {"alt": "Von Käthe, zehn Stühle.", "caption": "A", "version": 1})

    clash = client.post(
        page_address, {"alt": "Von Jörg, neun Stühle.", "caption": "B", "version": 1}
    )
    again = client.post(
        page_address, {"alt": "Von Jörg, neun Stühle.", "caption": "B", "version": 2}
    )

    assert (clash.status_code, again.status_code) == (422, 302)
    assert "Von Käthe" in clash.text
    assert "Von Jörg" in clash.text
    assert re.findall(r'name="version" value="(\d+)"', clash.text) == ["2"]


def test_a_text_is_no_picture_and_a_foreign_picture_is_missing(desk):
    report, by, client = desk
    other = world.PublicationFactory()
    block = photos.with_picture(report, by)
    text = Block.objects.get(key="dank")

    assert client.get(address("describe_picture", report, text.pk)).status_code == 404
    assert client.get(address("describe_picture", other, block.pk)).status_code == 404
    name = block.picture.address
    assert client.get(address("manuscript_picture", other, name)).status_code == 404


def test_everybody_sees_the_pictures_of_an_edition_and_no_others(desk, client):
    report, by, _ = desk
    shown = photos.with_picture(report, by).picture
    world.sign(report)
    editions.publish(publication=report, by=by)
    Edition.objects.update(status=EditionStatus.PUBLISHED)
    later = photos.photo("red")
    source = address("edition_picture", report, 1, shown.address)

    sent = client.get(source)
    page = client.get(address("edition", report, 1)).text

    assert (sent.status_code, sent["Cache-Control"]) == (200, "public, max-age=31536000, immutable")
    assert f'src="{source}"' in page
    assert (
        client.get(address("edition_picture", report, 1, f"{later.sha256}.png")).status_code == 404
    )


def test_a_text_that_was_added_is_removed_after_a_question(desk):
    report, _, client = desk
    client.post(address("add_text", report, "ergebnisse"))
    added = Block.objects.latest("pk")
    page_address = address("remove_block", report, added.pk)

    asked = client.get(page_address).text
    client.post(page_address)

    assert "Neuer Text" in asked
    assert not Block.objects.filter(pk=added.pk).exists()
