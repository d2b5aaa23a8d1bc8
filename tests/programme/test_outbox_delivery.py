"""The post office against a real mail server: exactly once, patient, never stuck."""

import threading
from datetime import timedelta

import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection

from programme import clock
from programme.enums import MailStatus
from programme.models import OutgoingMail
from programme.outbox import delivery
from tests.factories.programme import MailAttachmentFactory, OutgoingMailFactory
from tests.programme import smtp


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


def deliver():
    return delivery.deliver_pending.call()


@pytest.mark.django_db
def test_mails_leave_over_one_connection_with_umlauts_and_files(server):
    mails = [OutgoingMailFactory(subject=f"Übersicht {number}") for number in range(25)]
    MailAttachmentFactory(mail=mails[0], content=b"\x00BEGIN", name="Übersicht.ics")

    assert deliver() == 25

    first = server.received[0]
    assert server.connections == 1
    assert [message["Subject"] for message in server.received] == [m.subject for m in mails]
    assert [message["Message-ID"] for message in server.received] == [m.message_id for m in mails]
    assert first["From"] == "portal@example.org"
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["X-Wiederholung"] is None
    assert first.get_body(("html",)).get_content().strip() == mails[0].html_body
    assert [part.get_filename() for part in first.iter_attachments()] == ["Übersicht.ics"]
    assert set(OutgoingMail.objects.values_list("status", "attempts")) == {(MailStatus.SENT, 1)}


@pytest.mark.django_db
def test_only_letters_with_news_say_how_a_mail_program_ends_them(server):
    OutgoingMailFactory(unsubscribe_url="https://portal.example.org/benachrichtigung/t0ken/steps/")
    OutgoingMailFactory()

    deliver()

    heads = [(mail["List-Unsubscribe"], mail["List-Unsubscribe-Post"]) for mail in server.received]
    assert heads == [
        (
            "<https://portal.example.org/benachrichtigung/t0ken/steps/>",
            "List-Unsubscribe=One-Click",
        ),
        (None, None),
    ]


@pytest.mark.django_db
def test_a_second_run_sends_nothing_again(server):
    OutgoingMailFactory()

    assert [deliver(), deliver()] == [1, 0]
    assert len(server.received) == 1


@pytest.mark.django_db
def test_one_refused_recipient_does_not_stop_the_others(server, caplog):
    refused = OutgoingMailFactory(recipient="unbekannt@example.org")
    OutgoingMailFactory.create_batch(2)

    assert deliver() == 2

    refused.refresh_from_db()
    assert refused.status == MailStatus.DELAYED
    assert "550" in refused.last_error
    assert refused.message_id in caplog.text  # the second way staff hear of it (target M2)


@pytest.mark.django_db
@pytest.mark.parametrize("mode", ["later", "refuse"])
def test_a_mail_that_is_turned_away_waits_longer_each_time(server, mode):
    server.mode = mode
    mail = OutgoingMailFactory()
    waits = []

    for _ in range(9):
        OutgoingMail.objects.update(next_attempt_at=clock.now())
        deliver()
        mail.refresh_from_db()
        waits.append(round((mail.next_attempt_at - clock.now()).total_seconds(), -1))

    longest = 300 if mode == "later" else 3600
    assert waits == [min(30 * 2**attempt, longest) for attempt in range(9)]
    assert mail.status == MailStatus.DELAYED


@pytest.mark.django_db
def test_after_72_hours_a_mail_is_given_up_and_kept(server, time_machine):
    server.mode = "refuse"
    mail = OutgoingMailFactory()

    time_machine.move_to(clock.now() + timedelta(hours=71))
    deliver()
    mail.refresh_from_db()
    before = mail.status
    time_machine.shift(timedelta(hours=2))
    deliver()

    mail.refresh_from_db()
    assert (before, mail.status) == (MailStatus.DELAYED, MailStatus.FAILED)


@pytest.mark.django_db
def test_a_lost_answer_means_a_marked_repeat_with_the_same_id(server):
    mail = OutgoingMailFactory()
    server.mode = "lostack"
    deliver()
    server.mode = ""
    OutgoingMail.objects.update(next_attempt_at=clock.now())

    deliver()

    first, second = server.received
    assert first["Message-ID"] == second["Message-ID"] == mail.message_id
    assert (first["X-Wiederholung"], second["X-Wiederholung"]) == (None, "1")


@pytest.mark.django_db
def test_a_server_that_is_away_costs_no_mail_an_attempt(settings, server):
    settings.DELIVERY_EMAIL = settings.DELIVERY_EMAIL | {"EMAIL_PORT": 1}
    OutgoingMailFactory.create_batch(3)

    assert deliver() == 0

    rows = OutgoingMail.objects.values_list("status", "attempts")
    assert list(rows) == [(MailStatus.DELAYED, 0)] * 3
    assert all("refused" in mail.last_error for mail in OutgoingMail.objects.all())
    soon = clock.now() + timedelta(seconds=31)
    assert OutgoingMail.objects.filter(next_attempt_at__lte=soon).count() == 3


@pytest.mark.django_db
def test_a_hanging_server_holds_one_run_for_one_timeout_only(settings, server):
    server.mode = "hang"
    settings.DELIVERY_EMAIL = settings.DELIVERY_EMAIL | {"EMAIL_TIMEOUT": 0.2}
    OutgoingMailFactory.create_batch(50)
    started = clock.now()

    assert deliver() == 0

    assert clock.now() - started < timedelta(seconds=2)
    assert server.connections == 1


@pytest.mark.django_db
def test_a_dead_workers_mail_comes_back_after_its_lease(server):
    held = OutgoingMailFactory(
        status=MailStatus.SENDING, attempts=1, next_attempt_at=clock.now() + delivery.LEASE
    )

    during = deliver()
    OutgoingMail.objects.filter(pk=held.pk).update(next_attempt_at=clock.now())
    after = deliver()

    assert (during, after) == (0, 1)
    assert server.received[0]["X-Wiederholung"] == "1"


@pytest.mark.django_db
def test_a_worker_that_lost_its_lease_does_not_send(server):
    OutgoingMailFactory()
    slow = delivery._claim()
    OutgoingMail.objects.update(next_attempt_at=clock.now())
    quick = delivery._claim()

    assert delivery._begin(quick[0])
    assert not delivery._begin(slow[0])


@pytest.mark.django_db
def test_without_a_mail_server_mails_stay_readable(settings):
    settings.DELIVERY_EMAIL = {}
    OutgoingMailFactory()
    OutgoingMailFactory(status=MailStatus.DELAYED)

    assert deliver() == 2
    assert set(OutgoingMail.objects.values_list("status", flat=True)) == {MailStatus.KEPT}


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_every_mail_once(server):
    OutgoingMailFactory.create_batch(60)
    delivered = []

    def work():
        try:
            delivered.append(deliver())
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(delivered) == 60
    assert len({message["Message-ID"] for message in server.received}) == 60
    assert len(server.received) == 60


@pytest.mark.django_db
def test_a_run_passes_over_mails_another_worker_has_taken(server):
    OutgoingMailFactory()
    slow = delivery._claim()
    OutgoingMail.objects.update(next_attempt_at=clock.now())
    delivery._begin(delivery._claim()[0])

    with delivery._connection() as server_connection:
        assert delivery._deliver(slow, server_connection) == 0
    assert server.received == []


@pytest.mark.django_db
def test_three_broken_connections_end_the_run_and_spare_the_rest(server, monkeypatch, caplog):
    def break_down(mail, connection):
        raise ConnectionResetError("weg")

    monkeypatch.setattr(delivery, "_message", break_down)
    OutgoingMailFactory.create_batch(5)

    assert deliver() == 0

    attempts = OutgoingMail.objects.order_by("pk").values_list("attempts", "status")
    assert list(attempts) == [(1, "delayed")] * 3 + [(0, "delayed")] * 2
    assert "mail server cannot be used: ConnectionResetError: weg" in caplog.text


@pytest.mark.django_db
def test_a_mail_without_html_leaves_as_text_alone(server):
    OutgoingMailFactory(html_body="", text_body="Nur Text\n")

    assert deliver() == 1
    assert [part.get_content_type() for part in server.received[0].walk()] == ["text/plain"]


@pytest.mark.django_db
def test_a_very_long_text_arrives_whole_and_packed_tightly(server):
    text = "Größe: " + "ä" * 60_000 + "\n" + "=.\n" * 20_000
    OutgoingMailFactory(html_body="", text_body=text, subject="Größe")

    deliver()

    (mail,) = server.received
    assert (mail["Subject"], mail["Content-Transfer-Encoding"]) == ("Größe", "base64")
    assert mail.get_content() == text


@pytest.mark.django_db
def test_a_new_mail_does_not_wait_behind_a_backlog(server):
    late = OutgoingMailFactory.create_batch(60)
    OutgoingMail.objects.update(next_attempt_at=clock.now() - timedelta(minutes=5))
    new = OutgoingMailFactory(subject="Bitte bestätigen Sie Ihre Bestellung")

    assert deliver() == 61

    order = [message["Message-ID"] for message in server.received]
    assert order.index(new.message_id) < delivery.BATCH
    assert order.index(late[0].message_id) == 0
    assert sorted(order) == sorted(mail.message_id for mail in [*late, new])


@pytest.mark.django_db
def test_new_mails_never_push_a_late_one_aside(server, monkeypatch):
    late = OutgoingMailFactory.create_batch(30)
    OutgoingMail.objects.update(next_attempt_at=clock.now() - timedelta(minutes=5))
    claim = delivery._claim

    def while_others_write():
        OutgoingMailFactory.create_batch(20 if OutgoingMail.objects.count() < 150 else 0)
        return claim()

    monkeypatch.setattr(delivery, "_claim", while_others_write)
    deliver()

    order = [message["Message-ID"] for message in server.received]
    assert max(order.index(mail.message_id) for mail in late) < 3 * delivery.BATCH
