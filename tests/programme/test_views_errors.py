"""Error pages: German, with advice, without database and request."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse


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
