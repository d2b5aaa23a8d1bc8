"""Cells of a table that a spreadsheet would run, and how they become text (target H5)."""

QUOTE = "'"
RUN = frozenset("=+-@＝＋－＠")
CONTROLS = frozenset("\t\r\n")


def harmless(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run; people read the rest unchanged."""
    return f"{QUOTE}{text}" if _would_run(text) else text


def plain(text: str) -> str:
    """Take the apostrophe of `harmless` away again."""
    rest = text.removeprefix(QUOTE)
    return rest if rest != text and _would_run(rest) else text


def _would_run(text: str) -> bool:
    return text[:1] in CONTROLS or text.lstrip()[:1] in RUN
