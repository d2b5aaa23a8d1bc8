"""What a mail says with labels, as forms on web pages and careful people write it."""

import re
from collections.abc import Sequence

LABELS = {
    "first": r"vorname",
    "last": r"nachname|familienname|zuname",
    "full_name": r"(?:ihr |mein )?name|vor-? und (?:nach|zu)name|vorname[,/ ]+name|"
    r"name[,/ ]+vorname|vorname[,/ ]+nachname|empfänger(?:in)?|besteller(?:in)?|"
    r"ansprechpartner(?:in)?|kontaktperson|ansprechperson|zu händen|z\. ?hd\.?",
    "organisation": r"institution|behörde|organisation|einrichtung|firma|dienststelle|"
    r"(?:behörde|firma|institution|organisation)\s?(?:/|oder|und)\s?\w+|verein|schule",
    "street": r"stra(?:ß|ss)e(?:\W{0,3}\w{0,3}\W{0,3}(?:haus)?-?(?:nummer|nr\.?))?|str\.",
    "house": r"haus-?(?:nummer|nr\.?)",
    "postcode": r"plz|postleitzahl",
    "city": r"ort|stadt|wohnort|ort/stadt",
    "place": r"(?:plz|postleitzahl)[ ,/]*(?:und |& )?(?:wohn)?ort",
    "email": r"e-?mail(?:-?adresse)?|mail(?:adresse)?|mailadresse",
}
SHAPES = {
    name: re.compile(rf"^\W{{0,4}}(?:{words})\W{{0,3}}(?::|=|\t)\s*(?P<value>.*)$", re.IGNORECASE)
    for name, words in LABELS.items()
}
BARE = {
    name: re.compile(rf"^\W{{0,4}}(?:{words})\W{{0,4}}$", re.IGNORECASE)
    for name, words in LABELS.items()
}
ENOUGH = 3


def labelled(lines: Sequence[str]) -> dict[str, tuple[str, int]]:
    """Return what stands behind each label, with the number of its line; the first one counts.

    A label alone in its line belongs to the next line. Fewer than two labels of an address are
    taken for chance, so that "Name:" in a signature does not outrank the address.
    """
    found: dict[str, tuple[str, int]] = {}
    for number, line in enumerate(lines):
        for name, shape in SHAPES.items():
            said = shape.match(line)
            if not said and not BARE[name].match(line):
                continue
            value = said["value"].strip(" *") if said else ""
            if not value and number + 1 < len(lines) and _is_value(lines[number + 1]):
                value = lines[number + 1].strip(" *")
            if value and name not in found:
                found[name] = (value, number)
    return found


def _is_value(line: str) -> bool:
    is_label = any(shape.match(line) for shape in (*SHAPES.values(), *BARE.values()))
    return bool(line.strip()) and not is_label


def is_form(found: dict[str, tuple[str, int]]) -> bool:
    """Say whether the labels carry an address."""
    has_town = "place" in found or {"postcode", "city"} <= set(found)
    return has_town and ("street" in found or len(found) >= ENOUGH + 1)
