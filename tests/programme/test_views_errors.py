"""Error pages: German, with advice, without database and request."""

import pytest
from django.template.loader import render_to_string


@pytest.mark.parametrize("status", [400, 403, 404, 405, 429, 500, 503])
def test_an_error_page_says_what_happened_and_what_to_do(status):
    html = render_to_string(f"{status}.html")

    assert f"Meldung {status}" in html
    assert html.count("<h1") == 1
    assert "Was Sie tun können" in html
    assert html.count("<li>") >= 6
    assert 'href="/"' in html
