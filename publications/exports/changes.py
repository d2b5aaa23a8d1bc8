"""What a newer edition says otherwise than the one before: figures and sentences."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from html import unescape

from django.utils.html import strip_tags

from programme.rules.money import written
from publications.exports.block_words import figures_of, sentences_of
from publications.exports.reading import Reading, Section
from publications.exports.tables import Cell, DataTable, told

NOTHING = "–"
NEW = "neu"
KNOWN = "enthalten"
GONE = "entfallen"
CHAPTER_NEW = "Dieses Kapitel ist neu."
CHAPTER_GONE = "Dieses Kapitel ist entfallen."
# The number of a footnote in a sentence, and the arrow that leads back to it.
NOTE_SIGNS = re.compile(
    r'<sup><a class="report-mark".*?</a></sup>|\s*<a class="report-back".*?</a>', re.DOTALL
)
NEXT_CELL = re.compile(r"</t[dh]>\s*(?=<t[dh]\b)")
BETWEEN_CELLS = " · "
SENTENCES = re.compile(r"\n+|(?<=[.!?])\s+(?=[„A-ZÄÖÜ])")


@dataclass(frozen=True)
class Change:
    """One figure that changed, and the tables or chapters of the newer edition that show it."""

    name: str
    before: str
    now: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class Passage:
    """Sentences that read otherwise; one side is empty where something came or went."""

    before: str
    now: str


@dataclass(frozen=True)
class ChangedChapter:
    """A chapter that came, went or reads otherwise: a sentence on it whole, or its passages."""

    title: str
    anchor: str
    whole: str = ""
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Changes:
    """Everything that changed from one edition to the next."""

    figures: tuple[Change, ...]
    chapters: tuple[ChangedChapter, ...]


def changes(before: Reading, now: Reading) -> Changes:
    """Compare two editions; a figure that several tables show is named once."""
    older = {table.key: table for table in before.tables}
    found: dict[tuple[str, str, str], list[str]] = {}
    for table in now.tables:
        for name, was, is_now in _changed(older.get(table.key), table):
            found.setdefault((name, was, is_now), []).append(_place(table))
    past, present = _beside(before), _beside(now)
    for key in past | present:
        was, place = past.get(key, ("", ""))
        is_now, place = present.get(key, ("", place))
        if was != is_now:
            found.setdefault((key[1], was or NOTHING, is_now or NOTHING), []).append(place)
    figures = tuple(
        Change(*key, places=tuple(dict.fromkeys(places))) for key, places in found.items()
    )
    return Changes(figures, tuple(_chapters(before, now)))


def _beside(report: Reading) -> dict[tuple[str, str, int], tuple[str, str]]:
    """Return the figures outside tables and their chapters, by kind of block and name."""
    turns: Counter[tuple[str, str]] = Counter()
    found = {}
    for section in report.sections:
        for item in section.items:
            for name, value in figures_of(item.kind, item.data):
                found[item.kind, name, turns[item.kind, name]] = (value, f"„{section.title}“")
                turns[item.kind, name] += 1
    return found


def _changed(older: DataTable | None, table: DataTable) -> Iterator[tuple[str, str, str]]:
    if older is None:
        yield table.title, NOTHING, NEW
        return
    past, present = _rows(older), _rows(table)
    for key in past | present:
        was, row = past.get(key), present.get(key)
        if was is None or row is None:
            yield str(key[0]), *((NOTHING, NEW) if was is None else (KNOWN, GONE))
        else:
            yield from _cells(older, table, was, row)


def _cells(
    older: DataTable, table: DataTable, was: tuple[Cell, ...], row: tuple[Cell, ...]
) -> Iterator[tuple[str, str, str]]:
    names = [column.name for column in older.columns]
    for place, column in enumerate(table.columns[1:], start=1):
        if column.name not in names:
            continue
        previous = was[names.index(column.name)]
        if previous != row[place]:
            title = f"{row[0]}: {column.title}"
            yield title, _shown(previous, column.unit), _shown(row[place], column.unit)


def _rows(table: DataTable) -> dict[tuple[Cell, int], tuple[Cell, ...]]:
    """Return the rows by their first cell; the second of two rows that begin alike counts on."""
    turns: Counter[Cell] = Counter()
    rows = {}
    for row in table.all_rows:
        rows[row[0], turns[row[0]]] = row
        turns[row[0]] += 1
    return rows


def _shown(cell: Cell, unit: str) -> str:
    if isinstance(cell, Decimal) and unit == "EUR":
        return written(cell)
    return told(cell) or NOTHING


def _place(table: DataTable) -> str:
    return f"Tabelle {table.number}" if table.number else table.title


def _chapters(before: Reading, now: Reading) -> Iterator[ChangedChapter]:
    older = {section.anchor: section for section in before.sections}
    for section in now.sections:
        was = older.pop(section.anchor, None)
        if was is None:
            yield ChangedChapter(section.title, section.anchor, CHAPTER_NEW)
        elif _words(was) != _words(section):
            passages = tuple(_passages(_words(was), _words(section)))
            yield ChangedChapter(section.title, section.anchor, passages=passages)
    for section in older.values():
        yield ChangedChapter(section.title, "", CHAPTER_GONE)


def _words(section: Section) -> list[str]:
    """Return the sentences of a chapter without its tables, the title first."""
    texts = (
        text
        for item in section.items
        for text in (_text_of(item.html), *sentences_of(item.kind, item.data))
    )
    found = (" ".join(one.split()) for text in texts for one in SENTENCES.split(unescape(text)))
    return [section.title, *filter(None, found)]


def _text_of(html: str) -> str:
    """Return the words of a text; a row of a table is one line with its cells apart.

    Footnotes are compared by their words: a new one before them changes their numbers only.
    """
    return strip_tags(NEXT_CELL.sub(BETWEEN_CELLS, NOTE_SIGNS.sub("", html)))


def _joined(sentences: list[str]) -> str:
    """Put sentences behind each other; rows of tables end without a full stop of their own."""
    ends = [";" if BETWEEN_CELLS in one else "" for one in sentences[:-1]] + [""]
    return " ".join(f"{one}{end}" for one, end in zip(sentences, ends, strict=False))


def _passages(before: list[str], now: list[str]) -> Iterator[Passage]:
    for kind, start, end, first, last in SequenceMatcher(
        a=before, b=now, autojunk=False
    ).get_opcodes():
        if kind != "equal":
            yield Passage(_joined(before[start:end]), _joined(now[first:last]))
