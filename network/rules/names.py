"""German names in addresses and in searches."""

import re

from django.utils.text import slugify

SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
OTHERWISE = re.compile(r"^e|[aou]$|[aou]e|[^a-hjl-rt-z0-9@.-]+")
# Words that are pages of their own below the lists of meetings and organisations.
RESERVED = {"", "neu", "import", "nicht-erreicht"}


def folded(text: str) -> str:
    """Return the text as searches compare it: "Gießen", "GIESSEN" and "giessen" are the same."""
    return text.lower().translate(SPELLED_OUT)


def matches(wanted: str, *texts: str) -> bool:
    """Say whether each word of the search stands in one of the texts."""
    haystack = folded(" ".join(texts))
    return all(word in haystack for word in folded(wanted).split())


def certain_parts(wanted: str) -> list[str]:
    """Return a part of each searched word that matching texts hold letter by letter.

    For the database, which knows no "ü" = "ue": it may narrow by these parts in any case, then
    `matches` decides. Left out is what may be spelled otherwise (umlauts or half of one, ß) and
    letters with a second capital (sign of Kelvin, long s, Turkish dotted I).
    """
    parts = (max(OTHERWISE.split(word), key=len) for word in folded(wanted).split())
    return [part for part in parts if len(part) > 1]


def slug_of(title: str, *, prefix: str) -> str:
    """Return the short name for addresses; words that are pages of their own get the prefix."""
    slug = slugify(folded(title))[:70].strip("-")
    return f"{prefix}-{slug}".strip("-") if slug in RESERVED else slug
