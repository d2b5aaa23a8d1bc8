"""What every measurement stands on: free ports, servers, a filled database, requests."""

import contextlib
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

SECONDS, CLIENTS = 6, 8
# A download by a program would not count, hence cost less.
READER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


def environment(folder: Path, port: int, database: str = "") -> dict[str, str]:
    """Return the environment of a portal of its own in this folder."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "programme.settings.dev",
        "DATABASE_URL": database or f"sqlite:///{folder / 'bench.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "BASE_URL": f"http://127.0.0.1:{port}",
    }


def manage(env: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, check=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Served:
    """A running server: how long it took to answer, and which process it is."""

    seconds: float
    pid: int

    def cpu_seconds(self) -> float:
        """Return what its processes have spent so far, themselves and in the system."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        ticks = 0
        for pid in (self.pid, *children):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def gunicorn(
    application: str, port: int, env: dict[str, str], *, threads: int = 0
) -> Iterator[Served]:
    """Serve an application as `make run` does and yield it once it has answered.

    With `threads` each of its processes has that many instead.
    """
    place = [
        "--chdir",
        str(ROOT if application.startswith("programme") else ROOT / "scripts/bench"),
    ]
    options = ["--log-level", "critical", *place, "-b", f"127.0.0.1:{port}"]
    if threads:
        options += ["--threads", str(threads)]
    command = [sys.executable, "-m", "gunicorn", *options]
    started = time.perf_counter()
    process = subprocess.Popen([*command, application], cwd=ROOT, env=env)
    try:
        while True:
            try:
                fetch(port, "/")
                break
            except OSError:
                if time.perf_counter() - started > 30:
                    raise
                time.sleep(0.05)
        served = Served(time.perf_counter() - started, process.pid)
        warm_up(port, "/")
        yield served
    finally:
        process.terminate()
        process.wait(20)


def fetch(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def warm_up(port: int, path: str) -> None:
    """Let every process of the server answer: each reads its addresses and templates first."""
    for _ in range(3):
        in_parallel([lambda: fetch(port, path)] * CLIENTS)


def requests_per_second(port: int, path: str) -> tuple[float, Counter[str]]:
    """Ask for one page with a few clients for some seconds; return rate and answers by kind.

    wrk asks where it is installed: a client in Python is slower than nginx and would hide it.
    """
    warm_up(port, path)
    if shutil.which("wrk"):
        return by_wrk(port, path)
    until = time.perf_counter() + SECONDS
    answers: Counter[str] = Counter()

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < until:
            try:
                connection.request("GET", path, headers=READER)
                answer = connection.getresponse()
                answer.read()
                answers["right" if answer.status == 200 else str(answer.status)] += 1
            except OSError:
                connection.close()

    in_parallel([client] * CLIENTS)
    return sum(answers.values()) / SECONDS, answers


def by_wrk(port: int, path: str) -> tuple[float, Counter[str]]:
    """Let wrk do it; it tells wrong answers apart only as "not 2xx or 3xx"."""
    agent = f"User-Agent: {READER['User-Agent']}"
    command = ["wrk", "-t2", f"-c{CLIENTS}", f"-d{SECONDS}s", "-H", agent]
    url = f"http://127.0.0.1:{port}{path}"
    told = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    asked, rate = (
        float(re.search(pattern, told)[1])  # type: ignore[index]
        for pattern in (r"(\d+) requests in", r"Requests/sec:\s*([0-9.]+)")
    )
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    wrong = int(refused[1]) if refused else 0
    return rate, +Counter({"right": int(asked) - wrong, "wrong": wrong})


def in_parallel(tasks: list) -> None:
    threads = [threading.Thread(target=task) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
