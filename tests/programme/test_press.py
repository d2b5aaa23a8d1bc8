"""The press: both standards, same bytes, nothing fetched, not for ever."""

from datetime import UTC, datetime
from io import BytesIO
from unittest.mock import patch

import pikepdf
import pytest

from programme.errors import RuleBroken
from tests.pdf import failures

DATED = datetime(2017, 8, 1, 10, 0, tzinfo=UTC)
BODY = """<h1 id="a">Über Größe &amp; Maß</h1><p>Siehe <a href="#b">das zweite Kapitel</a>.</p>
<ul><li>ein Punkt<p>mit Absatz</p><ul><li>innen</li></ul></li></ul>
<svg role="img" viewBox="0 0 9 9" width="90" height="90"><title>Ein Quadrat</title>
<rect width="9" height="9" fill="#123456"/></svg>
<table><thead><tr><th>Art</th><th>Zahl</th></tr></thead>
<tbody><tr><th>Besuche</th><td>41</td></tr></tbody></table><h2 id="b">Zweites</h2>"""
FONT = "static:kern/fonts/fira-sans/FiraSans-Regular.woff2"

# Every way a text could make the press look outside (target H4, trap T7).
FOREIGN = [
    '<img src="{url}" alt="x">',
    '<svg><image href="{url}"/></svg>',
    "<style>@import url('{url}');</style>",
    '<p style="background: url({url})">x</p>',
    "<style>@font-face {{ font-family: x; src: url('{url}') }} p {{ font-family: x }}</style><p>x",
    '<link rel="stylesheet" href="{url}">',
    '<object data="{url}"></object>',
    '<embed src="{url}">',
    "<style>p::before {{ content: url('{url}') }}</style><p>x</p>",
    '<link rel="attachment" href="{url}">',
    '<a rel="attachment" href="{url}">x</a>',
    '<ul style="list-style-image: url({url})"><li>x</li></ul>',
]
ADDRESSES = ["http://127.0.0.1:9/geheim", "file:///etc/passwd", "static:../../manage.py"]


def html(body, title="Titel"):
    face = f'@font-face {{ font-family: "F"; src: url("{FONT}") }} body {{ font-family: "F" }}'
    margins = '@page { @top-left { content: "Kopf" } @bottom-right { content: counter(page) } }'
    head = f"<title>{title}</title><style>{face} {margins}</style>"
    return f'<!doctype html><html lang="de"><head>{head}</head><body>{body}</body></html>'


def printed(text, identifier="abc"):
    from programme.press import print_html

    return print_html(text, dated=DATED, identifier=identifier)


@pytest.fixture(scope="module")
def pdf():
    return printed(html(BODY))[0]


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_a_file_keeps_both_standards(pdf, profile):
    assert failures(pdf, profile) == []


def test_the_metadata_name_title_language_and_both_standards(pdf):
    with pikepdf.open(BytesIO(pdf)) as file, file.open_metadata() as metadata:
        assert metadata.pdfa_status == "3A"
        assert metadata["dc:title"] == "Titel"
        assert str(file.Root.Lang) == "de"
        assert file.docinfo["/CreationDate"] == "D:20170801100000Z"


def test_the_same_html_gives_the_same_bytes(pdf):
    assert printed(html(BODY))[0] == pdf
    assert printed(html(BODY), identifier="other")[0] != pdf


@pytest.mark.parametrize("payload", FOREIGN)
def test_nothing_outside_the_static_files_is_fetched(payload):
    with patch("urllib.request.OpenerDirector.open") as fetched:
        for address in ADDRESSES:
            try:
                content, _ = printed(html(payload.format(url=address)))
            except RuleBroken:
                continue
            with pikepdf.open(BytesIO(content)) as file:
                assert "/EmbeddedFiles" not in file.Root.get("/Names", {})
            assert b"root:" not in content

    assert fetched.call_count == 0


def test_a_refusal_is_said_in_german():
    with pytest.raises(RuleBroken, match="nicht zum Portal gehört"):
        printed(html('<img src="http://127.0.0.1:9/bild.png" alt="x">'))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<html><body>ohne alles</body></html>", "Titel oder die Sprache"),
        ("x" * 4_000_001, "zu lang"),
    ],
)
def test_an_unusable_document_is_refused(text, message):
    with pytest.raises(RuleBroken, match=message):
        printed(text)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_endless_work_is_stopped(monkeypatch):
    # The first alarm may hit a finalizer, where it is only reported; the next one stops the work.
    from programme import press

    monkeypatch.setattr(press, "MAX_SECONDS", 0.05)

    with pytest.raises(RuleBroken, match="zu lange gedauert"):
        printed(html("<p>Satz mit Wörtern. </p>" * 3000))


def test_the_web_process_loads_no_library_it_seldom_needs():
    import subprocess
    import sys

    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE']='programme.settings.test';"
        "django.setup(); from django.urls import get_resolver; get_resolver().url_patterns;"
        "print(*{'weasyprint', 'rdflib', 'icalendar', 'openpyxl', 'pypdf'} & set(sys.modules))"
    )

    result = subprocess.run(  # noqa: S603  our own code
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )

    assert result.stdout == "\n"
