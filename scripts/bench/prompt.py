"""M6: seconds from an order to its mail at the server. M8: memory and a new mail behind 10,000."""

import multiprocessing
import os
import re
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
PATIENCE_SECONDS = 240


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


def overtaken(smtp: int, pipe: Connection) -> str:
    """Let a worker deliver a new mail behind the backlog; say when it came and its memory."""
    from django.core.mail import EmailMessage

    from programme.models import OutgoingMail

    EmailMessage("Bestellung", "Bitte bestätigen", to=["new@example.org"]).send()
    env = os.environ | {"EMAIL_URL": f"smtp://127.0.0.1:{smtp}"}
    worker = subprocess.Popen([sys.executable, "manage.py", "run_worker"], env=env)
    started = time.time()
    try:
        unsent = OutgoingMail.objects.exclude(status="sent")
        while unsent.exists() and time.time() - started < PATIENCE_SECONDS:
            time.sleep(1)
        seconds, left = time.time() - started, unsent.count()
        status = Path(f"/proc/{worker.pid}/status").read_text()
    finally:
        worker.terminate()
        worker.wait(30)
    memory = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]
    pipe.send("enough")
    came = pipe.recv()
    return (
        f"new mail behind {QUEUED} late ones {came['new@example.org'] - started:.1f} s after the "
        f"start of the worker, all in {seconds:.0f} s ({left} left), worker at most {memory:.0f} MB"
    )


def measure(port: int) -> None:
    """Print both figures; a worker of its own sends the mails of each."""
    orders.title(current_programme(count_from=0), "prompt", 10 * RATE * SECONDS)
    for part in (prompt, behind):
        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,))
        process.start()
        try:
            smtp = ours.recv()
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
    return overtaken(smtp, pipe)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings.dev")
    import django

    django.setup()
    measure(int(sys.argv[1]))
