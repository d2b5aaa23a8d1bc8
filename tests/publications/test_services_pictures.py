"""Pictures: drawn anew, told in words, frozen by their content, gone when nobody needs them."""

import pytest
from django.core.files.storage import default_storage
from django.db import transaction

from programme.errors import RuleBroken
from publications.exports.pdf import pdf_of
from publications.models import Block, Picture
from publications.queries.snapshots import pictures_of
from publications.rules.pictures import alt_problem
from publications.services import editions, manuscripts, pictures
from publications.services.pictures import Words
from tests.pdf import failures
from tests.publications import photos, world

pytestmark = pytest.mark.django_db


def test_a_picture_is_drawn_anew_and_named_after_its_content():
    report, by = world.compiled()

    block = photos.with_picture(report, by)

    block.refresh_from_db()
    picture = block.picture
    with default_storage.open(picture.file.name) as file:
        content = file.read()
    assert picture.file.name == f"bilder/{picture.sha256}.png"
    assert (picture.width, picture.height, picture.key) == (
        40,
        30,
        "der-neue-wartebereich-in-giess",
    )
    assert b"geheim" not in content
    assert (block.kind, block.position) == ("picture", 4)


def test_two_pictures_with_one_caption_get_two_names():
    report, by = world.compiled()

    first = photos.with_picture(report, by)
    second = photos.with_picture(report, by)

    assert second.picture.key == f"{first.picture.key}-2"
    assert first.picture.file.name == second.picture.file.name


@pytest.mark.parametrize(
    "alt",
    ["", "  ", "Foto.", "wartebereich", "Wartebereich.PNG", "der neue Wartebereich in  Gießen"],
)
def test_a_picture_without_words_is_refused(alt):
    report, by = world.compiled()
    words = Words(alt=alt, caption="Der neue Wartebereich in Gießen")

    with pytest.raises(RuleBroken) as broken:
        photos.with_picture(report, by, words=words)

    assert broken.value.field == "alt"
    assert Picture.objects.count() == 0


def test_the_words_of_a_picture_change_but_nobody_is_overwritten():
    report, by = world.compiled()
    picture = photos.with_picture(report, by).picture
    words = Words(alt="Acht Stühle und eine Anzeigetafel.", caption="Der Wartebereich")

    pictures.describe(picture=picture, words=words, version=1, by=by)
    with pytest.raises(RuleBroken, match="inzwischen von jemand anderem") as broken:
        pictures.describe(picture=picture, words=photos.WORDS, version=1, by=by)

    picture.refresh_from_db()
    assert (picture.alt, picture.version, broken.value.field) == (words.alt, 2, "version")


def test_the_edition_shows_the_picture_and_keeps_its_file():
    report, by = world.compiled()
    block = photos.with_picture(report, by)
    address = block.picture.address
    world.sign(report)
    edition = editions.publish(publication=report, by=by)

    manuscripts.remove(block=block, by=by)

    pictures.clear_up.call()

    content = pdf_of(edition).content
    assert list(pictures_of(edition.snapshot)) == [address]
    assert (Picture.objects.count(), Block.objects.filter(kind="picture").count()) == (0, 0)
    assert default_storage.exists(f"bilder/{address}")
    assert b"/Subtype /Image" in content
    assert [failures(content, profile) for profile in ("ua1", "3a")] == [[], []]


def test_a_file_that_was_exchanged_stops_the_press():
    report, by = world.compiled()
    picture = photos.with_picture(report, by).picture
    world.sign(report)
    edition = editions.publish(publication=report, by=by)
    with default_storage.open(picture.file.name, "wb") as file:
        file.write(photos.png("red"))

    with pytest.raises(RuleBroken, match="nicht zum Portal gehört"):
        pdf_of(edition)


def test_a_picture_nobody_shows_goes_with_its_file_once_a_day():
    report, by = world.compiled()
    block = photos.with_picture(report, by)
    name = block.picture.file.name
    pictures.clear_up.call()
    while_shown = default_storage.exists(name)

    manuscripts.remove(block=block, by=by)
    at_first = default_storage.exists(name)
    cleared = pictures.clear_up.call()

    assert (while_shown, at_first, default_storage.exists(name)) == (True, True, False)
    assert cleared == 1


def test_the_same_picture_in_two_places_outlives_the_one_that_is_removed():
    report, by = world.compiled()
    first, second = photos.with_picture(report, by), photos.with_picture(report, by)

    manuscripts.remove(block=first, by=by)
    pictures.clear_up.call()

    assert first.picture.file.name == second.picture.file.name
    assert default_storage.exists(second.picture.file.name)


def test_a_failed_upload_takes_no_file_another_upload_counts_on():
    report, by = world.compiled()
    with transaction.atomic():
        failed = photos.with_picture(report, by).picture.file.name
        transaction.set_rollback(True)
    kept = photos.with_picture(report, by).picture.file.name

    pictures.clear_up.call()

    assert failed == kept
    assert default_storage.exists(kept)


def test_what_the_portal_proposed_is_never_deleted():
    _, by = world.compiled()

    with pytest.raises(RuleBroken, match="schlägt das Portal vor"):
        manuscripts.remove(block=Block.objects.get(key="dank"), by=by)

    assert Block.objects.filter(key="dank").exists()


def test_a_good_alternative_text_is_no_problem():
    assert alt_problem(photos.ALT, caption="Der Wartebereich", name="foto.png") == ""
