"""What the page of a summary says around the text, in the language of the text."""

import re
from dataclasses import dataclass

from publications.enums import Variant

# A line break inside a paragraph; lists and headings begin their own lines anyway.
BREAK = re.compile(r"(?<=[^\n])\n(?!\n|[-*#])")


@dataclass(frozen=True)
class Words:
    """The fixed words of a page in one language."""

    name: str
    stale: str
    reviewed_by: str
    signed_on: str
    whole: str


WORDS: dict[str, Words] = {
    Variant.GERMAN: Words(
        name="Deutsch",
        stale="Es gibt eine neuere Ausgabe. Diese Zusammenfassung beruht auf der Ausgabe davor.",
        reviewed_by="Geprüft von",
        signed_on="Freigegeben am",
        whole="Die ganze Publikation lesen",
    ),
    Variant.EASY: Words(
        name="Leichte Sprache",
        stale="Achtung: Dieser Text ist nicht mehr ganz neu. Wir arbeiten an einem neuen Text.",
        reviewed_by="Den Text geprüft hat",
        signed_on="Text vom",
        whole="Hier ist der ganze Bericht. Der Bericht ist in schwerer Sprache.",
    ),
    Variant.ENGLISH: Words(
        name="English",
        stale="The German summary has changed since this translation was made.",
        reviewed_by="Reviewed by",
        signed_on="Released on",
        whole="Read the whole publication (in German)",
    ),
}


def body(text: str, variant: str) -> str:
    """Return the Markdown of a page; in Leichte Sprache every line stays a line."""
    text = text.replace("\r\n", "\n")
    return BREAK.sub("  \n", text) if variant == Variant.EASY else text
