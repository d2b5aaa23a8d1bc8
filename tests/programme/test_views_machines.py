"""Answers for machines: health tells the truth, robots stay outside."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from programme import clock
from programme.enums import MailStatus
from programme.models import AuditChain, OutgoingMail, WorkerBeat
from tests.factories.programme import OutgoingMailFactory
from tests.programme import background


def look(client):
    response = client.get(reverse("programme:health"))
    return response.status_code, response.json()


@pytest.fixture
def beating(db):
    return WorkerBeat.objects.create(worker_id="w1", seen_at=clock.now())


def test_all_is_well(client, beating):
    OutgoingMailFactory(sent=True)

    status, body = look(client)

    assert status == 200
    assert body == {
        "status": "ok",
        "database": True,
        "oldest_waiting_mail_seconds": None,
        "oldest_waiting_job_seconds": None,
        "last_worker_beat_seconds": 0,
        "undelivered_mails": 0,
        "logbook_is_whole": True,
    }


def test_a_broken_logbook_is_a_warning_and_no_reason_to_switch_off(client, beating):
    AuditChain.objects.update(fault="Eintrag 3 fehlt.")

    status, body = look(client)

    assert (status, body["status"], body["logbook_is_whole"]) == (200, "warning", False)


@pytest.mark.django_db
def test_a_silent_worker_is_a_fault(client):
    assert look(client)[0] == 503
    WorkerBeat.objects.create(worker_id="w1", seen_at=clock.now() - timedelta(minutes=2))

    status, body = look(client)

    assert (status, body["status"]) == (503, "fault")


@pytest.mark.parametrize("state", [MailStatus.WAITING, MailStatus.DELAYED, MailStatus.SENDING])
def test_a_mail_that_waits_too_long_is_a_fault(client, beating, state):
    OutgoingMailFactory(status=state)
    before = look(client)[0]
    OutgoingMail.objects.update(created_at=clock.now() - timedelta(minutes=16))

    assert (before, look(client)[0]) == (200, 503)


def test_a_job_nobody_takes_is_a_fault_and_one_that_is_tried_again_is_none(client, beating):
    background.note.enqueue(word="wartet")
    before = look(client)[0]
    long_ago = clock.now() - timedelta(minutes=16)
    DBTaskResult.objects.update(enqueued_at=long_ago)
    untouched = look(client)[0]
    DBTaskResult.objects.update(started_at=long_ago)

    assert (before, untouched, look(client)[0]) == (200, 503, 200)


def test_a_missing_database_is_said_and_not_thrown(client, beating, monkeypatch):
    def away(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(OutgoingMail.objects, "filter", away)

    status, body = look(client)

    assert (status, body["database"]) == (503, False)


def test_robots_stay_out_of_workspace_and_account(client):
    text = client.get("/robots.txt").content.decode()

    assert text.startswith("User-agent: *\nDisallow: /intern/\nDisallow: /konto/\n\nSitemap: ")


def test_a_weakness_can_be_reported(client, programme):
    text = client.get("/.well-known/security.txt").content.decode()

    assert "Contact: mailto:kontakt@example.org\n" in text
    assert "Canonical: https://portal.example.org/.well-known/security.txt\n" in text
    assert "Expires: " in text
