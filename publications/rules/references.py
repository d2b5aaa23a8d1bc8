"""What texts can refer to: [[abb:karte]], [[tab:ansaetze]], [[kap:foerderung]]."""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from network.rules.names import folded
from publications.enums import BlockKind

LONGEST_NAME = 40

REFERENCE = re.compile(r"\[\[(abb|tab|kap):([a-z0-9_-]+)\]\]")
LIKE_A_REFERENCE = re.compile(r"\[\[[^\[\]\n]{1,80}\]\]")
WORDS = {"abb": "Abbildung", "tab": "Tabelle", "kap": "Kapitel"}
NAMES: dict[str, str] = {
    BlockKind.SITE_PROFILES: "standorte",
    BlockKind.SITE_PROFILE: "standort",
    BlockKind.TIMELINE: "zeitverlauf",
    BlockKind.BEFORE_AFTER: "wirkung",
    BlockKind.SURVEY: "befragung",
    BlockKind.PARTICIPATION_MAP: "karte",
    BlockKind.MEETING_LIST: "treffen",
    BlockKind.MEASURES_BY_FIELD: "massnahmen",
    BlockKind.BALANCE: "gleichgewicht",
    BlockKind.FUNDING_SPLIT: "foerderung",
    BlockKind.BUDGET_LINES: "ansaetze",
}
WITH_FIGURE = frozenset(
    {
        BlockKind.PICTURE,
        BlockKind.MEASURES_BY_FIELD,
        BlockKind.BALANCE,
        BlockKind.FUNDING_SPLIT,
        BlockKind.BUDGET_LINES,
        BlockKind.PARTICIPATION_MAP,
    }
)
# How many drawings these have depends on the data; their names are frozen with them.
WITH_FIGURES = frozenset({BlockKind.BEFORE_AFTER, BlockKind.SURVEY})
WITH_TABLE = frozenset(
    {
        BlockKind.SITE_PROFILES,
        BlockKind.SITE_PROFILE,
        BlockKind.TIMELINE,
        BlockKind.SURVEY,
        BlockKind.BEFORE_AFTER,
        BlockKind.PARTICIPATION_MAP,
        BlockKind.MEETING_LIST,
        BlockKind.MEASURES_BY_FIELD,
        BlockKind.BALANCE,
        BlockKind.FUNDING_SPLIT,
        BlockKind.BUDGET_LINES,
    }
)


@dataclass(frozen=True)
class Target:
    """What a reference is written as, and the anchor it leads to."""

    label: str
    anchor: str


def name_of(block: dict[str, Any]) -> str:
    """Return what texts call the figure or table of a block; empty if it has none."""
    if block["kind"] == BlockKind.PICTURE:
        return str(block["picture"]["key"])
    name = NAMES.get(block["kind"], "")
    about = block.get("about", "")
    return f"{name}-{about}" if name and about else name


def figures_of(block: dict[str, Any]) -> list[str]:
    """Return what texts call the figures of a block, in order.

    An edition that was frozen without names for them shows them without numbers.
    """
    if block["kind"] in WITH_FIGURES:
        own = name_of(block)
        return [f"{own}-{name}" if name else own for name in block.get("figures", [])]
    return [name_of(block)] if block["kind"] in WITH_FIGURE else []


def drawn(kind: str, shown: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return the drawings of a block that may have several or none: their names, what they show.

    Small numbers never get here: only rows with both values are drawn, and of a survey only
    questions that enough people answered.
    """
    if kind == BlockKind.BEFORE_AFTER:
        seen = [
            entry | {"rows": [row for row in entry["rows"] if _both(row)]}
            for entry in shown["indicators"]
        ]
        entries = [entry for entry in seen if entry["rows"]]
        return list(zip(_names([entry["name"] for entry in entries]), entries, strict=True))
    survey = shown["survey"] or {"questions": []}
    questions = [row for row in survey["questions"] if row["mean"]]
    return [("", survey | {"questions": questions})] if questions else []


def _both(row: dict[str, Any]) -> bool:
    return row["before_number"] is not None and row["after_number"] is not None


def _names(titles: list[str]) -> list[str]:
    """Make names of titles; the second of two that would be the same is counted."""
    found: list[str] = []
    for title in titles:
        stem = name = slugify(folded(title))[:LONGEST_NAME].strip("-_") or "abbildung"
        turn = 2
        while name in found:
            name, turn = f"{stem}-{turn}", turn + 1
        found.append(name)
    return found


def targets(chapters: Iterable[dict[str, Any]]) -> dict[str, Target]:
    """Return everything a text can refer to, by the words in the brackets, with its number.

    The first of two blocks with the same name keeps it.
    """
    found: dict[str, Target] = {}
    figure = table = 0
    for number, chapter in enumerate(chapters, start=1):
        found[f"kap:{chapter['anchor']}"] = Target(f"Kapitel {number}", chapter["anchor"])
        for block in chapter["blocks"]:
            name, kind = name_of(block), block["kind"]
            for drawing in figures_of(block):
                figure += 1
                found.setdefault(f"abb:{drawing}", Target(f"Abbildung {figure}", f"abb-{drawing}"))
            if kind in WITH_TABLE:
                table += 1
                found.setdefault(f"tab:{name}", Target(f"Tabelle {table}", f"tab-{name}"))
    return found


def unknown(text: str, known: Container[str]) -> list[str]:
    """Return the references of a text that lead nowhere, as they are written, each once."""
    written = dict.fromkeys(LIKE_A_REFERENCE.findall(text))
    return [entry for entry in written if entry[2:-2] not in known]
