"""Start web and worker together, say where, and stop both on Ctrl-C or SIGTERM."""

import argparse
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 20


def web(port: int) -> list[str]:
    """Return the start line of the web server; production uses the same with its own address."""
    return [
        *(sys.executable, "-m", "gunicorn", "--log-level", "warning"),
        *("-b", f"127.0.0.1:{port}", "programme.wsgi"),
    ]


def wait_until_ready(port: int, processes: list[subprocess.Popen[bytes]]) -> bool:
    """Ask the server until it answers anything, or until one of the processes has ended."""
    for _ in range(PATIENCE_SECONDS * 10):
        if any(process.poll() is not None for process in processes):
            return False
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/gesund/", timeout=5).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask every process to finish what it does; insist after a while."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


def main() -> int:
    """Run until somebody says stop or one of the processes ends by itself."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    environment = {
        "DJANGO_SETTINGS_MODULE": "programme.settings.dev",
        "BASE_URL": f"http://127.0.0.1:{port}",
        **os.environ,
    }
    # Sessions of their own: Ctrl-C reaches only this process, which then stops both in order.
    worker = [sys.executable, "manage.py", "run_worker"]
    processes = [
        subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
        for command in (web(port), worker)
    ]
    wanted: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, frame: wanted.append(received))
    if wait_until_ready(port, processes):
        print(f"» Das Portal läuft: http://127.0.0.1:{port}/ (beenden mit Strg-C)", flush=True)
    while not wanted and all(process.poll() is None for process in processes):
        time.sleep(0.2)
    failed = not wanted
    stop(processes)
    print("» Web oder Hintergrunddienst ist ausgefallen." if failed else "» Beendet.", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
