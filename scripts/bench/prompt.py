"""M6: seconds from an order to its mail at the server. M8: memory and a new mail behind 10,000."""

import multiprocessing
import os
import resource
import subprocess
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

import orders
from crowd import Visitor, csrf_token, current_programme, written

RATE, SECONDS = 10, 20
QUEUED, MEGABYTES = 10_000, 10
PATIENCE_SECONDS = 120


def serve(pipe: Connection) -> None:
    """Take mails in a process of its own and note when each recipient's first one came."""
    from tests.programme.smtp import FakeSMTP

    came: dict[str, float] = {}

    class Noting(FakeSMTP):
        def receive(self, raw: bytes) -> None:
            to = raw.partition(b"\nTo: ")[2].partition(b"\r")[0].decode()
            came.setdefault(to, time.time())

    with Noting() as server:
        pipe.send(server.server_address[1])
        server.timeout = 0.1
        while not pipe.poll():
            server.handle_request()
        pipe.send(came)


def post(port: int, token: str, number: int) -> float:
    """Send one order and wait for its answer; return the seconds that took."""
    import socket

    link, fields = orders.form("prompt", number)
    visitor = Visitor(written(port, token, link, fields, orders.address(number)))
    started = time.perf_counter()
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(visitor.form)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    if b" 302 " not in answer.partition(b"\r\n")[0]:
        raise RuntimeError(answer[:200])
    return time.perf_counter() - started


def paced(port: int) -> tuple[list[float], dict[str, float]]:
    """Send ten orders a second; return the seconds of the answers and when each order was sent."""
    import threading

    token = csrf_token(port, "/bestellen/")
    answers, sent, threads = [], {}, []
    for number in range(RATE * SECONDS):
        sent[f"prompt{number}@example.org"] = time.time()
        thread = threading.Thread(target=lambda n=number: answers.append(post(port, token, n)))
        thread.start()
        threads.append(thread)
        time.sleep(1 / RATE)
    for thread in threads:
        thread.join()
    return sorted(answers), sent


def backlog() -> None:
    """Put 10,000 late mails into the queue; one of them has 10 MB of text."""
    from datetime import timedelta

    from programme import clock
    from programme.models import OutgoingMail

    late = clock.now() - timedelta(minutes=5)
    OutgoingMail.objects.bulk_create(
        (
            OutgoingMail(
                message_id=f"<late-{number}@example.org>",
                sender="portal@example.org",
                recipient=f"late{number}@example.org",
                subject="Später Brief",
                text_body="ä" * (MEGABYTES * 500_000 if number == 0 else 500),
                next_attempt_at=late,
            )
            for number in range(QUEUED)
        ),
        batch_size=500,
    )


def overtaken(pipe: Connection) -> str:
    """Deliver a new mail behind the backlog in this process; say when it came and the memory."""
    from django.core.mail import EmailMessage

    from programme.models import OutgoingMail
    from programme.outbox import delivery

    EmailMessage("Bestellung", "Bitte bestätigen", to=["new@example.org"]).send()
    started = time.time()
    delivery.deliver_pending.call()
    seconds = time.time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pipe.send("enough")
    came = pipe.recv()
    left = OutgoingMail.objects.exclude(status="sent").count()
    return (
        f"new mail behind {QUEUED} late ones after {came['new@example.org'] - started:.1f} s, "
        f"all in {seconds:.0f} s ({left} left), worker at most {memory:.0f} MB"
    )


def measure(port: int) -> None:
    """Print both figures; the worker of the first runs beside, that of the second is this one."""
    from django.conf import settings

    orders.title(current_programme(count_from=0), "prompt", 10 * RATE * SECONDS)
    for part in (prompt, behind):
        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,))
        process.start()
        try:
            smtp = ours.recv()
            settings.DELIVERY_EMAIL = {
                "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
                "EMAIL_HOST": "127.0.0.1",
                "EMAIL_PORT": smtp,
                "EMAIL_TIMEOUT": 20,
            }
            print(f"    {part(port, smtp, ours)}", flush=True)
        finally:
            process.terminate()
            process.join()


def prompt(port: int, smtp: int, pipe: Connection) -> str:
    """M6: ten orders a second, a worker beside."""
    env = os.environ | {"EMAIL_URL": f"smtp://127.0.0.1:{smtp}"}
    worker = subprocess.Popen([sys.executable, "manage.py", "run_worker"], env=env)
    try:
        time.sleep(5)
        answers, sent = paced(port)
        time.sleep(15)
    finally:
        worker.terminate()
        worker.wait(30)
    pipe.send("enough")
    came = pipe.recv()
    delays = sorted(came[to] - at for to, at in sent.items() if to in came)
    return (
        f"{RATE} orders/s: answer p95 {answers[int(len(answers) * 0.95)]:.2f} s, "
        f"mail p95 {delays[int(len(delays) * 0.95)]:.1f} s, slowest {delays[-1]:.1f} s, "
        f"{len(delays)} of {len(sent)} there"
    )


def behind(port: int, smtp: int, pipe: Connection) -> str:
    """M8: a new mail and a queue of 10,000."""
    backlog()
    return overtaken(pipe)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings.dev")
    import django

    django.setup()
    measure(int(sys.argv[1]))
