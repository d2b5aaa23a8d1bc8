"""The small Markdown of the report: notes, references, callouts, quotes, nothing from outside."""

from html.parser import HTMLParser
from unittest.mock import patch

import pytest

from publications.exports.markdown import Texts, write
from publications.rules import notes, references
from publications.rules.references import Target
from tests.programme.test_press import FONT, printed
from tests.programme.test_press import html as whole_page

TARGETS = {"abb:karte": Target("Abbildung 3", "abb-karte")}
# What a text could smuggle in (targets H1, H4); all of it has to stay the text it is.
PAYLOADS = [
    "<script>alert(1)</script>",
    '<img src="{url}" onerror="alert(1)" alt="x">',
    '<svg onload="alert(1)"><image href="{url}"/></svg>',
    "<style>@import url('{url}');</style>",
    '<p style="background: url({url})">x</p>',
    "<style>@font-face {{ font-family: x; src: url('{url}') }}</style>",
    '<link rel="stylesheet" href="{url}">',
    '<link rel="attachment" href="{url}">',
    '<a rel="attachment" href="{url}">x</a>',
    '<object data="{url}"></object>',
    '<embed src="{url}">',
    '<iframe src="{url}"></iframe>',
    '<ul style="list-style-image: url({url})"><li>x</li></ul>',
    '<meta http-equiv="refresh" content="0; url={url}">',
    '<base href="{url}">',
    "![Bild]({url})",
    "![Bild][b]\n\n[b]: {url}",
    "[Klick](javascript:alert(1))",
    "@import url({url});",
    "Text[^1] <video src='{url}'>\n\n[^1]: ![x]({url}) <img src={url}>",
]
ADDRESSES = ["http://127.0.0.1:9/geheim", "file:///etc/passwd", "picture:" + "0" * 64 + ".png"]
HARMLESS = {"div", "p", "a", "sup", "section", "ol", "li"}


class Marks(HTMLParser):
    """Collects the elements of a page and their attributes."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_notes_count_on_and_lead_there_and_back():
    texts = Texts({})

    texts.write("Eins.[^a]\n\n[^a]: Erste.")
    html = texts.write("Zwei.[^a] Noch einmal.[^a]\n\n[^a]: Die *zweite*.")

    assert html == (
        '<div class="prose"><p>Zwei.<sup><a class="report-mark" role="doc-noteref" id="zu-2" '
        'href="#fn-2" aria-label="Fußnote 2">2</a></sup> Noch einmal.<sup><a class="report-mark" '
        'role="doc-noteref" id="zu-2-1" href="#fn-2" aria-label="Fußnote 2">2</a></sup></p>\n'
        '<section class="report-notes" role="doc-endnotes" aria-label="Fußnoten"><ol start="2">\n'
        '<li id="fn-2"><p>Die <em>zweite</em>. <a class="report-back" role="doc-backlink" '
        'href="#zu-2" aria-label="Zurück zur Stelle der Fußnote 2">↑</a></p>\n</li>\n</ol>\n'
        "</section>\n</div>"
    )


def test_a_reference_is_written_as_a_link_and_an_unknown_one_stays_visible():
    html = write("Siehe [[abb:karte]], [[abb:fehlt]].", targets=TARGETS).html

    assert html == (
        '<div class="prose"><p>Siehe <a class="report-reference" href="#abb-karte">'
        "Abbildung&nbsp;3</a>, [[abb:fehlt]].</p>\n</div>"
    )


def test_quotes_have_a_source_and_callouts_a_name():
    html = write("> Gut.\n>\n> — Käthe\n\n::: wichtig\nHier.\n:::", targets={}).html

    assert html == (
        '<div class="prose"><blockquote>\n<p>Gut.</p>\n<p class="report-quote__source">— Käthe'
        '</p>\n</blockquote>\n<div class="report-callout report-callout--wichtig" role="note">'
        '<p class="report-callout__title">Wichtig</p>\n<p>Hier.</p>\n</div>\n</div>'
    )


def test_tables_get_their_head_and_headings_stay_below_the_chapter():
    html = write("# Eins\n\n##### Fünf\n\nZwei\n===\n\n| a |\n|--:|\n| 1 |", targets={}).html

    assert html == (
        '<div class="prose"><h3>Eins</h3>\n<h4>Fünf</h4>\n<p>Zwei\n===</p>\n'
        '<div class="report-table" role="group" aria-label="Tabelle" tabindex="0"><table>\n'
        '<thead>\n<tr>\n<th scope="col">a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n'
        "</tr>\n</tbody>\n</table></div>\n</div>"
    )


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_what_comes_from_outside_is_shown_as_text(payload, address):
    marks = Marks(write(payload.format(url=address), targets={}).html).found

    assert {tag for tag, _ in marks} <= HARMLESS
    names = {name for _, attributes in marks for name in attributes}
    assert names <= {"class", "href", "id", "role", "aria-label", "start"}
    assert not [found["href"] for _, found in marks if found.get("href", "#")[0] != "#"]


def test_the_press_fetches_nothing_a_text_asks_for():
    every = "\n\n".join(payload.format(url=url) for payload in PAYLOADS for url in ADDRESSES)
    from programme.press import StaticOnly

    fetched = StaticOnly.fetch
    asked = []

    def noted(self, url, headers=None):
        asked.append(url)
        return fetched(self, url, headers)

    with (
        patch.object(StaticOnly, "fetch", noted),
        patch("urllib.request.OpenerDirector.open") as opened,
    ):
        content, _ = printed(whole_page(write(every, targets={}).html))

    assert (set(asked), opened.call_count) == ({FONT}, 0)
    assert b"/EmbeddedFile" not in content


def test_targets_carry_the_numbers_of_the_edition():
    chapters = [
        {"anchor": "eins", "blocks": [{"kind": "text"}, {"kind": "balance"}]},
        {
            "anchor": "zwei",
            "blocks": [
                {"kind": "picture", "picture": {"key": "foto"}},
                {"kind": "meeting_list"},
                {"kind": "site_profile", "about": "giessen"},
            ],
        },
    ]

    assert references.targets(chapters) == {
        "kap:eins": Target("Kapitel 1", "eins"),
        "abb:gleichgewicht": Target("Abbildung 1", "abb-gleichgewicht"),
        "tab:gleichgewicht": Target("Tabelle 1", "tab-gleichgewicht"),
        "kap:zwei": Target("Kapitel 2", "zwei"),
        "abb:foto": Target("Abbildung 2", "abb-foto"),
        "tab:treffen": Target("Tabelle 2", "tab-treffen"),
        "tab:standort-giessen": Target("Tabelle 3", "tab-standort-giessen"),
    }


def test_loose_ends_of_a_text_are_found():
    text = "A[^1] [^2] [[abb:karte]] [[bild:x]] [[abb:]]\n\n[^1]: Da.\n[^3]: Verwaist.\n[^2]:  "

    assert notes.without_note(text) == ["2"]
    assert notes.without_mark(text) == ["3"]
    assert references.unknown(text, TARGETS) == ["[[bild:x]]", "[[abb:]]"]
