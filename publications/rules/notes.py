"""Footnotes of a text: [^1] in the sentence, "[^1]: the note" at the start of a line below."""

import re

MARK = re.compile(r"\[\^([^\]\s]+)\](?!:)")
NOTE = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:[ \t]*(\S?)", re.MULTILINE)


def without_note(text: str) -> list[str]:
    """Return the marks in the text that have no note, or an empty one, in order, each once."""
    noted = {name for name, begin in NOTE.findall(text) if begin}
    return [name for name in dict.fromkeys(MARK.findall(text)) if name not in noted]


def without_mark(text: str) -> list[str]:
    """Return the notes no sentence points to; they would not be printed."""
    marked = set(MARK.findall(text))
    return [name for name, _ in NOTE.findall(text) if name not in marked]
