"""A copy of the public pages that needs no server (B16): read in any browser, from any disk."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from lxml import html

from programme.errors import RuleBroken
from programme.exports.binders import Binder
from programme.models import Programme
from publications.exports.visitor import Answer, Visitor
from publications.rules import site_copy as rules

MOST_FILES = 5_000
CSS = "text/css"
# A file name in a style sheet; drawings written into it (data:) are not files.
IN_STYLES = re.compile(r"""url\(\s*["']?(?!data:)([^"')]+)["']?\s*\)""")
MISSING = "nicht-enthalten.html"
CONTENTS = "verzeichnis.html"
PAGES = {
    "notice": "publications/site_copy/notice.html",
    "missing": "publications/site_copy/missing.html",
    "contents": "publications/site_copy/contents.html",
}
Told = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Saved:
    """A file that was fetched: its address, its place in the copy, where it waits on disk."""

    address: str
    place: str
    kind: str
    path: Path
    title: str = ""


def write(path: Path, *, programme: Programme, dated: datetime, told: Told) -> int:
    """Write the copy as ZIP to `path` and return how many pages it holds.

    `told` hears how many of the known files are done. Refuses (RuleBroken) a site of more than
    5,000 files and a page that fails, because a copy with holes would look whole.
    """
    visitor = Visitor()
    with TemporaryDirectory(prefix="portalkopie-") as folder:
        saved, moved = _fetched(visitor, Path(folder), told)
        places = {one.address: one.place for one in saved}
        places |= {old: places[new] for old, new in moved.items() if new in places}
        binder = Binder(path, programme=programme, dated=dated)
        notice = html.fragment_fromstring(_page("notice", programme, dated))
        for one in saved:
            binder.add(one.place, _rewritten(one, places, visitor.base.netloc, notice))
        pages = [one for one in saved if one.kind == rules.HTML]
        pages.sort(key=lambda one: one.place)
        binder.add("kopie.css", Path(str(finders.find("print/funding_file.css"))).read_bytes())
        binder.add(MISSING, _page("missing", programme, dated).encode())
        binder.add(CONTENTS, _page("contents", programme, dated, pages=pages).encode())
        binder.seal()
    return len(pages)


def _page(name: str, programme: Programme, dated: datetime, **more: object) -> str:
    shared = {"programme": programme, "dated": dated, "contents": CONTENTS}
    return render_to_string(PAGES[name], shared | more)


def _fetched(visitor: Visitor, folder: Path, told: Told) -> tuple[list[Saved], dict[str, str]]:
    """Follow all links from the home page; return the files and what points on to another."""
    waiting, known = deque(["/"]), {"/"}
    saved: list[Saved] = []
    moved: dict[str, str] = {}
    while waiting:
        address = waiting.popleft()
        answer = visitor.fetch(address)
        _refuse_broken(address, answer)
        links: Iterable[str] = ()
        if answer.points_to:
            links = [answer.points_to]
        elif answer.status == HTTPStatus.OK:
            saved.append(_kept(folder / str(len(saved)), address, answer))
            links = _links(saved[-1])
        goals = list(_goals(links, at=address, host=visitor.base.netloc))
        if answer.points_to and goals:
            moved[address] = goals[0]
        new = [goal for goal in dict.fromkeys(goals) if goal not in known]
        known.update(new)
        waiting.extend(new)
        _refuse_too_many(len(known))
        told(len(saved), len(known), "Seiten gelesen")
    return saved, moved


def _goals(links: Iterable[str], *, at: str, host: str) -> Iterator[str]:
    for link in links:
        goal = rules.own_address(link, at=at, host=host)
        if goal is not None and not rules.is_left_out(goal):
            yield goal


def _refuse_broken(address: str, answer: Answer) -> None:
    """A copy that lacks a page because of a fault of the moment would look whole."""
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise RuleBroken(
            f"Die Seite {address} ließ sich gerade nicht lesen. Bitte packen Sie die Kopie noch "
            "einmal."
        )


def _refuse_too_many(known: int) -> None:
    if known > MOST_FILES:
        raise RuleBroken(
            f"Der öffentliche Teil hat mehr als {MOST_FILES} Seiten und Dateien. Bitte wenden "
            "Sie sich an die Betriebsstelle; sie kann die Grenze erhöhen."
        )


def _kept(path: Path, address: str, answer: Answer) -> Saved:
    path.write_bytes(answer.content)
    title = ""
    if answer.kind == rules.HTML:
        title = (
            (_parsed(answer.content).findtext(".//title") or address).partition(" – ")[0].strip()
        )
    place = rules.place(address, answer.kind, answer.name)
    return Saved(address, place, answer.kind, path, title)


def _parsed(content: bytes) -> html.HtmlElement:
    return html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))


def _links(one: Saved) -> Iterator[str]:
    """Yield what a page shows or leads to; forms do not work without a server."""
    content = one.path.read_bytes()
    if one.kind == CSS:
        yield from IN_STYLES.findall(content.decode())
    if one.kind == rules.HTML:
        page = _parsed(content)
        _strip(page)
        yield from (link for _, _, link, _ in page.iterlinks() if not link.startswith("#"))


def _strip(page: html.HtmlElement) -> None:
    """Take out what only a server can answer; where a form stood, the page says so."""
    for hint in page.xpath("//link[@rel='preload']"):  # fonts of another origin stay out on disk
        hint.drop_tree()
    for form in page.xpath("//form"):
        form.getparent().replace(form, html.fragment_fromstring(FORM))


FORM = (
    '<p class="kern-body">An dieser Stelle steht im Portal ein Formular. In der Kopie ist es nicht '
    "enthalten.</p>"
)


def _rewritten(one: Saved, places: dict[str, str], host: str, notice: html.HtmlElement) -> bytes:
    """Return the file as it lies in the copy: links lead to the copies of what they led to."""
    content = one.path.read_bytes()
    if one.kind != rules.HTML:
        return content
    page = _parsed(content)
    _strip(page)

    def led(link: str) -> str:
        if link.startswith("#"):
            return link
        goal = rules.own_address(link, at=one.address, host=host)
        if goal is None:
            return link
        if goal in places:
            return rules.relative(link, at=one.place, to=places[goal])
        return rules.relative("", at=one.place, to=MISSING)

    page.rewrite_links(led)
    body = page.find("body")
    if body is not None:
        shown = html.fromstring(html.tostring(notice))
        shown.rewrite_links(lambda link: rules.relative("", at=one.place, to=link))
        body.insert(0, shown)
    whole: bytes = html.tostring(page, doctype="<!doctype html>", encoding="utf-8")
    return whole
