"""Run the whole suite on SQLite and on PostgreSQL and print a summary of both."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import postgres

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]
PYTEST += ["-n", "2", "--dist", "worksteal"]  # the journeys come last and are the longest
COVERAGE = ["--cov", "--cov-report="]


def run(arguments: list[str], **environment: str) -> tuple[int, str, float]:
    """Run pytest, show what it says while it runs, return its code, last line and seconds."""
    last = "no output"
    started = time.perf_counter()
    process = subprocess.Popen(
        [*PYTEST, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    for line in process.stdout or ():
        sys.stdout.write(line)
        sys.stdout.flush()
        if re.search(r"\b(passed|failed|error|errors)\b.* in ", line):
            last = line.strip(" =\n")
    return process.wait(), last, time.perf_counter() - started


def main() -> int:
    """SQLite with the browser journeys, then PostgreSQL with everything but the browser.

    What asks nothing of a database runs once, with PostgreSQL; lines are counted there too, since
    counting them costs a third of the time (docs/decisions/0008).
    """
    chosen = sys.argv[1:]
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))  # stop PostgreSQL too
    os.environ.pop("DATABASE_URL", None)
    print("== Suite on SQLite, browser journeys included ==", flush=True)
    results = [("SQLite", *run(["-m", "not no_database", *chosen]))]
    print("== Suite on PostgreSQL (throw-away cluster) ==", flush=True)
    with postgres.server() as url:
        rest = [*COVERAGE, "-m", "not browser", *chosen]
        results.append(("PostgreSQL", *run(rest, DATABASE_URL=url)))
    coverage = [sys.executable, "-m", "coverage", "report", "--skip-covered", "--fail-under", "95"]
    print("== Coverage (PostgreSQL) ==", flush=True)
    covered = 0 if chosen else subprocess.run(coverage, cwd=ROOT, check=False).returncode
    print("== Summary ==")
    for name, code, last, seconds in results:
        print(f"{'ok' if code == 0 else 'FAILED':>6}  {name}: {last}  ({seconds:.0f} s)")
    if covered:
        print("FAILED  Coverage is below its floor")
    return int(any(code for _, code, _, _ in results) or bool(covered))


if __name__ == "__main__":
    sys.exit(main())
