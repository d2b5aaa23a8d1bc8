"""Where a parcel goes: the address in a mail, from a label, a block, a line or a signature."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from publications.rules.mail_words import (
    CLOSING,
    NO_TOWN,
    POST_BOX,
    SALUTATION,
    SQUARES,
    STREET,
    STREET_START,
    STREET_WORD,
    TOWN_LINKS,
)

POSTCODE = re.compile(r"(?<![\w.,/+-])(?:D|DE|A)?\s?[-–]?\s?(?P<code>\d{5})(?P<rest>[ \t,]+\S.*|)$")
POSTCODE_IN = re.compile(r"(?<![\w./+-])(?:D ?- ?|DE ?- ?)?(?P<code>\d{5})[ \t]+(?=[^\W\d])")
SEPARATOR = re.compile(r"\s*(?:[|•·;\t]|//|\s/\s|\s[-–]\s|,(?!\d))\s*")
DELIVERY = re.compile(
    r"liefer|versand|zustell|empf(?:ä|ae)nger|anschrift|adresse|senden|schicken|\ban\b.{0,60}$|"
    r"folgende|adress",
    re.IGNORECASE,
)
OTHER_USE = re.compile(
    r"rechnung|besucher|zweigstelle|nebenstelle|absender(?!.*liefer)|registergericht|sitz der|"
    r"amtsgericht|bank",
    re.IGNORECASE,
)
PROSE = re.compile(
    r"\b(?:ich|wir|bitte|sie|mir|uns|möchte\w*|benötig\w*|bestell\w*|exemplar\w*|senden|schicken|"
    r"danke|dank|wäre\w*|könn\w*|hiermit|habe\w*|finden|gern\w*)\b",
    re.IGNORECASE,
)
CONTACT = re.compile(
    r"@|https?:|www\.|\b(?:tel|fax|telefon|telefax|mobil|phone|fon|mail)\b|^\W*[tfme]\s?:|^\+?[\d\s()/-]{7,}$",
    re.IGNORECASE,
)
MOST_LINES_ABOVE = 7
WIDE = 80
MOST_IN_LINE = 3


@dataclass(frozen=True)
class Block:
    """An address as it stands: the lines above street and town, from line to line."""

    above: tuple[str, ...]
    street: str
    postcode: str
    city: str
    first: int
    last: int
    points: int
    kind: str


def blocks(lines: Sequence[str], signature_at: int) -> list[Block]:
    """Return all addresses of a text, the one a parcel should go to first."""
    found = [
        block
        for number, line in enumerate(lines)
        if POSTCODE_IN.search(line)
        for block in islice(_in_line(lines, number, line, signature_at), MOST_IN_LINE)
    ]
    return sorted(found, key=lambda block: -block.points)


def is_street(text: str) -> int:
    """Say how much a text looks like street and number: 2 surely, 1 perhaps, 0 not."""
    text = re.sub(r"\s*\([^)]*\)$", "", text.strip(" ,;"))
    if POST_BOX.match(text) or SQUARES.match(text):
        return 2
    shape = STREET.match(text)
    name = shape["name"].rstrip(",. ") if shape else text
    last = name.split(" ")[-1] + ("." if shape and f"{name}." in text else "")
    looks = bool(STREET_WORD.search(last.casefold()) or STREET_START.match(name))
    if shape:
        return 2 if looks else int(len(name.split()) <= 4 and not PROSE.search(name))
    return int(looks and len(text.split()) <= 4 and bool(STREET_WORD.search(last.casefold())))


def town(text: str) -> str:
    """Return the town a text begins with: words with a capital and what links them."""
    kept: list[str] = []
    text = re.split(r"[,;|•\t()]|\s[-–]\s|\s{2,}", text.strip(" ,"))[0]
    words = text.split(" ")
    is_small = text == text.casefold() and len(words) <= 3
    for word in words[:6]:
        plain = word.strip(".")
        starts = word[:1].isupper() or (is_small and not kept)
        if plain in NO_TOWN or not (starts or word in TOWN_LINKS or word in {"/", "-"}):
            break
        kept.append(word)
        if re.search(r"[a-zäöüß]{4}[.!?]$", word):
            break
    while kept and (kept[-1] in TOWN_LINKS - {"d.", "m.", "v."} or kept[-1] in {"/", "-"}):
        kept.pop()
    name = " ".join(kept)
    name = re.sub(r"(?<=[a-zäöüßA-ZÄÖÜ]{3})[.!?]+$", "", name)
    return name.title() if name.isupper() or (is_small and name) else name


def _in_line(lines: Sequence[str], number: int, line: str, signature_at: int) -> Iterator[Block]:
    for hit in POSTCODE_IN.finditer(line):
        city, code = town(line[hit.end() :]), hit["code"]
        if not city or not "01000" < code < "99999" or re.match(r"\d{5} (?:Exemplar|Stück)", line):
            continue
        same = _parts(line[: hit.start()])
        street, above, first = _street(lines, number, same)
        points = 2 * is_street(street) + _bonus(lines, first, street, signature_at)
        kind = "in der Unterschrift" if first >= signature_at else "im Text"
        yield Block(tuple(above), street, code, city, first, number, points, kind)


def _parts(text: str) -> list[str]:
    """Return the parts of a line; the prose before an address in it is left out."""
    parts = [part.strip(" ,:;-–") for part in SEPARATOR.split(text)]
    parts = [part for part in parts if part]
    for place in range(len(parts) - 1, -1, -1):
        if PROSE.search(parts[place]) or ":" in parts[place]:
            tail = re.split(
                r":\s*|\b(?:an|nach|lautet|ist|zu)\s+(?:(?:die|das|den|folgende|adresse|anschrift|"
                r"meine|unsere)\s+)*(?=[A-ZÄÖÜ])",
                parts[place],
            )[-1]
            kept = [] if PROSE.search(tail) else [tail.strip()]
            return kept + parts[place + 1 :]
    return parts


def _street(lines: Sequence[str], number: int, same: list[str]) -> tuple[str, list[str], int]:
    """Return the street, the lines above it and the first line of the address."""
    if same:
        place = next((n for n in range(len(same)) if is_street(same[n]) == 2), len(same) - 1)
        street = ", ".join(same[place:])
        if is_street(same[place]):
            inline = same[:place]
            if inline:
                return street, inline, number
            return street, *_above(lines, number)
    before = number - 1
    while before >= 0 and not lines[before].strip() and number - before < 2:
        before -= 1
    if before < 0:
        return "", [], number
    parts = [part.strip() for part in re.split(r"[|•·;\t]|,(?= )", lines[before]) if part.strip()]
    parts = [re.sub(r"^\W*[\wäöüß./ -]{3,30}:\s*", "", part) for part in parts]
    for place, part in enumerate(parts):
        if is_street(part):
            inline = parts[:place]
            above, first = _above(lines, before)
            return ", ".join(parts[place:]), above + inline, first
    return "", *_above(lines, number)


def _above(lines: Sequence[str], number: int) -> tuple[list[str], int]:
    """Return the lines of an address above a line, up to prose, a salutation or a free line."""
    found: list[str] = []
    place = number - 1
    while place >= 0 and len(found) < MOST_LINES_ABOVE:
        line = lines[place].strip(" ,;|")
        if not line or SALUTATION.match(line) or CLOSING.search(line) or len(line) > WIDE:
            break
        if line.endswith(":") or (
            len(line) > 30 and re.search(r"(?<!\be\.)(?<! )(?<!\bV)[.?!]$", line)
        ):
            break
        if PROSE.search(line) or POSTCODE_IN.search(line) or re.fullmatch(r"[-–_=* ]+", line):
            break
        found.insert(0, line)
        place -= 1
    return found, place + 1


def _bonus(lines: Sequence[str], first: int, street: str, signature_at: int) -> int:
    """Return how much speaks for an address: a delivery label, the body before the signature."""
    label = " ".join(lines[max(first - 2, 0) : first + 1])
    points = 3 if DELIVERY.search(label) and first < signature_at else 0
    points += 2 if first < signature_at else 0
    points -= 4 if OTHER_USE.search(label) else 0
    return points - (1 if POST_BOX.search(street) else 0)
