"""40 invitations prepared, 1,000 mails through the outbox against bare smtplib, killed workers."""

import multiprocessing
import os
import random
import signal
import smtplib
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
MAILS, OFFICES, KILLS = 1000, 40, 100


def serve(pipe: Connection) -> None:
    """Take mails in a process of its own, so that it costs both senders the same."""
    from tests.programme.smtp import FakeSMTP

    class Counting(FakeSMTP):
        taken: Counter[bytes] = Counter()

        def receive(self, raw: bytes) -> None:
            self.taken[raw.partition(b"\nMessage-ID: ")[2].partition(b"\r")[0]] += 1

    with Counting() as server:
        pipe.send(server.server_address[1])
        server.timeout = 0.1
        while not pipe.poll():
            server.handle_request()
        pipe.send(dict(server.taken))


@contextmanager
def mail_server() -> Iterator[tuple[int, Connection]]:
    """Yield the port of a mail server and the pipe that ends it."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,))
    process.start()
    try:
        yield ours.recv(), ours
    finally:
        process.terminate()
        process.join()


def invited() -> float:
    """Return the seconds to invite 40 offices, letters and calendar entries in the outbox."""
    from network.enums import MeetingStatus
    from network.services import invitations
    from tests.factories.network import ContactFactory, MeetingFactory
    from tests.factories.programme import ProgrammeFactory, UserFactory

    programme = ProgrammeFactory.create(is_current=True)
    meeting, warm = (
        MeetingFactory.create(programme=programme, status=MeetingStatus.DRAFT) for _ in range(2)
    )
    offices = [ContactFactory.create().organisation for _ in range(OFFICES)]
    by = UserFactory.create()
    # A process that has just begun reads its templates and addresses first.
    invitations.invite(meeting=warm, organisations=offices[:1], by=by)
    started = time.perf_counter()
    invitations.invite(meeting=meeting, organisations=offices, by=by)
    return time.perf_counter() - started


def copies() -> None:
    """Fill the outbox up to 1,000 mails with copies of the invitations just written."""
    from programme.models import MailAttachment, OutgoingMail

    patterns = list(OutgoingMail.objects.prefetch_related("attachments"))
    for number in range(MAILS - len(patterns)):
        pattern = patterns[number % len(patterns)]
        files = list(pattern.attachments.all())
        row: Any = OutgoingMail.objects.get(pk=pattern.pk)
        row.pk, row.message_id = None, f"<copy-{number}@example.org>"
        row.save()
        MailAttachment.objects.bulk_create(
            MailAttachment(mail=row, name=f.name, content=f.content, content_type=f.content_type)
            for f in files
        )


def bare(port: int) -> float:
    """Return the mails a second of smtplib alone, with the same letters on one connection."""
    from programme.models import OutgoingMail

    mails = list(OutgoingMail.objects.prefetch_related("attachments"))
    started = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as connection:
        for mail in mails:
            message = EmailMessage()
            message["From"], message["To"] = mail.sender, mail.recipient
            message["Subject"], message["Message-ID"] = mail.subject, mail.message_id
            message.set_content(mail.text_body)
            message.add_alternative(mail.html_body, subtype="html")
            for file in mail.attachments.all():
                message.add_attachment(
                    bytes(file.content), maintype="text", subtype="calendar", filename=file.name
                )
            connection.send_message(message)
    return len(mails) / (time.perf_counter() - started)


def use(port: int) -> None:
    """Let the outbox deliver to this mail server."""
    from django.conf import settings
    from django.core.mail.backends.smtp import EmailBackend

    settings.DELIVERY_EMAIL = {
        "EMAIL_BACKEND": f"{EmailBackend.__module__}.{EmailBackend.__qualname__}",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": port,
        "EMAIL_TIMEOUT": 10,
    }


def delivered(port: int) -> float:
    """Return the mails a second of the worker's delivery."""
    from programme.enums import MailStatus
    from programme.models import OutgoingMail
    from programme.outbox import delivery

    use(port)
    started = time.perf_counter()
    sent = delivery.deliver_pending.call()
    seconds = time.perf_counter() - started
    stored = OutgoingMail.objects.filter(status=MailStatus.SENT, attempts=1).count()
    if stored != MAILS:
        raise RuntimeError(f"{stored} of {MAILS} mails are delivered, the worker says {sent}")
    return float(sent) / seconds


def killed(seconds: float) -> int:
    """Deliver all mails once more while 100 workers are killed; return how many died at work.

    A worker is a copy of this process, ready at once, and lives for up to `seconds`.
    """
    from django.db import connection

    from programme import clock
    from programme.enums import MailStatus
    from programme.models import OutgoingMail
    from programme.outbox import delivery

    OutgoingMail.objects.update(
        status=MailStatus.WAITING, attempts=0, sent_at=None, next_attempt_at=clock.now()
    )
    died, chance = 0, random.Random(20)  # noqa: S311  the same moments each time
    for _ in range(KILLS):
        connection.close()
        worker = os.fork()
        if worker == 0:
            delivery.deliver_pending.call()
            os._exit(0)
        time.sleep(chance.uniform(0.01, seconds))
        os.kill(worker, signal.SIGKILL)
        died += os.WIFSIGNALED(os.waitpid(worker, 0)[1])
        # The lease of a dead worker ends after ten minutes; nobody waits for that here.
        OutgoingMail.objects.filter(status=MailStatus.SENDING).update(next_attempt_at=clock.now())
    delivery.deliver_pending.call()
    if left := OutgoingMail.objects.exclude(status=MailStatus.SENT).count():
        raise RuntimeError(f"{left} mails are not sent")
    return died


def measure() -> str:
    """Prepare, send bare, send by the outbox; all on one server. Then kill workers."""
    seconds = invited()
    copies()
    with mail_server() as (port, pipe):
        yardstick = bare(port)
        rate = delivered(port)
        pipe.send("enough")
        taken = sum(pipe.recv().values())
    with mail_server() as (port, pipe):
        use(port)
        died = killed(2 * MAILS / rate / KILLS)
        pipe.send("enough")
        arrived = pipe.recv()
    return (
        f"{OFFICES} invitations prepared in {seconds:.2f} s; {MAILS} mails: {rate:.0f}/s, "
        f"bare smtplib {yardstick:.0f}/s, {rate / yardstick:.2f} of bare; "
        f"taken {taken} of {2 * MAILS}\n"
        f"    {died} workers killed at work: lost {MAILS - len(arrived)} of {MAILS}, "
        f"repeated {sum(arrived.values()) - len(arrived)}"
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings.dev")
    import django

    django.setup()
    print(measure())
