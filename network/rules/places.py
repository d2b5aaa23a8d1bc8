"""Reads a place that was typed in one line, as it stands on an invitation."""

import re
from typing import NamedTuple

TOWN = re.compile(r"(?P<postcode>\d{5})\s+(?P<city>\S.*)")
STREET = re.compile(r".*\D\s?\d+\s?[a-z]?(\s?[–-]\s?\d+\s?[a-z]?)?", re.IGNORECASE)


class Place(NamedTuple):
    """Where a meeting takes place; what is not known is empty."""

    venue: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""


def written(place: Place) -> str:
    """Return the place in one line: "Rathaus, Schlossstraße 1, 36037 Fulda"."""
    town = f"{place.postcode} {place.city}".strip()
    return ", ".join(part for part in (place.venue, place.street, town) if part)


def read(text: str, *, known: Place | None = None) -> Place:
    """Return the parts of a place in one line; the town stands last, the street before it.

    A line that says what `known` says is that place, so nothing is lost that reads ambiguously.
    Without a comma it is only a venue.
    """
    text = " ".join(text.split())
    if known and text == " ".join(written(known).split()):
        return known
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) < 2:
        return Place(venue=text)
    town = TOWN.fullmatch(parts[-1])
    postcode, city = (town["postcode"], town["city"]) if town else ("", parts[-1])
    rest = parts[:-1]
    street = rest.pop() if len(rest) > 1 and STREET.fullmatch(rest[-1]) else ""
    return Place(", ".join(rest), street, postcode, city)
