"""Public pages are drawn once for a crowd, and anew for everybody after a change."""

from datetime import date

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from programme import audit, kept_pages
from programme.enums import LegalPageKind, Role
from programme.models import LegalPage
from tests.factories.programme import LegalNoticeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeping(settings, monkeypatch):
    """A portal that keeps pages and looks for changes at every request."""
    settings.PUBLIC_PAGE_SECONDS = 60
    monkeypatch.setattr(kept_pages, "LOOK_EVERY_SECONDS", 0)
    caches["pages"].clear()
    yield
    caches["pages"].clear()


def headers(response):
    return dict(response.headers.items())


def test_a_second_reader_costs_one_question(programme, keeping, django_assert_num_queries):
    first = Client().get("/")
    with django_assert_num_queries(1):
        second = Client().get("/")

    assert second.content == first.content
    assert headers(second) == headers(first)
    assert {"Content-Security-Policy", "X-Frame-Options"} <= set(second.headers)
    assert not {"Cache-Control", "Expires", "Age"} & set(second.headers)


def test_a_change_in_the_logbook_draws_the_page_anew(programme, keeping):
    address = reverse("programme:privacy")
    LegalNoticeFactory.create(programme=programme)
    text = LegalPage.objects.create(
        programme=programme,
        kind=LegalPageKind.PRIVACY,
        body="Bisher",
        reviewed_on=date(2026, 1, 15),
    )
    Client().get(address)
    LegalPage.objects.filter(pk=text.pk).update(body="Künftig in Größe")

    unseen = Client().get(address)
    audit.record(by=None, verb="programme.changed", subject=programme, sentence="Geändert.")
    audit.seal()
    seen = Client().get(address)

    assert "Künftig in Größe" not in unseen.content.decode()
    assert "Künftig in Größe" in seen.content.decode()


def test_a_page_drawn_while_something_changed_is_not_kept(programme, keeping, monkeypatch):
    numbers = iter((1, 2, 2))
    monkeypatch.setattr(kept_pages.logbook, "newest_number", lambda: next(numbers))

    def slow(request):
        portal.process_request(RequestFactory().get("/netzwerk/"))  # another reader looks
        return HttpResponse("alt")

    portal = kept_pages.KeepPublicPages(slow)
    portal(RequestFactory().get("/"))
    again = portal.process_request(RequestFactory().get("/"))

    assert again is None


def test_whoever_is_signed_in_gets_their_own_page(programme, keeping, signed_in):
    stranger = Client().get("/")
    mine = signed_in(Role.OFFICE).get("/")

    assert mine.content != stranger.content
    assert Client().get("/").content == stranger.content


def test_pages_with_a_form_and_addresses_with_a_query_are_never_kept(programme, keeping):
    forms = [Client().get(reverse("programme:report_barrier")) for _ in range(2)]
    caches["pages"].clear()
    Client().get("/?seite=2")

    assert forms[0].cookies["csrftoken"].value != forms[1].cookies["csrftoken"].value
    assert not caches["pages"]._cache


def test_the_health_of_the_portal_is_asked_each_time(programme, keeping):
    Client().get(reverse("programme:health"))

    assert not caches["pages"]._cache


def test_the_start_page_is_the_same_for_head(programme, keeping):
    Client().get("/")

    response = Client().head("/")

    assert (response.status_code, response.content) == (200, b"")


def test_something_is_looked_for_once_until_the_data_changes(settings, keeping):
    request = RequestFactory().get("/")
    request.state_of_data = "7"
    later = RequestFactory().get("/")
    later.state_of_data = "8"
    found = iter("abcd")

    first = [kept_pages.found_once(request, "x", lambda: next(found)) for _ in range(2)]
    then = kept_pages.found_once(later, "x", lambda: next(found))
    unknown = kept_pages.found_once(RequestFactory().get("/"), "x", lambda: next(found))

    assert (first, then, unknown) == (["a", "a"], "b", "c")
