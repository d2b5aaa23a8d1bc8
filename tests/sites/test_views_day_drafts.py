"""Drafts of coaching days and the photo that waits beside them."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sites.models import CoachingDay, DayDraft
from sites.rules.day_drafts import PHOTO
from sites.services import day_photos
from tests.factories.sites import CoachingDayFactory, DayDraftFactory
from tests.sites.test_services_coaching_answers import picture
from tests.sites.test_views_coaching import NEW, SYNC, address
from tests.sites.test_views_workspace import coaching_form

pytestmark = pytest.mark.django_db
KEEP = reverse("sites:keep_day_draft")


def stored():
    """Which photos wait for a draft."""
    folder = default_storage.path(day_photos.FOLDER)
    return sorted(path.name for path in Path(folder).glob("*")) if Path(folder).exists() else []


@pytest.fixture
def empty_folder(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def tafel():
    return SimpleUploadedFile("Tafel.jpg", picture(), "image/jpeg")


def test_a_photo_survives_when_the_server_asks_back(
    signed_in, coach, empty_folder, django_capture_on_commit_callbacks
):
    client, typed = signed_in(user=coach), coaching_form()

    asked = client.post(NEW, typed | {"held_on": "2015-09-30", "photo": tafel()})
    again = client.get(NEW, {"entwurf": typed["form_key"]}).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(NEW, typed | {"held_on": "2015-09-30", "outside_reason": "Vorgespräch"})

    assert asked.status_code == 422
    assert "Das Foto „Tafel.jpg“ ist schon angekommen" in asked.content.decode()
    assert "Das Foto „Tafel.jpg“ ist schon angekommen" in again
    assert typed["happened"] in again
    assert done.status_code == 302
    assert CoachingDay.objects.get().photo.name == "Tafel.jpg"
    assert (stored(), DayDraft.objects.count()) == ([], 0)


def test_a_photo_of_a_day_that_comes_back_from_the_phone_is_used_once(
    signed_in, coach, empty_folder
):
    client, typed = signed_in(user=coach), coaching_form()
    keep = reverse("sites:keep_day_draft")

    refused = client.post(SYNC, typed | {"happened": "", "photo": tafel()})
    client.post(keep, typed)
    first = client.post(SYNC, typed)
    second = client.post(SYNC, typed)

    assert [each.status_code for each in (refused, first, second)] == [422, 200, 200]
    assert CoachingDay.objects.get().photo.name == "Tafel.jpg"


def test_a_kept_photo_goes_when_asked_or_with_its_draft(
    signed_in, coach, empty_folder, django_capture_on_commit_callbacks
):
    client, typed = signed_in(user=coach), coaching_form()
    other = coaching_form()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(NEW, typed | {"entwurf": "1", "photo": tafel()})
        client.post(NEW, typed | {"entwurf": "1", "photo": tafel()})
        client.post(NEW, other | {"happened": "", "photo": tafel()})
    waiting = len(stored())

    with django_capture_on_commit_callbacks(execute=True):
        client.post(NEW, typed | {"drop_photo": "on"})
        client.post(reverse("sites:discard_day_draft", args=[other["form_key"]]))

    assert (waiting, stored()) == (2, [])
    assert not hasattr(CoachingDay.objects.get(), "photo")


def test_a_photo_for_a_change_waits_too_and_is_no_draft_in_the_list(
    signed_in, site, coach, empty_folder
):
    day = CoachingDayFactory(site=site, coach=coach, handed_in=True)
    client, typed = signed_in(user=coach), coaching_form()
    url, days = address("edit_coaching_day", day), reverse("sites:coaching_days")

    asked = client.post(url, typed | {"hours": "", "photo": tafel()})
    drafts = client.get(days).context["drafts"]
    done = client.post(url, typed)

    assert (asked.status_code, drafts, done.status_code) == (422, [], 302)
    day.refresh_from_db()
    assert day.photo.name == "Tafel.jpg"
    assert DayDraft.objects.count() == 0


def test_a_foreign_key_takes_no_photo_and_gives_none(signed_in, site, coach, empty_folder):
    typed = coaching_form()
    stranger = DayDraftFactory(key=typed["form_key"])

    answer = signed_in(user=coach).post(NEW, typed | {"happened": "", "photo": tafel()})

    assert "gehört einer anderen Person" in answer.content.decode()
    stranger.refresh_from_db()
    assert PHOTO not in stranger.values
    assert day_photos.kept(key=stranger.key, by=coach) is None


def test_a_photo_chosen_while_typing_is_kept_with_the_draft(signed_in, coach, empty_folder):
    client, typed = signed_in(user=coach), coaching_form(chosen_photo="Tafel.jpg")

    kept = client.post(KEEP, typed | {"photo": tafel()}).json()
    later = client.post(KEEP, coaching_form(form_key=typed["form_key"])).json()

    page = client.get(NEW, {"entwurf": typed["form_key"]}).content.decode()
    assert (kept["kept"], kept["problem"], later["kept"]) == (True, "", True)
    assert "Das Foto „Tafel.jpg“ ist schon angekommen" in page
    assert "nicht gespeichert" not in page


def test_a_photo_that_did_not_arrive_is_told_at_the_draft(signed_in, coach, empty_folder):
    client, typed = signed_in(user=coach), coaching_form()
    lost = "Das Foto „Tafel.heic“ wurde nicht gespeichert, bitte wählen Sie es erneut."

    client.post(KEEP, typed | {"chosen_photo": "Tafel.heic"})
    client.post(KEEP, typed | {"happened": "Weiter geschrieben"})
    listed = client.get(reverse("sites:coaching_days")).content.decode()
    opened = client.get(NEW, {"entwurf": typed["form_key"]}).content.decode()
    client.post(KEEP, typed | {"photo": tafel()})
    after = client.get(NEW, {"entwurf": typed["form_key"]}).content.decode()

    assert "„Tafel.heic“ wurde nicht gespeichert" in listed
    assert lost in opened
    assert lost not in after


def test_without_a_script_a_photo_that_fails_its_check_is_told_as_well(
    signed_in, coach, empty_folder
):
    client = signed_in(user=coach)
    text = SimpleUploadedFile("Tafel.jpg", b"kein Bild", "image/jpeg")

    answer = client.post(NEW, coaching_form(entwurf="1", photo=text), follow=True)

    assert "Das Foto wurde nicht gespeichert, bitte wählen Sie es erneut." in (
        answer.content.decode()
    )
    assert DayDraft.objects.get().values["chosen_photo"] == "Tafel.jpg"


def test_a_photo_taken_out_again_while_typing_is_forgotten(
    signed_in, coach, empty_folder, django_capture_on_commit_callbacks
):
    client, typed = signed_in(user=coach), coaching_form()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(KEEP, typed | {"photo": tafel()})
        client.post(KEEP, typed | {"forget_photo": "on"})

    page = client.get(NEW, {"entwurf": typed["form_key"]}).content.decode()

    assert stored() == []
    assert "schon angekommen" not in page


EMPTY = {"hours": "", "participants": "", "happened": "", "site_steps": "", "coach_steps": ""}


def test_an_untouched_or_emptied_form_leaves_no_draft(signed_in, coach):
    client, typed = signed_in(user=coach), coaching_form()

    untouched = client.post(KEEP, coaching_form(**EMPTY)).json()
    saved = client.post(NEW, coaching_form(entwurf="1", **EMPTY), follow=True).content.decode()
    client.post(KEEP, typed)
    between = DayDraft.objects.count()
    emptied = client.post(KEEP, typed | EMPTY).json()

    assert [(each["kept"], each["empty"]) for each in (untouched, emptied)] == [(False, True)] * 2
    assert "Es gibt nichts zu speichern" in saved
    assert (between, DayDraft.objects.count()) == (1, 0)
