"""What a site's part of the report has to hold, when it is due, and what two versions differ in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher

from programme.errors import RuleBroken
from programme.models import User
from sites.enums import ContributionPart, ContributionState
from sites.models import Contribution, ContributionVersion

OWN_SIGNATURE = "Freigeben muss jemand anderes als die Person, die abgegeben hat."
PARTS: tuple[ContributionPart, ...] = tuple(ContributionPart)
MOST_CHARACTERS = 6000
DUE_SOON = timedelta(days=14)
WITH_THE_SITE = frozenset({ContributionState.DRAFT, ContributionState.RETURNED})
ADDRESSES = {
    "ausgangslage": ContributionPart.STARTING_POINT,
    "vorgehen": ContributionPart.APPROACH,
    "ergebnis": ContributionPart.RESULT,
    "rat": ContributionPart.LESSONS,
}
# Where a signed text stands on the public page of the site.
PUBLISHED_AS = {
    ContributionPart.STARTING_POINT: "starting_point",
    ContributionPart.APPROACH: "summary",
    ContributionPart.RESULT: "result",
    ContributionPart.LESSONS: "lessons",
}
HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
PIECES = re.compile(r"\s+|\S+")


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stands in both versions ("same"), only before or only after."""

    kind: str
    text: str


def why_unsigned(version: ContributionVersion, *, unsettled: int, by: User) -> str:
    """Return why this person may not sign this version now, empty if nothing is in the way."""
    if version.handed_in_by_id == by.pk:
        return OWN_SIGNATURE
    if not unsettled:
        return ""
    are = "ist noch eine Anmerkung" if unsettled == 1 else f"sind noch {unsettled} Anmerkungen"
    return (
        f"Es {are} offen. Bitte warten Sie, bis der Standort alle erledigt hat, oder geben Sie "
        "den Beitrag zurück."
    )


def check_complete(texts: Mapping[str, str]) -> None:
    """Refuse (RuleBroken, field is the part) to hand in a contribution with an empty part."""
    for part in PARTS:
        if not texts.get(part, "").strip():
            raise RuleBroken(
                f"Der Abschnitt „{part.label}“ ist noch leer. Bitte schreiben Sie wenigstens zwei "
                "Sätze, bevor Sie den Beitrag abgeben.",
                field=part,
            )


def check_lengths(texts: Mapping[str, str]) -> None:
    """Refuse (RuleBroken, field is the part) a text of more than 6,000 characters."""
    for part in PARTS:
        if len(texts.get(part, "")) > MOST_CHARACTERS:
            raise RuleBroken("Bitte kürzen Sie den Abschnitt auf 6.000 Zeichen.", field=part)


def texts_of(row: Contribution) -> dict[str, str]:
    """Return the four texts as they stand in the draft."""
    return {str(part): getattr(row, part) for part in PARTS}


def as_published(text: str) -> str:
    """Return a text as it stands in the report, where headings are given: bold lines instead."""
    return HEADING.sub(r"**\1**\n", text).strip()


def is_late(state: str, due_on: date | None, today: date) -> bool:
    """Say whether the day has passed and the site has not handed in."""
    return state in WITH_THE_SITE and due_on is not None and due_on < today


def is_due_soon(state: str, due_on: date | None, today: date) -> bool:
    """Say whether the site should be reminded: late, or due within fourteen days."""
    return state in WITH_THE_SITE and due_on is not None and due_on <= today + DUE_SOON


def changes(before: str, after: str) -> tuple[Piece, ...]:
    """Return what became of a text, word by word; one "same" piece if nothing changed."""
    old, new = PIECES.findall(before), PIECES.findall(after)
    found: list[Piece] = []
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(old[old_from:old_to])))
            continue
        gone, come = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        found += [Piece(word, text) for word, text in (("gone", gone), ("new", come)) if text]
    return tuple(found)
