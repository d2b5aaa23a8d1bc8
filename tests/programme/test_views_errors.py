"""Error pages: German, with advice, without database and request."""

import pytest
from django.db import InterfaceError, OperationalError
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from programme.views import errors


@pytest.mark.parametrize("status", [400, 403, 404, 405, 429, 500, 503])
def test_an_error_page_says_what_happened_and_what_to_do(status):
    html = render_to_string(f"{status}.html")

    assert f"Meldung {status}" in html
    assert html.count("<h1") == 1
    assert "Was Sie tun können" in html
    assert html.count("<li>") >= 6
    assert 'href="/"' in html


def test_a_form_that_is_older_than_the_login_says_so_and_not_that_rights_are_missing(db):
    page = Client(enforce_csrf_checks=True).post(reverse("programme:report_barrier"), {"text": "x"})

    assert page.status_code == 403
    assert "Dieses Formular ist abgelaufen" in page.content.decode()
    assert "nicht freigegeben" not in page.content.decode()


@pytest.mark.parametrize(
    ("fault", "status"),
    [(OperationalError("weg"), 503), (InterfaceError("zu"), 503), (KeyError("x"), 500)],
)
def test_a_fault_is_told_apart_from_a_database_that_is_away(rf, fault, status):
    try:
        raise fault
    except type(fault):
        response = errors.server_error(rf.get("/"))

    assert response.status_code == status
    assert response.get("Retry-After") == ("30" if status == 503 else None)
    assert response["Cache-Control"] == "no-store"


def test_too_many_requests_say_when_to_come_back(rf):
    response = errors.too_many_requests(rf.get("/"))

    assert (response.status_code, response["Retry-After"]) == (429, "60")


def test_a_broken_error_page_still_answers_in_german(rf, monkeypatch, caplog):
    def broken(name):
        raise RuntimeError("die Vorlage ist kaputt")

    monkeypatch.setattr(errors, "render_to_string", broken)

    response = errors.not_found(rf.get("/"))

    assert (response.status_code, response["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert "kann gerade nicht angezeigt werden" in response.content.decode()
    assert "error page 404 could not be drawn" in caplog.text
