"""What a site says to a coaching day, corrections, the exactly-once key, drafts, photos, steps."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image

from programme import clock
from programme.enums import Role
from programme.errors import RuleBroken
from programme.models import AuditEntry, OutgoingMail
from sites.enums import AssignmentKind, CoachingDayState, Side
from sites.models import CoachingDay, DayDraft, Site
from sites.queries import coaching as queries
from sites.queries import sites as site_queries
from sites.rules.coaching import headline, read_step, write_step
from sites.rules.photos import redrawn
from sites.services import coaching, coaching_answers, coaching_budget, day_drafts, next_steps
from sites.services.coaching import AgreedStep
from tests.factories.network import ContactFactory
from tests.factories.programme import UserFactory
from tests.factories.sites import (
    CoachingDayFactory,
    DayDraftFactory,
    NextStepFactory,
    SiteAssignmentFactory,
    SiteFactory,
)
from tests.sites.test_services_coaching import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(programme):
    return SiteFactory(programme=programme, name="Gießen")


@pytest.fixture
def coach():
    return UserFactory(email="coach@example.org")


@pytest.fixture
def day(site, coach):
    return coaching.log(site=site, draft=DAY, by=coach)


def picture(kind="JPEG", **options):
    out = BytesIO()
    image = Image.new("RGB", (40, 20), "white")
    image.save(out, format=kind, **options)
    return out.getvalue()


def seen(day):
    day.refresh_from_db()
    return day.changed_at


def test_the_same_key_counts_once_and_clears_the_draft(site, coach):
    key = uuid4()
    day_drafts.keep(key=key, values={"happened": "Erste Größe"}, by=coach)

    first = coaching.log(site=site, draft=DAY, by=coach, key=key)
    again = coaching.log(site=site, draft=replace(DAY, participants=99), by=coach, key=key)

    assert (again.pk, CoachingDay.objects.count(), first.participants) == (first.pk, 1, 5)
    assert not DayDraft.objects.exists()
    assert day_drafts.keep(key=key, values={"happened": "zu spät"}, by=coach) is None
    with pytest.raises(RuleBroken, match="anderen Begleittag"):
        coaching.log(site=site, draft=DAY, by=UserFactory(), key=key)


def test_staff_are_asked_or_else_the_contacts_of_the_office(site, coach):
    ContactFactory(organisation=site.organisation, email="amt@example.org")
    coaching.log(site=site, draft=DAY, by=coach)
    staff = UserFactory(email="standort@example.org", roles=[Role.SITE])
    SiteAssignmentFactory(user=staff, site=site, kind=AssignmentKind.STAFF)
    coaching.log(site=site, draft=DAY, by=coach)

    letters = OutgoingMail.objects.order_by("pk").values_list("recipient", "letter")
    assert list(letters) == [
        ("amt@example.org", "sites/coaching_day_to_confirm"),
        ("standort@example.org", "sites/coaching_day_to_confirm"),
    ]


def test_a_day_counts_once_it_is_confirmed_and_confirming_twice_changes_nothing(site, day):
    assert site_queries.coaching_effort(site=site).days == 0
    staff = UserFactory()

    coaching_answers.confirm(day=day, seen_at=seen(day), by=staff)
    coaching_answers.confirm(day=day, seen_at=None, by=None)

    assert site_queries.coaching_effort(site=site).days == 1
    day.refresh_from_db()
    assert (day.state, day.answered_by) == ("confirmed", staff)
    assert AuditEntry.objects.filter(verb="coaching.confirmed").count() == 1


def test_a_version_nobody_has_read_is_not_confirmed(day, coach):
    read = seen(day)
    coaching.revise(day=day, draft=replace(DAY, participants=6), by=coach)

    with pytest.raises(RuleBroken, match="inzwischen geändert"):
        coaching_answers.confirm(day=day, seen_at=read, by=None)


def test_a_day_goes_back_with_a_remark_and_comes_again_with_a_fresh_link(day, coach):
    with pytest.raises(RuleBroken) as broken:
        coaching_answers.give_back(day=day, remark=" ", seen_at=seen(day), by=None)
    assert broken.value.field == "remark"
    coaching_answers.give_back(day=day, remark="Es waren sieben.", seen_at=seen(day), by=None)
    day.refresh_from_db()
    link = day.token_digest
    assert OutgoingMail.objects.get().recipient == "coach@example.org"
    with pytest.raises(RuleBroken, match="schon eine Antwort"):
        coaching_answers.confirm(day=day, seen_at=seen(day), by=None)

    coaching.revise(day=day, draft=replace(DAY, participants=7), by=coach)

    day.refresh_from_db()
    assert (day.state, day.participants) == ("handed_in", 7)
    assert day.token_digest != link


def test_a_confirmed_day_changes_only_by_a_correction_the_site_confirms(site, day, coach):
    with pytest.raises(RuleBroken, match="erst möglich"):
        coaching.correct(day=day, draft=DAY, reason="Zahl", by=coach)
    coaching_answers.confirm(day=day, seen_at=seen(day), by=None)
    with pytest.raises(RuleBroken, match="Korrektur"):
        coaching.revise(day=day, draft=DAY, by=coach)
    with pytest.raises(RuleBroken) as broken:
        coaching.correct(day=day, draft=DAY, reason=" ", by=coach)
    assert broken.value.field == "reason"

    step = day.next_steps.get(text="Wartezeiten zählen")
    version = coaching.correct(day=day, draft=replace(DAY, hours=4), reason="Halber Tag", by=coach)
    next_steps.settle(step=step, is_done=True, by=coach)
    with pytest.raises(RuleBroken, match="schon eine Korrektur"):
        coaching.correct(day=day, draft=DAY, reason="Noch einmal", by=coach)
    assert site_queries.coaching_effort(site=site).hours == DAY.hours
    assert CoachingDay.objects.used().count() == 1
    coaching_answers.confirm(day=version, seen_at=seen(version), by=None)

    day.refresh_from_db()
    version.refresh_from_db()
    assert (day.state, version.state, version.version) == ("replaced", "confirmed", 2)
    assert site_queries.coaching_effort(site=site).hours == 4
    assert version.next_steps.get(text="Wartezeiten zählen").done_on == clock.today()
    assert [row.pk for row in queries.steps(site=site) if row.coaching_day_id == day.pk] == []


def test_used_days_are_set_against_agreed_ones(site, day):
    CoachingDayFactory(site=site)
    CoachingDayFactory(site=site, state=CoachingDayState.REPLACED)
    coaching_budget.agree(site=site, days=1, by=UserFactory())

    found = queries.budget(site=Site.objects.annotate(**queries.day_numbers()).get(pk=site.pk))

    assert (found.agreed, found.used, found.waiting, found.left, found.over) == (1, 2, 1, -1, 1)


def test_drafts_belong_to_one_person_and_go_after_ninety_days(coach, time_machine):
    key = uuid4()
    day_drafts.keep(key=key, values={"happened": "a\x00b", "fremd": "x"}, by=coach)
    assert DayDraft.objects.get().values["happened"] == "ab"
    assert "fremd" not in DayDraft.objects.get().values
    with pytest.raises(RuleBroken, match="anderen Person"):
        day_drafts.keep(key=key, values={}, by=UserFactory())
    day_drafts.discard(draft=DayDraft.objects.get(), by=UserFactory())
    assert DayDraft.objects.count() == 1
    DayDraftFactory(coach=coach, changed_at=clock.now() - timedelta(days=91))

    assert day_drafts.forget_due.call() == 1
    assert DayDraft.objects.get().key == key


def test_nobody_collects_drafts_without_end(coach):
    DayDraftFactory.create_batch(day_drafts.MOST, coach=coach)

    with pytest.raises(RuleBroken, match="schon 30 Entwürfe"):
        day_drafts.keep(key=uuid4(), values={"happened": "Notiz"}, by=coach)


def test_steps_are_ticked_off_and_late_ones_stand_out(site):
    late = NextStepFactory(coaching_day__site=site, due_on=date(2017, 1, 1))
    coach = UserFactory()
    assert late.is_overdue

    next_steps.settle(step=late, is_done=True, by=coach)
    next_steps.settle(step=late, is_done=True, by=UserFactory())

    late.refresh_from_db()
    assert (late.done_by, late.is_overdue) == (coach, False)
    next_steps.settle(step=late, is_done=False, by=coach)
    late.refresh_from_db()
    assert (late.done_on, late.done_by) == (None, None)


def test_a_photo_is_drawn_anew_without_what_the_camera_wrote():
    exif = Image.Exif()
    exif[0x010E] = "Flur im dritten Stock"
    content = picture(exif=exif, comment=b"geheim")
    assert b"Flur" in content

    photo = redrawn(name="Tafel Größe.jpeg", content=content)

    assert (photo.name, photo.content_type) == ("Tafel Größe.jpg", "image/jpeg")
    assert b"Flur" not in photo.content
    assert b"geheim" not in photo.content
    assert not Image.open(BytesIO(photo.content)).getexif()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7\n%%EOF",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\x89PNG\r\n\x1a\nkaputtIEND",
        picture()[:300] + b"\xff\xd9",
    ],
)
def test_what_is_no_photo_is_refused_at_its_field(content):
    with pytest.raises(RuleBroken) as broken:
        redrawn(name="tafel.png", content=content)
    assert broken.value.field == "photo"


def test_a_file_of_another_kind_is_asked_for_as_photo_only():
    with pytest.raises(RuleBroken) as broken:
        redrawn(name="protokoll.pdf", content=b"%PDF-1.7\n%%EOF")
    assert broken.value.message == "Bitte wählen Sie ein Foto im Format PNG oder JPG."


def test_a_site_that_left_agrees_no_days(site):
    site.status = "withdrawn"
    site.save()

    with pytest.raises(RuleBroken) as broken:
        coaching_budget.agree(site=site, days=3, by=UserFactory())
    assert broken.value.field == "days"


def test_a_new_photo_replaces_the_old_and_may_go(site, coach, django_capture_on_commit_callbacks):
    first = redrawn(name="eins.png", content=picture("PNG"))
    day = coaching.log(site=site, draft=replace(DAY, photo=first), by=coach)
    storage, name = day.photo.file.storage, day.photo.file.name
    assert storage.exists(name)

    with django_capture_on_commit_callbacks(execute=True):
        coaching.revise(day=day, draft=replace(DAY, drop_photo=True), by=coach)

    assert not storage.exists(name)
    assert not hasattr(CoachingDay.objects.get(pk=day.pk), "photo")


def test_what_was_done_stays_done_when_the_day_changes(day, coach):
    step = day.next_steps.get(text="Wartezeiten zählen")
    next_steps.settle(step=step, is_done=True, by=coach)
    agreed = (AgreedStep(Side.SITE, "Wartezeiten zählen"), AgreedStep(Side.COACH, "Neu"))

    coaching.revise(day=day, draft=replace(DAY, steps=agreed), by=coach)

    found = day.next_steps.order_by("pk").values_list("text", "done_on")
    assert list(found) == [("Wartezeiten zählen", clock.today()), ("Neu", None)]


@pytest.mark.parametrize(
    ("line", "text", "due_on"),
    [
        ("Schilder prüfen bis 29.2.2016", "Schilder prüfen", date(2016, 2, 29)),
        ("Schilder prüfen (bis zum 01.03.2016)", "Schilder prüfen", date(2016, 3, 1)),
        ("Schilder prüfen bis 30.2.2016", "Schilder prüfen bis 30.2.2016", date(2017, 1, 1)),
        ("Alles bis Ostern", "Alles bis Ostern", date(2017, 1, 1)),
    ],
)
def test_a_step_may_bring_its_own_day(line, text, due_on):
    assert read_step(line, date(2017, 1, 1)) == (text, due_on)
    assert read_step(write_step(text, due_on, None), None) == (text, due_on)


def test_the_first_sentence_is_the_headline():
    assert headline("Ist-Analyse. Danach mehr.") == "Ist-Analyse"
    assert headline("Größe " * 30).endswith(" …")
    assert len(headline("Größe " * 30)) <= 80
