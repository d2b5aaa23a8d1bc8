"""German names in addresses and in searches."""

from django.utils.text import slugify

SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
# Words that are pages of their own below the lists of meetings and organisations.
RESERVED = {"", "neu", "import", "nicht-erreicht"}


def folded(text: str) -> str:
    """Return the text as searches compare it: "Gießen", "GIESSEN" and "giessen" are the same."""
    return text.lower().translate(SPELLED_OUT)


def matches(wanted: str, *texts: str) -> bool:
    """Say whether each word of the search stands in one of the texts."""
    haystack = folded(" ".join(texts))
    return all(word in haystack for word in folded(wanted).split())


def slug_of(title: str, *, prefix: str) -> str:
    """Return the short name for addresses; words that are pages of their own get the prefix."""
    slug = slugify(folded(title))[:70].strip("-")
    return f"{prefix}-{slug}".strip("-") if slug in RESERVED else slug
