"""Names of people and offices in lines of an address, in a signature or of a sender."""

import re
from collections.abc import Iterable, Sequence

from publications.rules.mail_addresses import CONTACT, is_street
from publications.rules.mail_words import (
    ACADEMIC,
    CLOSING,
    FUNCTION,
    NAME_PARTS,
    NO_NAME,
    OFFICE,
    UNIT,
)

ADDRESSED = re.compile(
    r"^(?:(?:i\. ?[avA]\.|im auftrage?|in vertretung|gez\.|z\. ?hd\.?(?: von)?|zu händen(?: von)?|"
    r"zhd\.?|c/o|inh\.|inhaber(?:in)?:?|ansprechpartner(?:in)?:?|herrn?|frau|hr\.|fr\.|an)\s+)+",
    re.IGNORECASE,
)
COURTESY = re.compile(r"\b(frau|herrn?|familie|fam\.)\s+", re.IGNORECASE)
CARE_OF = re.compile(
    r"^(?:z\. ?hd\.?|zu händen|c/o|zhd\.?|ansprechpartner(?:in)?)\b", re.IGNORECASE
)
NAME = re.compile(r"^[A-ZÀ-ÖØ-ÞĀ-ŽȘȚ][\w'’`.-]*$")
LABEL = re.compile(r"^[\wäöüß ./()-]{2,40}:\s*")
ROOM = re.compile(
    r"^(?:zimmer|raum|gebäude|haus|etage)\s+(?:\d|[A-Z]\b)|^\d+\. ?(?:og|stock|etage)\b",
    re.IGNORECASE,
)
TO_PERSON = re.compile(r",\s+(?=z\. ?hd|zhd|zu händen|frau\b|herrn?\b)", re.IGNORECASE)
ON_BEHALF = re.compile(r"(?:im auftrage?|in vertretung|i\. ?[av]\.)\W*$", re.IGNORECASE)
GOES_ON = re.compile(r"(?:im|in|der|des|für|und|am|an|beim|bei|zu|zur)\b")
SIGNATURE_LINES = 14


def person(text: str) -> str:
    """Return the name of the person in a line, without courtesy titles, or ""."""
    text = re.sub(r"\([^)]*\)|\[[^\]]*\]|[„“\"*_]", "", text).strip(" .,;:-–")
    courtesy = COURTESY.match(ADDRESSED.sub("", text) or text) or COURTESY.search(text)
    if courtesy:
        text = text[max(text.find(courtesy.group()), 0) :]
    plain = re.sub(r"^familie\s+|^fam\.\s+", "", ADDRESSED.sub("", text), flags=re.IGNORECASE)
    plain = re.split(r",|\s[-–|/]\s", plain)[0].strip()
    words = plain.split()
    if len(words) > 2 and FUNCTION.search(words[0]):
        plain = ADDRESSED.sub("", " ".join(words[1:]))
        words = plain.split()
    titles = [word for word in words if ACADEMIC.match(word)]
    names = [word for word in words if word not in titles]
    named = " ".join(names[:-1])
    if (
        not _are_names(names)
        or OFFICE.search(named)
        or FUNCTION.search(plain)
        or UNIT.search(plain)
    ):
        return ""
    if len(names) == 1:
        word = courtesy[1].title() if courtesy else ""
        word = {"Herrn": "Herr", "Fam.": "Familie"}.get(word, word)
        return f"{word} {plain}" if word else ""
    if OFFICE.search(plain) and not courtesy:
        return ""
    return plain


def _are_names(words: list[str]) -> bool:
    if not 1 <= len(words) <= 5 or any(
        word.casefold().strip(".") in NO_NAME for word in words if word not in NAME_PARTS
    ):
        return False
    proper = [word for word in words if word not in NAME_PARTS]
    return bool(proper) and all(NAME.match(word) for word in proper) and len(proper[-1]) > 1


def in_address(lines: Iterable[str], known: Sequence[str]) -> str:
    """Return the person in the lines above a street: named as such, known, or the first."""
    rows = [(line, person(line)) for line in lines]
    people = [(line, name) for line, name in rows if name]
    for line, name in people:
        if COURTESY.search(line) or CARE_OF.match(line):
            return name
    for name in filter(None, known):
        for line, found in rows:
            if name.casefold() in line.casefold():
                return found or name
    return people[0][1] if people else ""


def of_sender(display: str) -> tuple[str, str]:
    """Return person and office in the display name of a sender."""
    inside = re.findall(r"[(\[]([^)\]]+)[)\]]", display)
    plain = re.sub(r"[(\[][^)\]]*[)\]]", "", display).strip(" \"'")
    offices = [part for part in inside if OFFICE.search(part)]
    first, comma, second = plain.partition(",")
    if comma and person(f"{second.strip()} {first.strip()}"):
        return person(f"{second.strip()} {first.strip()}"), ", ".join(offices)
    parts = [part.strip() for part in re.split(r"\s[-–|/]\s|,|\bvia\b|\büber\b", plain)]
    offices += [part for part in parts if OFFICE.search(part) and not person(part)]
    return next(filter(None, map(person, parts)), ""), ", ".join(offices)


def in_signature(lines: Sequence[str], signature_at: int) -> str:
    """Return who signed: on the line of the greeting or on one of the next."""
    for number, line in enumerate(lines[signature_at : signature_at + SIGNATURE_LINES]):
        text = line.strip()
        if number == 0:
            closing = CLOSING.search(text)
            tail = (
                re.sub(r"^[eEn]{0,2}\b[\s,.!:-]*(?:aus \w+\s*)?", "", text[closing.end() :])
                if closing
                else ""
            )
            if person(tail):
                return person(tail)
            continue
        name = person(LABEL.sub("", re.split(r"[|•·\t]", text)[0]))
        if name:
            return name
    return ""


def first_name(lines: Sequence[str], signature_at: int) -> str:
    """Return a single word under the greeting, when somebody signs with the first name only."""
    for line in lines[signature_at + 1 : signature_at + 4]:
        word = line.strip(" ,.-")
        if word and NAME.match(word) and word.casefold() not in NO_NAME:
            return word
    return ""


def offices(lines: Iterable[str], name: str) -> list[str]:
    """Return the lines that name an office, in their order, each part once."""
    found: list[str] = []
    for line in joined(lines):
        for part in re.split(r"\s*[|•·\t]\s*|\s[-–]\s", line.strip()):
            text = part.strip(" ,;")
            if _is_office(text, name) and text not in found:
                found.append(text)
    return found


def joined(lines: Iterable[str]) -> list[str]:
    """Return lines of an address: one that goes on is one, one with a person in it is two."""
    found: list[str] = []
    for line in lines:
        if found and found[-1] and GOES_ON.match(line):
            found[-1] = f"{found[-1]} {line}"
        else:
            found += TO_PERSON.split(line)
    return found


def _is_office(text: str, name: str) -> bool:
    if not text or CONTACT.search(text) or ROOM.match(text) or CARE_OF.match(text):
        return False
    if name and name.casefold() in text.casefold():
        return False
    if re.search(r"\d{5}", text) or is_street(text) == 2 or CLOSING.search(text):
        return False
    return bool(OFFICE.search(text) or UNIT.search(text)) and not FUNCTION.match(text)


def unnamed_offices(lines: Iterable[str], name: str) -> list[str]:
    """Return what else stands above a street beside the person: most likely an office."""
    return [
        text
        for text in (line.strip(" ,;") for line in joined(lines))
        if text
        and not (name and name.casefold() in text.casefold())
        and (name or not person(text))
        and not CONTACT.search(text)
        and not FUNCTION.search(text)
        and not ON_BEHALF.match(text)
        and not ROOM.match(text)
        and not text.endswith(":")
    ]
