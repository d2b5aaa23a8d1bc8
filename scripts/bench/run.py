"""make bench: pages against bare Django and nginx, report against bare WeasyPrint, last ten seats.

With names of parts (see PARTS at the end) only those are measured.
Everything runs on databases of its own, in folders that are thrown away.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import front
import postgres
import stage

HERE = Path(__file__).resolve().parent
# Eight threads have so few forms in hand at once that now and then no two of them meet at the last
# seat; then a race proves nothing, with the lock or without (R8).
CROWDED = 16
FEW, MANY = 1_000, 10_000
FILES = ("xlsx", "csv", "zip", "binder", "pdf")
BIG_BYTES = 3_000_000
PAGES = [
    ("home", "/"),
    ("site page", "/standorte/giessen/"),
    ("publication page", "/publikationen/{slug}/"),
    ("reading page", "/publikationen/{slug}/1/"),
    ("PDF download", "/publikationen/{slug}/1.pdf"),
]


def script(name: str, env: dict[str, str], *arguments: str) -> str:
    """Run one of the measurements in a process of its own and return what it prints."""
    command = [sys.executable, str(HERE / name), *arguments]
    done = subprocess.run(command, cwd=stage.ROOT, env=env, capture_output=True, text=True)  # noqa: PLW1510
    return done.stdout.strip() or f"FAILED: {done.stderr.strip()[-600:]}"


def slug(env: dict[str, str]) -> str:
    code = "from publications.models import Publication as P; print(P.objects.first().slug)"
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
    done = subprocess.run(
        command, cwd=stage.ROOT, env=env, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def resident_mb(pid: int) -> float:
    """Memory of a process and its children, shared pages counted once (PSS)."""
    total = 0
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            total += int(line.split()[1])
    return total / 1024 + sum(resident_mb(int(child)) for child in children)


def pages(folder: Path) -> None:
    """(a) Requests a second of public pages, and (d) times and memory."""
    port = stage.free_port()
    env = stage.environment(folder, port)
    with stage.gunicorn("bare:application", port, env):
        bare, _ = stage.requests_per_second(port, "/")
    print(f"(a) bare Django view: {bare:.0f} requests/s")
    name = slug(env)
    with stage.gunicorn("programme.wsgi", port, env) as served:
        for label, pattern in PAGES:
            rate, answers = stage.requests_per_second(port, pattern.format(slug=name))
            note = "" if set(answers) == {"right"} else f"  answers {dict(answers)}"
            print(f"    {label}: {rate:.0f} requests/s, {rate / bare:.2f} of bare{note}")
    print(f"(d) web answers {served.seconds:.1f} s after its start")


def downloads(folder: Path) -> None:
    """(k) Reading page and PDF: by the portal, by Django alone, by nginx alone and before us.

    The PDF as it is, then as a file of 3 MB: the smaller it is, the more the counting weighs.
    """
    compare(folder)
    file = next((folder / "media").glob("publikationen/*.pdf"))
    file.write_bytes(file.read_bytes().ljust(BIG_BYTES, b" "))
    env = stage.environment(folder, stage.free_port())
    grown = f"Edition.objects.filter(pdf='publikationen/{file.name}').update(pdf_bytes={BIG_BYTES})"
    stage.manage(env, "shell", "-v0", "-c", f"from publications.models import Edition; {grown}")
    compare(folder, only="PDF")


def compare(folder: Path, *, only: str = "") -> None:
    """Measure the reading page and the PDF of the demo edition, or only one of them."""
    port = stage.free_port()
    env = stage.environment(folder, port)
    reading, pdf = (pattern.format(slug=slug(env)) for _, pattern in PAGES[-2:])
    media = Path(env["MEDIA_ROOT"])
    file = next(media.glob("publikationen/*.pdf"))
    page = media / "page.html"
    size = f"PDF of {file.stat().st_size / 1_000_000:.1f} MB"
    paths = {"reading page": ("page", page, reading), size: ("file", file, pdf)}
    paths = {label: told for label, told in paths.items() if label.startswith(only)}
    rates: dict[tuple[str, str], float] = {}
    with stage.gunicorn("programme.wsgi", port, env):
        page.write_bytes(stage.fetch(port, reading)[1])
        for label, (_, _, url) in paths.items():
            rates[label, "portal"] = checked(port, url)
    bare = env | {"BARE_PAGE": str(page), "BARE_FILE": str(file)}
    with stage.gunicorn("bare:application", port, bare):
        for label, (view, _, _) in paths.items():
            rates[label, "bare Django view"] = checked(port, f"/{view}")
    if front.is_here():
        accel = env | {"X_ACCEL_PREFIX": "/stored/"}
        with (
            stage.gunicorn("programme.wsgi", port, accel),
            front.nginx(folder, media, port) as nginx,
        ):
            for label, (_, stored, url) in paths.items():
                rates[label, "nginx alone"] = checked(nginx, f"/alone/{stored.relative_to(media)}")
                rates[label, "portal behind nginx"] = checked(nginx, url)
        bare["BARE_STORED"] = f"/stored/{file.relative_to(media)}"
        with (
            stage.gunicorn("bare:application", port, bare),
            front.nginx(folder, media, port) as nginx,
        ):
            rates[size, "bare view behind nginx"] = checked(nginx, "/handed")
    page.unlink()
    for label in paths:
        print(compared(label, {who: rate for (what, who), rate in rates.items() if what == label}))
    if not front.is_here():
        print(f"    {front.MISSING}")


def checked(port: int, path: str) -> float:
    """Return the requests a second; every answer has to be a right one."""
    rate, answers = stage.requests_per_second(port, path)
    if set(answers) != {"right"}:
        print(f"    {path}: answers {dict(answers)}")
    return rate


def compared(label: str, rates: dict[str, float]) -> str:
    """Write all rates of one thing and the ratios of the portal to what it is measured by."""
    told = [f"{who} {rate:.0f}/s" for who, rate in rates.items()]
    pairs = (
        ("portal", "bare Django view"),
        ("portal", "nginx alone"),
        ("portal behind nginx", "nginx alone"),
        ("bare view behind nginx", "nginx alone"),
    )
    ratios = [
        f"{ours} / {theirs} {rates[ours] / rates[theirs]:.2f}"
        for ours, theirs in pairs
        if rates.get(theirs) and ours in rates
    ]
    return f"(k) {label}: {', '.join(told)}\n    {', '.join(ratios)}"


def memory(folder: Path) -> None:
    """(d) Web and worker together, as `make run` starts them."""
    port = stage.free_port()
    env = stage.environment(folder, port)
    command = [sys.executable, "scripts/serve.py", "--port", str(port)]
    process = subprocess.Popen(command, cwd=stage.ROOT, env=env, stdout=subprocess.DEVNULL)
    try:
        time.sleep(6)
        for path in ("/", "/standorte/", "/netzwerk/", "/publikationen/") * 5:
            stage.fetch(port, path)
        print(f"    web and worker at rest: {resident_mb(process.pid):.0f} MB")
    finally:
        process.terminate()
        process.wait(30)


def seats(kind: str, env: dict[str, str]) -> None:
    """(c) The last ten seats, storms and long lists on one database."""
    port = int(env["BASE_URL"].rpartition(":")[2])
    with stage.gunicorn("programme.wsgi", port, env) as served:
        before = served.cpu_seconds()
        print(f"(c) {kind}: {script('seats.py', env, str(port))}")
        print(f"    the server spent {served.cpu_seconds() - before:.1f} s of CPU on them")
        print(script("storms.py", env, str(port)), flush=True)
    print(f"    list of registrations: {script('lists.py', env)}", flush=True)
    for application, lock in (("programme.wsgi", "on"), ("unlocked:application", "off")):
        with stage.gunicorn(application, port, env, threads=CROWDED):
            races = script("seats.py", env, str(port), "short")
        print(f"    short races with the lock switched {lock}: {races}", flush=True)


def orders(kind: str, env: dict[str, str]) -> None:
    """(j) Orders for the last copies, and while no mail leaves."""
    port = int(env["BASE_URL"].rpartition(":")[2])
    with stage.gunicorn("programme.wsgi", port, env | {"TRUSTED_PROXY_COUNT": "1"}):
        print(f"(j) {kind}: {script('orders.py', env, str(port))}", flush=True)


def prompt(kind: str, env: dict[str, str]) -> None:
    """(k) Seconds from an order to its mail, and behind a queue of 10,000."""
    port = int(env["BASE_URL"].rpartition(":")[2])
    with stage.gunicorn("programme.wsgi", port, env | {"TRUSTED_PROXY_COUNT": "1"}):
        print(f"(k) {kind}:\n    {script('prompt.py', env, str(port))}", flush=True)


def mails(kind: str, env: dict[str, str]) -> None:
    """(e) Invitations prepared and mails delivered, on a database without other mails."""
    print(f"(e) {kind}: {script('mails.py', env)}", flush=True)


def empty(measure: Callable[[str, dict[str, str]], None]) -> None:
    """Measure on an empty SQLite, then on an empty PostgreSQL."""
    for kind in ("SQLite", "PostgreSQL"):
        server = postgres.server() if kind == "PostgreSQL" else nullcontext("")
        with tempfile.TemporaryDirectory(prefix="portal-bench-") as name, server as url:
            env = stage.environment(Path(name), stage.free_port(), url)
            stage.manage(env, "migrate", "-v0")
            stage.manage(env, "createcachetable", "-v0")
            measure(kind, env)


@contextmanager
def demo() -> Iterator[Path]:
    """Yield a folder with a database of the demo data and its files."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name:
        folder = Path(name)
        env = stage.environment(folder, 8000)
        started = time.perf_counter()
        for command in ("migrate", "createcachetable", "load_programme", "load_demo"):
            stage.manage(env, command, "-v0")
        print(f"    database made and filled in {time.perf_counter() - started:.1f} s", flush=True)
        yield folder


def filled() -> None:
    """Measure pages, memory, report and charts with the demo data."""
    with demo() as folder:
        env = stage.environment(folder, 8000)
        stage.manage(env, "run_worker", "--batch")
        pages(folder)
        memory(folder)
        print(f"(b) report, {script('report.py', env)}", flush=True)
        print(f"(f) {script('charts.py', env)}", flush=True)
        print(f"(g) pages of a site\n    {script('measures.py', env)}", flush=True)


def filled_downloads() -> None:
    """Measure the reading page and the download with the demo data."""
    with demo() as folder:
        downloads(folder)


def histories() -> None:
    """Random histories of vouchers: no cent is lost (C7); takes some minutes."""
    print(f"(h) {script('histories.py', dict(os.environ), '10000')}", flush=True)


def funding(kind: str, env: dict[str, str]) -> None:
    """(i) Lists, tables, paper and chain of the funding, each file in a process of its own."""
    print(f"(i) {kind}, {FEW} vouchers: {script('funding.py', env, 'fill', str(FEW))}", flush=True)
    print(f"    {script('funding.py', env, 'csv')}", flush=True)


def much_funding(kind: str, env: dict[str, str]) -> None:
    """(i) The same with ten thousand vouchers, and all files of a proof with their memory."""
    told = script("funding.py", env, "fill", str(MANY))
    print(f"(i) {kind}, {MANY} vouchers: {told}", flush=True)
    for name in FILES if kind == "SQLite" else FILES[:-1]:
        print(f"    {script('funding.py', env, name)}", flush=True)


def all_funding() -> None:
    """Measure the funding with few and with many vouchers; the paper once, it takes minutes."""
    empty(funding)
    empty(much_funding)


PARTS = {
    "pages": filled,
    "downloads": filled_downloads,
    "seats": lambda: empty(seats),
    "mails": lambda: empty(mails),
    "funding": all_funding,
    "histories": histories,
    "orders": lambda: empty(orders),
    "prompt": lambda: empty(prompt),
}


if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()
