"""Reminders of the dates of the funding: 28, 7 and 1 day before, once, to the right people."""

from datetime import date

import pytest
import time_machine

from programme.enums import Role
from programme.models import DeadlineReminder
from programme.services.deadline_reminders import remind_of_deadlines
from tests.factories.drawdowns import load_numbers
from tests.factories.programme import UserFactory
from tests.letters import letters, newest


@pytest.fixture
def people(plan):
    load_numbers(programme=plan.programme)
    finance = UserFactory(roles=[Role.FINANCE, Role.OFFICE], email="geld@example.org")
    UserFactory(roles=[Role.AUDITOR, Role.ADMIN])
    UserFactory(roles=[Role.OFFICE], is_active=False)
    return finance


def on(day):
    with time_machine.travel(f"{day}T09:00:00+02:00", tick=False):
        return remind_of_deadlines.call()


def test_each_reminder_goes_once_however_often_the_job_runs(people):
    sent = [
        on(day) for day in ("2017-08-02", "2017-08-03", "2017-08-03", "2017-08-24", "2017-08-30")
    ]

    assert sent == [0, 1, 0, 1, 1]
    assert letters() == [("programme/deadline_reminder", "geld@example.org")] * 3
    assert newest().subject == "Abschlussverwendungsnachweis (AMIF): in 1 Tag fällig"
    rows = DeadlineReminder.objects.filter(key="final:AMIF").order_by("pk")
    assert list(rows.values_list("due_on", "days_before")) == [
        (date(2017, 8, 31), before) for before in (28, 7, 1)
    ]


def test_a_reminder_missed_while_the_worker_stood_still_goes_later_once(people):
    assert [on("2017-08-10"), on("2017-08-11"), on("2017-08-29")] == [1, 0, 1]


def test_nobody_is_reminded_without_a_programme_or_after_the_date(db):
    assert on("2017-08-24") == 0


def test_a_date_that_has_passed_causes_no_letter(people):
    assert on("2026-11-22") == 0
