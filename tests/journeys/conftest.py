"""Browser journeys: the system's Chromium at two widths, axe on every page, jobs on demand."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import Browser, BrowserContext, Locator, Page

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = {"phone": 360, "desktop": 1280}


@pytest.fixture(params=list(WIDTHS))
def width(request: pytest.FixtureRequest) -> int:
    """Walk each journey on a phone and on a desk."""
    return WIDTHS[request.param]


@pytest.fixture(scope="session")
def demo_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the database of a newcomer is kept once it was loaded."""
    return tmp_path_factory.mktemp("demo") / "copy.sqlite3"


@pytest.fixture
def demo(transactional_db: None, demo_copy: Path) -> None:
    """The database a newcomer sees after `make run`; loaded once, then copied back."""
    if connection.vendor != "sqlite":
        pytest.skip("journeys walk on SQLite; the services run on both databases")
    connection.ensure_connection()
    if demo_copy.exists():
        with closing(sqlite3.connect(demo_copy)) as copy:
            copy.backup(connection.connection)
        ContentType.objects.clear_cache()
        return
    call_command("load_programme", verbosity=0)
    call_command("load_demo", verbosity=0)
    run_jobs()
    with closing(sqlite3.connect(demo_copy)) as copy:
        connection.connection.backup(copy)


class Visitor:
    """Somebody with a browser; every page is checked by axe and for sideways scrolling."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.page: Page = context.new_page()
        self.base = base
        self.problems: list[str] = []
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        self.page.on("response", self._note_response)
        self.page.on("request", self._note_request)

    def _note_console(self, message: Any) -> None:
        expected = "Failed to load resource"  # Chromium's word for the 422 of a form with errors
        if message.type == "error" and expected not in message.text:
            self.problems.append(f"console: {message.text}")

    def _note_response(self, response: Any) -> None:
        if response.status >= 500:
            self.problems.append(f"{response.status} {response.url}")

    def _note_request(self, request: Any) -> None:
        if not request.url.startswith((self.base, "data:", "blob:", "about:")):
            self.problems.append(f"foreign address: {request.url}")

    def open(self, path: str) -> None:
        """Go to a path or a full address of the portal and check the page."""
        self.page.goto(path if path.startswith("http") else f"{self.base}{path}")
        self.check()

    def press(self, name: str, *, role: Any = "button", exact: bool = False) -> None:
        """Press a button or link by its accessible name and check the page it leads to."""
        wanted = name if exact else re.compile(name, re.IGNORECASE)
        found = self.page.locator("main").get_by_role(role, name=wanted, exact=exact)
        self.follow(found.first)

    def follow(self, control: Locator) -> None:
        """Press a control that leads to a page and check that page."""
        with self.page.expect_navigation():
            control.click()
        self.check()

    def wait_until_made(self) -> None:
        """Wait until the page has seen that its work is done; it may reload itself twice."""
        self.page.locator("[data-progress]").wait_for(state="detached", timeout=30_000)
        self.page.wait_for_load_state()
        self.check()

    def fill(self, label: str, value: str) -> None:
        """Fill the field with this label."""
        self.page.get_by_label(label).first.fill(value)

    def text(self) -> str:
        """Return what the page says."""
        return self.page.locator("body").inner_text()

    def sign_in(self, email: str) -> None:
        """Sign in with a demo account."""
        self.open("/konto/login/")
        self.page.locator("input[name=login]").fill(email)
        self.page.locator("input[name=password]").fill("Beispiel-Zugang-2017")
        self.page.locator("form").filter(has=self.page.locator("input[name=password]")).locator(
            "button[type=submit], button:not([type])"
        ).first.click()
        self.page.wait_for_url("**/intern/**")
        self.check()

    def check(self) -> None:
        """No barrier axe can find, no sideways scrolling, exactly one main heading."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", AXE_RULES
        )
        self.problems += [
            f"{self.page.url}: axe {entry['id']}: {entry['nodes'][0]['html'][:160]}"
            for entry in found["violations"]
        ]
        overflow = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if overflow > 0:
            self.problems.append(f"{self.page.url}: {overflow} px too wide")
        if self.page.locator("h1").count() != 1:
            self.problems.append(f"{self.page.url}: not exactly one h1")


@pytest.fixture
def visit(
    browser: Browser, live_server: Any, width: int, demo: None
) -> Iterator[Callable[[], Visitor]]:
    """Return a maker of visitors, each with an own browser session."""
    made: list[tuple[BrowserContext, Visitor]] = []

    def make() -> Visitor:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="de-DE")
        context.set_default_timeout(10_000)
        visitor = Visitor(context, live_server.url)
        made.append((context, visitor))
        return visitor

    yield make
    for context, _ in made:
        context.close()
    assert [problem for _, visitor in made for problem in visitor.problems] == []


def run_jobs() -> None:
    """Do what the worker would do: every job that is ready, until none is left."""
    while row := DBTaskResult.objects.ready().first():
        row.claim("journey")
        row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        row.refresh_from_db()
        if row.status == TaskResultStatus.RUNNING:
            row.set_successful(None)
