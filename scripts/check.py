"""Run every check of the house and say at the end which one is unhappy."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
APPS = ["programme", "network", "sites", "publications"]
OURS = [*APPS, "tests", "scripts", "gunicorn.conf.py", "manage.py"]
# A server's environment with invented values, for `check --deploy`.
SERVER = {
    "DJANGO_SETTINGS_MODULE": "programme.settings.prod",
    "SECRET_KEY": "checks-only-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "ALLOWED_HOSTS": "portal.example.org",
    "BASE_URL": "https://portal.example.org",
}

CHECKS: list[tuple[str, list[str], dict[str, str]]] = [
    ("ruff: rules", ["ruff", "check", *OURS], {}),
    ("ruff: format", ["ruff", "format", "--check", *OURS], {}),
    ("mypy: types", ["mypy"], {}),
    ("import-linter: floors and rooms", ["lint-imports", "--no-logo"], {}),
    ("djlint: templates", ["djlint", "--lint", "--quiet", "templates"], {}),
    ("codespell: spelling", ["codespell", *OURS, "README.md", "docs", "pyproject.toml"], {}),
    ("django: system check", ["python", "manage.py", "check", "--fail-level", "WARNING"], {}),
    (
        "django: check for a server",
        ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        SERVER,
    ),
    (
        "django: migrations complete",
        ["python", "manage.py", "makemigrations", "--check", "--dry-run", *APPS],
        {},
    ),
]


def main() -> int:
    """Run all checks, also after one has failed; print the output of the failed ones."""
    (ROOT / "staticfiles").mkdir(exist_ok=True)
    failed = []
    for name, command, environment in CHECKS:
        started = time.perf_counter()
        done = subprocess.run(
            [str(BIN / command[0]), *command[1:]],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        verdict = "FAILED" if done.returncode else "ok"
        print(f"{verdict:>6}  {name}  ({time.perf_counter() - started:.1f} s)", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout, flush=True)
    verdict = f"{len(failed)} of {len(CHECKS)} failed" if failed else "all green"
    print(f"make check: {verdict}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
