"""Somebody finds, reads and downloads the report (J3a, J3b)."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import APIResponse, Browser, Page, Route

from publications.models import Edition
from tests.journeys.conftest import Visitor
from tests.journeys.effort import Effort, count_from_now, effort_of

pytestmark = pytest.mark.django_db(transaction=True)
LANDING = "/publikationen/abschlussbericht/"
TOLD = re.compile(r"PDF, [\d,]+\s[kM]B, \d+ Seiten, barrierefrei nach PDF/UA-1")


def test_the_text_is_one_click_from_the_home_page(visit: Callable[[], Visitor]) -> None:
    reader = visit()
    reader.open("/")
    count_from_now(reader)

    reader.press("Online lesen", role="link")

    assert effort_of(reader) == Effort(pages=1, fields=0, clicks=1)
    chapters = reader.page.locator("article.report h2").count()
    assert chapters == len(Edition.objects.get().snapshot["chapters"]) + 4


def test_the_text_is_two_clicks_away_by_the_navigation(visit: Callable[[], Visitor]) -> None:
    reader = visit()
    reader.open("/publikationen/")
    count_from_now(reader)

    reader.press("^Abschlussbericht", role="link")
    reader.press("Online lesen", role="link")

    assert effort_of(reader) == Effort(pages=2, fields=0, clicks=2)
    assert reader.page.locator("article.report").count() == 1


def download(page: Page) -> APIResponse:
    """Press the one button and return the answer to it; the browser need not show the PDF."""
    answers: list[APIResponse] = []

    def keep(route: Route) -> None:
        answers.append(route.fetch())
        route.fulfill(status=204)

    page.route("**/*.pdf", keep)
    with page.expect_response("**/*.pdf"):
        page.get_by_role("main").get_by_role("link", name="PDF herunterladen").click()
    return answers[0]


def test_a_download_costs_one_click_and_tells_before_what_comes(
    visit: Callable[[], Visitor],
) -> None:
    reader = visit()
    reader.open(LANDING)
    edition = Edition.objects.get()
    assert TOLD.search(reader.text())
    assert f"{edition.pdf_pages} Seiten" in reader.text()
    count_from_now(reader)

    answer = download(reader.page)

    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert int(answer.headers["content-length"]) == edition.pdf_bytes
    assert effort_of(reader) == Effort(pages=1, fields=0, clicks=1)


def test_reading_and_downloading_need_no_scripts(
    browser: Browser, live_server: Any, width: int, demo: None
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale="de-DE", java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{live_server.url}/")
    page.get_by_role("main").get_by_role("link", name="Online lesen").first.click()
    page.locator(".report-toc > ol > li > a").nth(2).click()
    place = page.locator(f"[id='{page.url.partition('#')[2]}']").inner_text()
    status = download(page).status
    context.close()

    assert (status, bool(place)) == (200, True)
