"""Collected letters: one a person, on weekday mornings, each piece of news once."""

import threading
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from programme import clock
from programme.enums import Role
from programme.models import Notice, OutgoingMail
from programme.services import digests, notices
from tests.factories.programme import (
    LegalNoticeFactory,
    NoticeChoiceFactory,
    NoticeFactory,
    UserFactory,
)
from tests.letters import letters

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


def berlin(text):
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.fixture
def at(monkeypatch):
    """Set the clock to a moment in Hessen."""

    def set_clock(text):
        monkeypatch.setattr(clock, "now", lambda: berlin(text))

    return set_clock


@pytest.fixture
def coach(programme):
    LegalNoticeFactory(programme=programme)
    return UserFactory(roles=[Role.COACH], full_name="Jörg Ünal", email="joerg@example.org")


def news(person, at, **more):
    return NoticeFactory(user=person, created_at=berlin(at), **more)


def run():
    """Run the timetable and the letters it asks for; return how many people it named."""
    asked = digests.send_due.call()
    for row in DBTaskResult.objects.filter(task_path=digests.write.module_path):
        digests.write.call(**row.args_kwargs["kwargs"])
        row.delete()
    return asked


def at_once(act):
    """Do the same in two threads at the same moment and return both results."""
    together, results = threading.Barrier(2), []

    def work():
        together.wait()
        results.append(act())
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def told():
    return Notice.objects.filter(mail__isnull=False).count()


@pytest.mark.parametrize(
    ("speed", "happened", "before", "after"),
    [
        # A Thursday in a leap year: the next morning.
        ("daily", "2024-02-29T12:00", "2024-03-01T06:59", "2024-03-01T07:00"),
        # In the small hours: the same morning.
        ("daily", "2024-02-29T05:00", "2024-02-29T06:59", "2024-02-29T07:00"),
        # On a Friday afternoon: Monday, across the change to summer time.
        ("daily", "2017-03-24T15:00", "2017-03-27T06:59", "2017-03-27T07:00"),
        # Across the change back.
        ("daily", "2017-10-27T15:00", "2017-10-30T06:59", "2017-10-30T07:00"),
        ("weekly", "2017-03-21T15:00", "2017-03-27T06:59", "2017-03-27T07:00"),
        ("weekly", "2017-10-29T02:30", "2017-10-30T06:59", "2017-10-30T07:00"),
        # A leap day that is a Monday, after seven: a week later.
        ("weekly", "2016-02-29T07:00", "2016-03-07T06:59", "2016-03-07T07:00"),
        ("weekly", "2016-02-29T06:59", "2016-02-29T06:59", "2016-02-29T07:00"),
        # Across the turn of the year.
        ("weekly", "2024-12-31T12:00", "2025-01-06T06:59", "2025-01-06T07:00"),
        # What waited when somebody chose "sofort" goes the next morning.
        ("now", "2024-02-28T12:00", "2024-02-29T06:59", "2024-02-29T07:00"),
    ],
)
def test_news_leave_in_the_morning_they_belong_to(coach, at, speed, happened, before, after):
    NoticeChoiceFactory(user=coach, speed=speed)
    news(coach, happened)

    at(before)
    assert (run(), letters()) == (0, [])
    at(after)
    assert (run(), letters()) == (1, [("programme/digest", "joerg@example.org")])
    assert (run(), told()) == (0, 1)


def test_nothing_leaves_at_the_weekend(coach, at):
    news(coach, "2024-03-01T12:00")

    for moment in ("2024-03-02T07:00", "2024-03-02T23:59", "2024-03-03T12:00"):
        at(moment)
        assert run() == 0

    assert letters() == []


def test_a_standstill_is_made_up_for_by_one_letter(coach, at):
    NoticeChoiceFactory(user=coach, topic="steps", speed="weekly")
    for day in range(1, 21):
        news(coach, f"2024-02-{day:02}T12:00")
        news(coach, f"2024-02-{day:02}T13:00", topic="steps")
    at("2024-02-29T10:10")

    run()

    # Of the weekly topic what happened until Monday the 26th, of the daily one everything.
    assert (OutgoingMail.objects.count(), told()) == (1, 40)


def test_a_clock_that_jumps_back_tells_nothing_twice(coach, at):
    news(coach, "2024-02-27T12:00")
    at("2024-02-29T10:00")
    run()

    at("2024-02-28T10:00")
    run()
    at("2024-02-29T10:00")
    run()

    assert (OutgoingMail.objects.count(), told()) == (1, 1)


def test_daily_and_weekly_news_of_a_monday_share_one_letter(coach, at):
    NoticeChoiceFactory(user=coach, topic="steps", speed="weekly")
    news(coach, "2024-02-24T12:00")
    news(coach, "2024-02-20T12:00", topic="steps")
    at("2024-02-26T07:05")

    run()

    assert (OutgoingMail.objects.count(), told()) == (1, 2)


def test_the_letter_of_another_worker_is_not_written_again(coach, at):
    news(coach, "2024-02-27T12:00")
    at("2024-02-28T08:00")

    assert [digests.send_due.call(), digests.send_due.call()] == [1, 1]
    assert [digests.write.call(person=coach.pk), digests.write.call(person=coach.pk)] == [1, 0]
    assert OutgoingMail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_one_letter(programme):
    person = UserFactory(roles=[Role.COACH])
    for _ in range(20):
        NoticeFactory(user=person, created_at=clock.now() - timedelta(days=9))

    written = at_once(lambda: digests.write.call(person=person.pk))

    assert sorted(written) == [0, 20]
    assert OutgoingMail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_processes_that_tell_the_same_write_one_letter(programme):
    person = UserFactory(roles=[Role.COACH])
    NoticeChoiceFactory(user=person, speed="now")

    at_once(
        lambda: notices.tell(
            topic="coaching", people=[person], key="x", sentence="Neu.", path="/intern/", by=None
        )
    )

    assert (Notice.objects.count(), OutgoingMail.objects.count()) == (1, 1)


def test_without_news_there_is_no_letter(coach, at):
    at("2024-02-28T08:00")

    assert digests.write.call(person=coach.pk) == 0
    assert digests.write.call(person=coach.pk + 1000) == 0
    assert letters() == []


def test_closed_accounts_get_no_letter(coach, at):
    news(coach, "2024-02-27T12:00")
    coach.is_active = False
    coach.save()
    at("2024-02-28T08:00")

    assert (run(), digests.write.call(person=coach.pk), letters()) == (0, 0, [])


def test_what_a_lost_role_opened_is_told_to_nobody(coach, at):
    kept = news(coach, "2024-02-27T12:00")
    lost = news(coach, "2024-02-27T13:00", topic="post")
    gone = news(coach, "2024-02-27T13:00", topic="a topic of an earlier version")
    at("2024-02-28T08:00")

    run()

    for row in (kept, lost, gone):
        row.refresh_from_db()
    assert kept.mail is not None
    assert (lost.mail, lost.sent_at) == (None, clock.now())
    assert (gone.mail, gone.sent_at) == (None, None)
    assert "1 Nachricht" in OutgoingMail.objects.get().subject


def test_a_letter_shows_fifty_entries_and_counts_the_rest(coach, at):
    for minute in range(53):
        news(coach, f"2024-02-27T12:{minute:02}", sentence=f"Nachricht {minute}.")
    at("2024-02-28T08:00")

    run()

    mail = OutgoingMail.objects.get()
    lines = mail.text_body.splitlines()
    shown = [line.split(": ")[1] for line in lines if ": Nachricht" in line]
    assert mail.subject == "Neues im Portal: 53 Nachrichten"
    assert shown == [f"Nachricht {minute}." for minute in range(52, 2, -1)]
    assert "und 3 weitere." in lines
    assert told() == 53


@pytest.mark.parametrize("amount", [1, 3])
def test_asking_who_is_due_costs_two_reads_for_any_number_of_news(
    coach, at, amount, django_assert_num_queries
):
    for _ in range(amount):
        news(coach, "2024-02-27T12:00")
    at("2024-02-26T08:00")

    with django_assert_num_queries(4):  # with the savepoint and its release
        digests.send_due.call()


def test_news_wait_no_longer_than_over_a_weekend_or_a_week():
    start = berlin("2024-02-26T00:00")

    for hour in range(24 * 14):
        moment = start + timedelta(hours=hour)
        assert moment - digests.rules.last_daily(moment) <= timedelta(hours=72)
        assert moment - digests.rules.last_weekly(moment) <= timedelta(days=7)
