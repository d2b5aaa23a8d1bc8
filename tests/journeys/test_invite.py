"""Journeys J1b and J1c: invite everybody in four clicks, remind in none or two."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from network.enums import Answer
from network.models import Invitation, Meeting
from network.services import reminders
from programme import clock
from programme.models import OutgoingMail
from tests.journeys.conftest import Visitor, run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


def draft(**columns: object) -> Meeting:
    """A meeting in two months, still a draft."""
    begins = clock.now() + timedelta(days=60)
    known = Meeting.objects.get(slug="fachaustausch-terminvergabe")
    return Meeting.objects.create(
        programme=known.programme,
        title="4. Landesnetzwerktreffen",
        slug="4-landesnetzwerktreffen",
        starts_at=begins,
        ends_at=begins + timedelta(hours=6),
        reply_until=begins - timedelta(days=20),
        venue="Stadtschloss Fulda",
        city="Fulda",
        **columns,
    )


def test_everybody_is_invited_in_four_clicks_on_one_page(visit: Callable[[], Visitor]) -> None:
    meeting = draft()
    office = visit()
    office.sign_in("team@example.org")
    office.open(f"/intern/netzwerk/treffen/{meeting.slug}/einladen/")

    office.press("ganzes Landesnetzwerk", role="link")  # 1 choose
    office.follow(office.page.locator("button[name=preview]"))  # 2 preview
    assert "wir laden Ihre Organisation" in office.text()
    assert "Einladung: 4. Landesnetzwerktreffen" in office.text()
    office.follow(office.page.locator("button[name=test]"))  # 3 test mail
    assert "Die Testmail geht an team@example.org." in office.text()
    assert not Invitation.objects.filter(meeting=meeting).exists()
    office.press("Einladungen senden")  # 4 send

    run_jobs()
    assert "39 Einladungen sind unterwegs." in office.text()
    assert Invitation.objects.filter(meeting=meeting).count() == 39
    letters = OutgoingMail.objects.filter(subject__contains="4. Landesnetzwerktreffen")
    assert letters.filter(letter="network/invitation_test").count() == 1
    sent = letters.filter(letter="network/invitation")
    assert len({mail.recipient for mail in sent}) == sent.count() >= 39
    assert meeting.reminders.count() == 3


def test_who_is_missing_is_reminded_in_two_clicks_or_none(visit: Callable[[], Visitor]) -> None:
    meeting = Meeting.objects.get(slug="fachaustausch-terminvergabe")
    open_now = set(
        Invitation.objects.filter(meeting=meeting, answer=Answer.OPEN).values_list("pk", flat=True)
    )
    office = visit()
    office.sign_in("team@example.org")
    office.open(f"/intern/netzwerk/treffen/{meeting.slug}/")
    assert f"Antwort fehlt ({len(open_now)})" in office.text()

    office.press("^Erinnern$", role="link")  # 1 who would get it
    office.press("Jetzt erinnern")  # 2 send

    assert f"{len(open_now)} Organisationen werden erinnert." in office.text()
    reminded = Invitation.objects.filter(letters__kind="reminder", meeting=meeting)
    assert set(reminded.values_list("pk", flat=True)) == open_now
    office.open(f"/intern/netzwerk/treffen/{meeting.slug}/versand/")
    assert "Erinnerung" in office.text()

    reminders.remind.call(meeting=meeting.pk)  # the timetable adds nothing on the same day
    assert OutgoingMail.objects.filter(letter="network/reminder").count() == reminded.count()


def test_an_answer_on_paper_is_entered_with_its_code(visit: Callable[[], Visitor]) -> None:
    meeting = Meeting.objects.get(slug="fachaustausch-terminvergabe")
    row = Invitation.objects.filter(meeting=meeting, answer=Answer.OPEN).first()
    assert row is not None
    office = visit()
    office.sign_in("team@example.org")
    office.open(f"/intern/netzwerk/treffen/{meeting.slug}/briefe/")
    office.open(f"/intern/netzwerk/treffen/{meeting.slug}/einladung/{row.organisation.slug}/")
    office.press("Antwort auf Papier eintragen", role="link")
    office.page.locator("[name=name_1]").fill("Bärbel Süß")
    office.page.locator("[name=email_1]").fill("baerbel.suess@example.org")
    office.press("Antwort eintragen")

    row.refresh_from_db()
    assert row.answer == Answer.COMING
    assert row.entries.get().channel == "paper"
