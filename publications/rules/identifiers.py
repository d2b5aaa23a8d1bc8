"""Identifiers of publications: what they look like and whether their check digit is right."""

import re

from programme.errors import RuleBroken

DOI = re.compile(r"10\.[0-9]{4,9}/[!-~]+")
DOI_FRONT = re.compile(r"^(https?://(dx\.)?doi\.org/|doi:)\s*", re.IGNORECASE)
URN = re.compile(r"urn:nbn:de:[a-z0-9+:_./-]+[0-9]")
ISBN_LENGTH = 17  # thirteen digits and four hyphens
ISBN_SIGNS = re.compile(r"[0-9]{9}[0-9X]|97[89][0-9]{10}")
# The values of the German National Library for the signs of a URN; none of them holds a zero.
URN_VALUES = {
    **{str(digit): digit + 1 for digit in range(9)},
    "9": 41,
    "a": 18,
    "b": 14,
    "c": 19,
    "d": 15,
    "e": 16,
    "f": 21,
    "g": 22,
    "h": 23,
    "i": 24,
    "j": 25,
    "k": 42,
    "l": 26,
    "m": 27,
    "n": 13,
    "o": 28,
    "p": 29,
    "q": 31,
    "r": 12,
    "s": 32,
    "t": 33,
    "u": 11,
    "v": 34,
    "w": 35,
    "x": 36,
    "y": 37,
    "z": 38,
    "-": 39,
    ":": 17,
    "_": 43,
    "/": 45,
    ".": 47,
    "+": 49,
}


def isbn(written: str) -> str:
    """Return an ISBN of 10 or 13 digits with its hyphens; refuses one whose check digit is wrong.

    An empty one stays empty.
    """
    text = re.sub(r"^ISBN(-1[03])?:?", "", written.strip().upper()).strip()
    text = re.sub(r"[\s‐‑–—-]+", "-", text).strip("-")
    signs = text.replace("-", "")
    if not signs:
        return ""
    if not ISBN_SIGNS.fullmatch(signs):
        raise RuleBroken(
            "Eine ISBN hat 13 Ziffern und beginnt mit 978 oder 979, zum Beispiel "
            "978-3-16-148410-0. Ältere haben 10 Stellen.",
            field="isbn",
        )
    if not _isbn_adds_up(signs):
        raise RuleBroken(
            "Die Prüfziffer dieser ISBN stimmt nicht. Bitte vergleichen Sie die Ziffern mit der "
            "Zuteilung.",
            field="isbn",
        )
    return text if len(text) <= ISBN_LENGTH else signs


def doi(written: str) -> str:
    """Return a DOI without the address of its resolver; an empty one stays empty."""
    text = DOI_FRONT.sub("", written.strip())
    if text and not DOI.fullmatch(text):
        raise RuleBroken(
            "Eine DOI beginnt mit „10.“, dann kommen vier bis neun Ziffern, ein Schrägstrich und "
            "ein Name ohne Leerzeichen, zum Beispiel 10.5555/bericht.1.",
            field="doi",
        )
    return text


def urn(written: str) -> str:
    """Return a URN of the German National Library in small letters, its check digit right."""
    text = written.strip().lower().removeprefix("https://nbn-resolving.org/")
    if not text:
        return ""
    if not URN.fullmatch(text):
        raise RuleBroken(
            "Eine URN beginnt mit „urn:nbn:de:“ und endet mit einer Prüfziffer, zum Beispiel "
            "urn:nbn:de:gbv:089-3321752945.",
            field="urn",
        )
    if _urn_digit(text[:-1]) != int(text[-1]):
        raise RuleBroken(
            "Die Prüfziffer dieser URN stimmt nicht. Bitte vergleichen Sie sie mit der Zuteilung.",
            field="urn",
        )
    return text


def _isbn_adds_up(signs: str) -> bool:
    """Weigh the signs as the standard says: mod 11 for ten of them, mod 10 for thirteen."""
    values = [10 if sign == "X" else int(sign) for sign in signs]
    if len(values) == 10:
        return sum((10 - place) * value for place, value in enumerate(values)) % 11 == 0
    return sum((3 if place % 2 else 1) * value for place, value in enumerate(values)) % 10 == 0


def _urn_digit(base: str) -> int:
    digits = [int(digit) for sign in base for digit in str(URN_VALUES[sign])]
    total = sum(place * digit for place, digit in enumerate(digits, start=1))
    return total // digits[-1] % 10
