"""What five digits tell, and what they do not: zones, pairs (first, last), a coarse area."""

from collections.abc import Sequence

ZONE = 2
# Leading pairs of digits that are not given out.
UNUSED_ZONES = frozenset({"00", "05", "43", "62"})
NEVER_GIVEN = frozenset({"01000", "99999"})
OUTSIDE = "anderes Gebiet"


def zone(postcode: str) -> str:
    """Return the first two digits, the postal zone."""
    return postcode[:ZONE]


def exists(postcode: str) -> bool:
    """Say whether five digits begin with a zone that is in use; more is not known here."""
    digits = len(postcode) == 5 and postcode.isascii() and postcode.isdigit()
    return digits and zone(postcode) not in UNUSED_ZONES and postcode not in NEVER_GIVEN


def is_within(postcode: str, pairs: Sequence[Sequence[str]]) -> bool:
    """Say whether a postcode lies in one of the pairs (first, last), both included."""
    return any(first <= postcode <= last for first, last in pairs)


def area(postcode: str, *, region: str = "", inside: bool = False) -> str:
    """Return what stays of an address: the zone, and whether it lay in the programme's region.

    Nothing smaller than a zone of two digits: which district a postcode belongs to cannot be told
    from its digits.
    """
    if not exists(postcode):
        return OUTSIDE
    if not region:
        return f"Postleitzone {zone(postcode)}"
    return f"{region if inside else OUTSIDE}, Postleitzone {zone(postcode)}"


def fits_town(postcode: str, known: Sequence[str]) -> bool:
    """Say whether a postcode shares its zone with a known one of the same town.

    A town nobody knows fits everything: only a contradiction is worth a question.
    """
    return not known or any(zone(postcode) == zone(other) for other in known)
