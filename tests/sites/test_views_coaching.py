"""Coaching days over the wire: sent twice, drafts, photos behind guards, answers by link."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programme import tokens
from programme.enums import Role
from sites.enums import AssignmentKind, SiteStatus
from sites.models import CoachingDay, DayDraft
from tests.factories.programme import UserFactory
from tests.factories.sites import (
    CoachingDayFactory,
    CoachingPhotoFactory,
    DayDraftFactory,
    NextStepFactory,
    SiteAssignmentFactory,
    SiteFactory,
)
from tests.sites.test_services_coaching_answers import picture
from tests.sites.test_views_workspace import coaching_form

pytestmark = pytest.mark.django_db
SYNC = reverse("sites:sync_coaching_day")
NEW = reverse("sites:new_coaching_day")


def address(name, day):
    return reverse(f"sites:{name}", args=[day.site.slug, day.pk])


def test_a_day_sent_again_and_again_arrives_once(signed_in, coach):
    client, form = signed_in(user=coach), coaching_form()

    answers = [client.post(SYNC, form) for _ in range(3)]
    by_hand = client.post(NEW, form)

    day = CoachingDay.objects.get()
    assert [answer.json() for answer in answers] == [{"url": address("coaching_day", day)}] * 3
    assert by_hand["Location"] == address("coaching_day", day)


@pytest.mark.parametrize(
    "change", [{"site": "fremd"}, {"hours": ""}, {"held_on": "2017-07-03"}, {"happened": " "}]
)
def test_a_day_that_cannot_be_is_not_taken_over(signed_in, site, coach, change):
    SiteFactory(programme=site.programme, slug="fremd")

    answer = signed_in(user=coach).post(SYNC, coaching_form(**change))

    assert (answer.status_code, CoachingDay.objects.count()) == (422, 0)


def test_a_withdrawn_site_is_not_offered(signed_in, site, coach):
    site.status = SiteStatus.WITHDRAWN
    site.save()

    answer = signed_in(user=coach).post(NEW, coaching_form())

    assert "site" in answer.context["form"].errors


def test_a_draft_is_kept_without_a_script_and_opens_with_what_was_typed(signed_in, coach):
    client, form = signed_in(user=coach), coaching_form(hours="", entwurf="1")

    client.post(NEW, form)

    draft = DayDraft.objects.get()
    page = client.get(NEW, {"entwurf": draft.key})
    assert page.context["form_key"] == draft.key
    assert "Abläufe aufgenommen." in page.content.decode()
    checked = client.get(NEW, {"entwurf": draft.key, "pruefen": "1"})
    assert "hours" in checked.context["form"].errors
    foreign = signed_in(Role.COACH).get(NEW, {"entwurf": draft.key})
    assert "Abläufe aufgenommen." not in foreign.content.decode()


def test_a_foreign_draft_cannot_be_thrown_away(signed_in):
    draft = DayDraftFactory()
    url = reverse("sites:discard_day_draft", args=[draft.key])

    assert signed_in(Role.COACH).post(url).status_code == 404
    assert DayDraft.objects.exists()


def test_the_photo_comes_redrawn_and_as_a_download_to_few(signed_in, coach, staff):
    photo = SimpleUploadedFile("Tafel.jpg", picture(comment=b"geheim"), "image/jpeg")
    signed_in(user=coach).post(NEW, coaching_form() | {"photo": photo})
    url = address("coaching_photo", CoachingDay.objects.get())

    answer = signed_in(user=staff).get(url)

    assert b"geheim" not in b"".join(answer.streaming_content)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")
    other = UserFactory(roles=[Role.SITE])
    SiteAssignmentFactory(user=other, kind=AssignmentKind.STAFF)
    refused = [signed_in(user=other), signed_in(Role.AUDITOR), signed_in(Role.COACH)]
    assert [client.get(url).status_code for client in refused] == [404] * 3


def test_what_is_no_photo_is_said_at_its_field(signed_in, coach):
    file = SimpleUploadedFile("tafel.jpg", b"<svg/>", "image/jpeg")

    answer = signed_in(user=coach).post(NEW, coaching_form() | {"photo": file})

    assert answer.status_code == 422
    assert "photo" in answer.context["form"].errors


def test_the_link_shows_the_day_and_only_the_button_confirms(client, site):
    day = CoachingDayFactory(site=site, handed_in=True)
    url = reverse("sites:confirm_coaching_day", args=[tokens.token("coaching_day", day.token_seed)])

    page = client.get(url)
    form = {"form_key": str(uuid4()), "seen_at": day.changed_at.isoformat()}
    day.refresh_from_db()
    assert (page.status_code, day.state, page["Cache-Control"]) == (200, "handed_in", "no-store")
    no_remark = client.post(url, form | {"antwort": "zurueckgeben"})
    assert "remark" in no_remark.context["form"].errors
    client.post(url, form | {"antwort": "bestaetigen", "form_key": str(uuid4())})

    day.refresh_from_db()
    assert day.state == "confirmed"
    assert client.get(reverse("sites:confirm_coaching_day", args=["falsch"])).status_code == 404


def test_each_side_ticks_off_its_own_steps(signed_in, site, coach, staff):
    step = NextStepFactory(coaching_day__site=site, side="site")
    url = reverse("sites:settle_step", args=["giessen", step.pk])

    assert signed_in(user=coach).post(url).status_code == 404
    assert signed_in(user=staff).post(url).status_code == 302
    step.refresh_from_db()
    assert step.done_by == staff


def test_the_coach_corrects_a_confirmed_day_with_a_reason(signed_in, site, coach):
    day = CoachingDayFactory(site=site)
    url = address("correct_coaching_day", day)
    client = signed_in(user=coach)

    assert "reason" in client.post(url, coaching_form()).context["form"].errors
    client.post(url, coaching_form(reason="Falsche Zahl", participants="9"))

    version = CoachingDay.objects.get(replaces=day)
    assert (version.version, version.participants, version.state) == (2, 9, "handed_in")


@pytest.mark.parametrize("amount", [1, 3])
def test_lists_cost_the_same_for_any_amount(
    signed_in, site, coach, amount, django_assert_num_queries
):
    for day in CoachingDayFactory.create_batch(amount, site=site, handed_in=True):
        NextStepFactory(coaching_day=day)
    DayDraftFactory.create_batch(amount, coach=coach)
    client = signed_in(user=coach)

    with django_assert_num_queries(7):
        client.get(reverse("sites:coaching_days"))
    with django_assert_num_queries(8):
        client.get(reverse("sites:next_steps", args=["giessen"]))


def test_a_day_with_everything_costs_few_queries(
    signed_in, site, coach, django_assert_max_num_queries
):
    day = CoachingDayFactory(site=site)
    NextStepFactory.create_batch(3, coaching_day=day)
    CoachingPhotoFactory(coaching_day=day)
    client = signed_in(user=coach)

    with django_assert_max_num_queries(12):
        client.get(address("coaching_day", day))
