"""How the draft of a report is written down: chapters, texts and live blocks in one file."""

import re
from dataclasses import dataclass

CHAPTER = re.compile(r"^# ([a-z-]+): (.+)$", re.MULTILINE)
MARK = re.compile(r"^<!-- (text|live): ([a-z_]+) -->$", re.MULTILINE)
WRAP = re.compile(r"(?<=[^\n])\n(?!\n|[*#-]|\d+\. )[ \t]*")
HEADING = re.compile(r"^ {0,3}#{1,6}(?=\s)", re.MULTILINE)


@dataclass(frozen=True)
class DraftBlock:
    """A proposed block; `body` is empty for a live one, whose kind is its key."""

    key: str
    kind: str
    body: str


@dataclass(frozen=True)
class DraftChapter:
    """A proposed chapter with its blocks in order."""

    anchor: str
    title: str
    blocks: tuple[DraftBlock, ...]


def chapters(source: str) -> tuple[DraftChapter, ...]:
    """Read a draft: chapters in order, each with its marked blocks, wrapped lines joined."""
    _, *parts = CHAPTER.split(source)
    return tuple(
        DraftChapter(anchor, title.strip(), tuple(_blocks(text)))
        for anchor, title, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    )


def _blocks(text: str) -> list[DraftBlock]:
    _, *parts = MARK.split(text)
    return [
        DraftBlock(name, "text" if mark == "text" else name, WRAP.sub(" ", body.strip()))
        for mark, name, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    ]


def below_the_chapter(text: str) -> str:
    """Bring every heading of a text to level 3: a chapter is level 2, no level is skipped."""
    return HEADING.sub("###", text)
