"""Finds what readers see in a finished text and marks it as corrected, tags or no tags between."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from lxml import html

SPACES = re.compile(r"\s+")
# Text in a drawing cannot be crossed out; its table says the same and can.
DRAWN = "ancestor-or-self::svg"


@dataclass(frozen=True)
class Mark:
    """A passage to be crossed out, what is right instead, and where the correction is told."""

    passage: str
    correction: str
    target: str
    label: str


def text_of(markup: str) -> str:
    """Return the words of a finished text with single spaces, without those in drawings."""
    return _letters(_parsed(markup))[0]


def times(markup: str, passage: str) -> int:
    """Return how often a passage stands in a finished text."""
    return text_of(markup).count(flat(passage))


def overlap(markup: str, passage: str, other: str) -> bool:
    """Say whether two passages share a letter where they first stand in a finished text."""
    words = text_of(markup)
    one, two = flat(passage), flat(other)
    start, begin = words.find(one), words.find(two)
    return 0 <= start < begin + len(two) and 0 <= begin < start + len(one)


def flat(text: str) -> str:
    """Return a text with single spaces, as readers see it."""
    return SPACES.sub(" ", text).strip()


def marked(markup: str, marks: Iterable[Mark]) -> SafeString:
    """Return the finished text with each passage crossed out and followed by what is right.

    The passage may begin in one tag and end in another. A passage that is not there changes
    nothing; the list of corrections still tells it.
    """
    root = _parsed(markup)
    for mark in marks:
        _mark(root, mark)
    inside = (root.text or "") + "".join(html.tostring(child, encoding="unicode") for child in root)
    return mark_safe(inside)  # noqa: S308  what came in was finished markup; marks are built as text


def _parsed(markup: str) -> html.HtmlElement:
    return html.fragment_fromstring(markup, create_parent="div")


@dataclass(frozen=True)
class Spot:
    """One letter of the text: the element, whether it stands before or behind it, and where."""

    element: html.HtmlElement
    is_tail: bool
    place: int


def _letters(root: html.HtmlElement) -> tuple[str, list[Spot]]:
    """Return the words with single spaces, and for every letter where it comes from."""
    letters: list[str] = []
    spots: list[Spot] = []
    for piece in root.xpath(f".//text()[not({DRAWN})]"):
        element, is_tail = piece.getparent(), piece.is_tail
        for place, letter in enumerate(piece):
            if not letter.isspace():
                letters.append(letter)
            elif letters and letters[-1] != " ":
                letters.append(" ")
            else:
                continue
            spots.append(Spot(element, is_tail, place))
    return "".join(letters), spots


def _mark(root: html.HtmlElement, mark: Mark) -> None:
    words, spots = _letters(root)
    start = words.find(flat(mark.passage))
    if start < 0:
        return
    hit = spots[start : start + len(flat(mark.passage))]
    groups: list[list[Spot]] = []
    for spot in hit:
        last = groups[-1][-1] if groups else None
        if last and (last.element, last.is_tail) == (spot.element, spot.is_tail):
            groups[-1].append(spot)
        else:
            groups.append([spot])
    # From the end, so that the places of the letters before stay what they are.
    for number, group in reversed(list(enumerate(groups))):
        is_last = number == len(groups) - 1
        _wrap(group, _right(mark) if is_last else None)


def _wrap(group: list[Spot], right: html.HtmlElement | None) -> None:
    """Put `<del>` around the letters of one piece of text, and what is right behind it."""
    element, is_tail = group[0].element, group[0].is_tail
    piece = (element.tail if is_tail else element.text) or ""
    first, last = group[0].place, group[-1].place + 1
    crossed = html.Element("del")
    crossed.text = piece[first:last]
    if right is None:
        crossed.tail = piece[last:]
    else:
        right.tail = piece[last:]
    new = [crossed] if right is None else [crossed, right]
    if is_tail:
        element.tail = piece[:first]
        parent = element.getparent()
        place = parent.index(element) + 1
    else:
        element.text = piece[:first]
        parent, place = element, 0
    for offset, made in enumerate(new):
        parent.insert(place + offset, made)


def _right(mark: Mark) -> html.HtmlElement:
    """Build ` <ins>…</ins>` with a link to the correction; all words come in as text."""
    right = html.Element("ins")
    right.text = f" {mark.correction} "
    link = html.Element("a", href=mark.target)
    link.text = mark.label
    right.append(link)
    return right
