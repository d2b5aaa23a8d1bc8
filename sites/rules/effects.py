"""Effects of measures: a figure needs the number of cases it rests on."""

import re
from decimal import Decimal

from django.utils.formats import number_format

from sites.rules.small_numbers import SMALLEST

NO_BREAK = "\u00a0"
# Years, dates, times of day and paragraphs are no figures about an effect.
_NO_FIGURE = re.compile(
    r"§+\s*\d+\w*"
    r"|\b\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?"
    r"|\b\d{1,2}\.\s(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November"
    r"|Dezember)"
    r"|\b\d{1,2}(?:[.:]\d{2})?\s?Uhr"
    r"|\b(?:19|20)\d{2}\b(?!\s?(?:%|Prozent))"
)


def states_figures(effect: str) -> bool:
    """Say whether a text about an effect tells it in figures; days, years and paragraphs do not."""
    return any(sign.isdigit() for sign in _NO_FIGURE.sub("", effect))


def told_n(n: int | None) -> str:
    """Write on how many observed cases an effect rests, small numbers as such; empty for None."""
    if n is None:
        return ""
    return f"n kleiner als {SMALLEST}" if n < SMALLEST else f"n = {n}"


def safe_n(n: int | None) -> int | None:
    """Return the number of cases where everybody may read it; None for one under five (B13)."""
    return None if n is None or n < SMALLEST else n


def with_n(effect: str, n: int | None) -> str:
    """Write an effect with its number of cases behind it, in one line; an empty one stays empty."""
    if not effect or n is None:
        return effect
    return f"{effect} ({told_n(n).replace(' ', NO_BREAK)})"


def told_hours(hours: Decimal) -> str:
    """Write an effort: "12,5 Stunden", "" for none."""
    if not hours:
        return ""
    return f"{number_format(hours.normalize())} Stunde{'' if hours == 1 else 'n'}"
