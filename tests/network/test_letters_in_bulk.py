"""A whole network is invited while the mail server or the worker fails: each letter once (M1-M5).

The send log of the meeting says at every moment what is true.
"""

import os
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings as project
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection

from network.enums import MeetingStatus
from network.models import InvitationLetter
from network.queries import letters as letter_queries
from network.services import invitations
from programme import clock
from programme.enums import MailStatus
from programme.models import OutgoingMail
from programme.outbox import delivery
from tests.factories.network import ContactFactory, MeetingFactory
from tests.factories.programme import ProgrammeFactory, UserFactory
from tests.programme import smtp

OFFICES, MANY = 40, 120
DELIVER = "from programme.outbox import delivery; delivery.deliver_pending.call()"


@pytest.fixture
def server(settings):
    with smtp.running() as running:
        settings.DELIVERY_EMAIL = {
            "EMAIL_BACKEND": f"{EmailBackend.__module__}.{EmailBackend.__qualname__}",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": running.server_address[1],
            "EMAIL_TIMEOUT": 30,
        }
        yield running


def invite(offices: int = OFFICES, *, address: str = ""):
    """Invite so many offices, the first at this address, and return the meeting."""
    meeting = MeetingFactory.create(
        programme=ProgrammeFactory.create(is_current=True), status=MeetingStatus.DRAFT
    )
    contacts = ContactFactory.create_batch(offices)
    if address:
        contacts[0].email = address
        contacts[0].save()
    guests = [contact.organisation for contact in contacts]
    invitations.invite(meeting=meeting, organisations=guests, by=UserFactory.create())
    return meeting


def log(meeting) -> dict[str, int]:
    """Return what the send log says, counted."""
    rows = letter_queries.send_log(meeting=meeting)
    return dict(Counter(letter_queries.delivery(row)[0] for row in rows))


def noted() -> Counter[str]:
    """Return the Message-IDs the portal noted when it invited, each once."""
    return Counter(InvitationLetter.objects.values_list("message_id", flat=True))


def arrived(server) -> Counter[str]:
    return Counter(str(message["Message-ID"]) for message in server.received)


def repeats(server) -> list[str]:
    """Return the Message-IDs of the letters that say that they are a repeat."""
    return [str(mail["Message-ID"]) for mail in server.received if mail["X-Wiederholung"]]


def lease_runs_out() -> None:
    """Let the time pass after which letters of a dead worker are free again."""
    OutgoingMail.objects.filter(status=MailStatus.SENDING).update(next_attempt_at=clock.now())


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["away", "hang", "later"])
def test_a_server_that_fails_for_half_an_hour_costs_no_letter(
    server, settings, time_machine, fault
):
    works = settings.DELIVERY_EMAIL
    # Only a server that is meant to be silent is given up soon: a busy machine may be slow too.
    soon = {"EMAIL_TIMEOUT": 0.5} if fault == "hang" else {}
    settings.DELIVERY_EMAIL = works | soon | ({"EMAIL_PORT": 1} if fault == "away" else {})
    server.mode = fault
    meeting = invite()
    for _ in range(5):
        delivery.deliver_pending.call()
        time_machine.move_to(clock.now() + timedelta(minutes=6))

    during = log(meeting)
    settings.DELIVERY_EMAIL, server.mode = works, ""
    delivery.deliver_pending.call()

    assert during == {"verzögert": OFFICES}
    assert log(meeting) == {"versendet": OFFICES}
    assert arrived(server) == noted()


@pytest.mark.django_db
def test_a_mailbox_that_refuses_holds_up_no_other_and_is_sent_to_again(server, time_machine):
    meeting = invite(address="unbekannt@example.org")
    delivery.deliver_pending.call()
    during = log(meeting)
    time_machine.move_to(clock.now() + timedelta(hours=73))
    delivery.deliver_pending.call()
    given_up, lost = log(meeting), letter_queries.lost(meeting=meeting)
    office = InvitationLetter.objects.get(recipient="unbekannt@example.org").invitation
    office.organisation.contacts.update(email="neu@example.org")

    invitations.resend(invitation=office, by=UserFactory.create())
    delivery.deliver_pending.call()

    assert during == {"versendet": OFFICES - 1, "verzögert": 1}
    assert (given_up, lost) == ({"versendet": OFFICES - 1, "nicht zugestellt": 1}, 1)
    assert log(meeting) == {"versendet": OFFICES, "nicht zugestellt": 1}
    assert letter_queries.lost(meeting=meeting) == 0
    assert set(arrived(server).values()) == {1}
    assert Counter(mail["To"] for mail in server.received)["neu@example.org"] == 1


@pytest.mark.django_db
def test_answers_lost_on_the_way_bring_marked_repeats_and_no_more(server, time_machine):
    meeting = invite()
    server.mode = "lostack"
    delivery.deliver_pending.call()
    unanswered = set(arrived(server))
    server.mode = ""
    time_machine.move_to(clock.now() + timedelta(minutes=1))

    delivery.deliver_pending.call()

    assert len(unanswered) == delivery.BROKEN_CONNECTIONS_PER_RUN
    assert arrived(server) == noted() + Counter(unanswered)
    assert set(repeats(server)) == unanswered
    assert len(repeats(server)) == len(unanswered)
    assert log(meeting) == {"versendet": OFFICES}


@pytest.mark.django_db(transaction=True)
def test_killed_workers_lose_no_letter_and_repeat_at_most_one_each(server):
    meeting = invite()
    kills = 2
    for kill in range(1, kills + 1):
        _kill_worker_after(server, OFFICES * kill // 3)
        during = log(meeting)
        assert set(during) <= {"versendet", "wird versendet", "wartet auf Versand"}
        assert sum(during.values()) == OFFICES
        assert during["versendet"] <= len(arrived(server))
        lease_runs_out()

    delivery.deliver_pending.call()

    again = arrived(server) - noted()
    assert set(arrived(server)) == set(noted())
    assert again.total() <= kills
    assert set(again) <= set(repeats(server))
    assert log(meeting) == {"versendet": OFFICES}


def _kill_worker_after(server, letters: int) -> None:
    """Start a process that delivers and kill it without warning once so many have arrived."""
    name = str(connection.settings_dict["NAME"])
    url = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        url = f"postgres://{connection.settings_dict['USER']}@/{name}?host=" + str(
            connection.settings_dict["HOST"]
            or connection.settings_dict.get("OPTIONS", {}).get("host", "")
        )
    env = os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "programme.settings.dev",
        "EMAIL_URL": f"smtp://127.0.0.1:{server.server_address[1]}",
    }
    receive = server.receive

    def receive_slowly(raw: bytes) -> None:
        time.sleep(0.02)
        receive(raw)

    server.receive = receive_slowly
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", DELIVER]
    worker = subprocess.Popen(command, cwd=project.BASE_DIR, env=env)  # noqa: S603  our own
    until = time.monotonic() + 60
    while len(server.received) < letters and worker.poll() is None and time.monotonic() < until:
        time.sleep(0.005)
    worker.kill()
    assert worker.wait(30) < 0, "the worker ended before it was killed"
    server.receive = receive


@pytest.mark.django_db(transaction=True)
def test_three_workers_by_mistake_send_every_letter_once(server):
    meeting = invite(MANY)
    delivered: list[int] = []

    def work() -> None:
        try:
            delivered.append(delivery.deliver_pending.call())
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(delivered) == MANY
    assert arrived(server) == noted()
    assert log(meeting) == {"versendet": MANY}
