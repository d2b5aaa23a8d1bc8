"""What texts can refer to: [[abb:karte]], [[tab:ansaetze]], [[kap:foerderung]]."""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from publications.enums import BlockKind

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
WITH_TABLE = frozenset(
    {
        BlockKind.SITE_PROFILES,
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
            if kind in WITH_FIGURE:
                figure += 1
                found.setdefault(f"abb:{name}", Target(f"Abbildung {figure}", f"abb-{name}"))
            if kind in WITH_TABLE:
                table += 1
                found.setdefault(f"tab:{name}", Target(f"Tabelle {table}", f"tab-{name}"))
    return found


def unknown(text: str, known: Container[str]) -> list[str]:
    """Return the references of a text that lead nowhere, as they are written, each once."""
    written = dict.fromkeys(LIKE_A_REFERENCE.findall(text))
    return [entry for entry in written if entry[2:-2] not in known]
