"""Who gets the parcel and where: puts labels, addresses, signature and sender together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from publications.rules import mail_addresses, mail_labels, mail_people
from publications.rules.mail_addresses import Block
from publications.rules.mail_findings import NOTHING, Found, Sureness
from publications.rules.mail_threads import Message
from publications.rules.mail_words import CLOSING

LONGEST_CLOSING = 70
SURE_POINTS = 6
MOST_PARTS = 3
GREETING = re.compile(r"gr(?:u|ü|ue)|mfg", re.IGNORECASE)
SELF = re.compile(
    r"\b(?:[Mm]ein Name ist|[Ii]ch heiße|[Ii]ch bin)\s+"
    r"(?P<name>[A-ZÄÖÜ]\S+(?: [A-ZÄÖÜ][\w-]+){1,3})"
)


@dataclass(frozen=True)
class Letter:
    """The lines of one mail, where its signature begins, its addresses and labels."""

    message: Message
    signature_at: int
    blocks: tuple[Block, ...]
    labels: dict[str, tuple[str, int]]

    @property
    def lines(self) -> list[str]:
        """Return what is written in it, line by line."""
        return self.message.lines

    @property
    def has_address(self) -> bool:
        """Say whether a town with its postcode stands in it."""
        return bool(self.blocks) or mail_labels.is_form(self.labels)


@dataclass(frozen=True)
class Recipient:
    """Name and address of a parcel, each with the place it was found."""

    full_name: Found
    organisation: Found
    street: Found
    postcode: Found
    city: Found


def letter(message: Message) -> Letter:
    """Return a mail with what can be said of its lines."""
    signature_at = _signature(message.lines)
    blocks = mail_addresses.blocks(message.lines, signature_at)
    labels = mail_labels.labelled(message.lines)
    return Letter(message, signature_at, tuple(blocks), labels)


def recipient(found: Letter) -> Recipient:
    """Return who gets the parcel according to one mail."""
    if mail_labels.is_form(found.labels):
        return _by_labels(found)
    block = found.blocks[0] if found.blocks else None
    name = _name(found, block)
    office = _office(found, block, name.value)
    if block is None:
        return Recipient(name, office, NOTHING, NOTHING, NOTHING)
    sureness = Sureness.SURE if block.points >= SURE_POINTS else Sureness.LIKELY
    where = f"{block.kind}, Zeile {block.last + 1}"
    street = Found(block.street, where, sureness) if block.street else NOTHING
    if street is not NOTHING and mail_addresses.is_street(block.street.split(",")[0]) < 2:
        street = Found(block.street, where, Sureness.UNSURE)
    return Recipient(
        name, office, street, Found(block.postcode, where, sureness),
        Found(block.city, where, sureness),
    )  # fmt: skip


def _signature(lines: Sequence[str]) -> int:
    """Return the line at which the greeting stands, or the number of lines without one."""
    closing = [
        number
        for number, line in enumerate(lines)
        if number and len(line) <= LONGEST_CLOSING and CLOSING.search(line.strip())
    ]
    greeting = [number for number in closing if GREETING.search(lines[number])]
    marks = [number for number, line in enumerate(lines) if number and line.strip() == "--"]
    return next(iter([*greeting[:1], *closing[-1:], *marks[:1]]), len(lines))


def _by_labels(found: Letter) -> Recipient:
    def said(name: str) -> Found:
        value, number = found.labels.get(name, ("", 0))
        where = f"Angabe in Zeile {number + 1}"
        return Found(value, where, Sureness.SURE) if value else NOTHING

    street, postcode, city = said("street"), said("postcode"), said("city")
    if "house" in found.labels:
        street = Found(f"{street.value} {said('house').value}", street.where, Sureness.SURE)
    if "place" in found.labels:
        place = said("place")
        code, _, town = place.value.replace(",", " ").partition(" ")
        postcode = Found(code, place.where, Sureness.SURE)
        city = Found(town.strip(), place.where, Sureness.SURE)
    name = said("full_name")
    if "last" in found.labels:
        whole = f"{said('first').value} {said('last').value}".strip()
        name = Found(whole, said("last").where, Sureness.SURE)
    elif "," in name.value:
        name = Found(mail_people.of_sender(name.value)[0] or name.value, name.where, name.sureness)
    if name.value:
        name = Found(mail_people.person(name.value) or name.value, name.where, name.sureness)
    else:
        name = _name(found, None)
    return Recipient(name, said("organisation"), street, postcode, city)


def _name(found: Letter, block: Block | None) -> Found:
    """Return the person of the address, of the signature or of the sender, the fullest form."""
    sender = mail_people.of_sender(found.message.sender_name)[0]
    signed = mail_people.in_signature(found.lines, found.signature_at)
    named = mail_people.in_address(block.above if block else (), (signed, sender))
    if named:
        return Found(_fuller(named, sender), "in der Anschrift", Sureness.SURE)
    if "full_name" in found.labels:
        value, number = found.labels["full_name"]
        if mail_people.person(value):
            return Found(mail_people.person(value), f"Angabe in Zeile {number + 1}", Sureness.SURE)
    if signed:
        return Found(_fuller(signed, sender), "in der Unterschrift", Sureness.LIKELY)
    if sender:
        return Found(sender, "Absender der E-Mail", Sureness.LIKELY)
    said = SELF.search("\n".join(found.lines))
    if said and mail_people.person(said["name"]):
        return Found(mail_people.person(said["name"]), "im Text", Sureness.LIKELY)
    first = mail_people.first_name(found.lines, found.signature_at)
    return Found(first, "in der Unterschrift", Sureness.UNSURE) if first else NOTHING


def _fuller(name: str, sender: str) -> str:
    """Return the sender's form of a name that is shortened: "K. Strauß", "Frau Strauß"."""
    words = name.split()
    is_short = len(words) == 2 and (words[0].endswith(".") or words[0] in {"Frau", "Herr"})
    same = sender.split()[-1:] == words[-1:]
    return sender if is_short and same else name


def _office(found: Letter, block: Block | None, name: str) -> Found:
    """Return the office above the street, else in the signature the address belongs to."""
    if "organisation" in found.labels:
        value, number = found.labels["organisation"]
        return Found(value, f"Angabe in Zeile {number + 1}", Sureness.SURE)
    above = list(block.above) if block else []
    is_signed = block is None or block.first >= found.signature_at
    if is_signed:
        end = block.first if block else len(found.lines)
        named = mail_people.offices(found.lines[found.signature_at + 1 : end], name)
        named += [each for each in mail_people.unnamed_offices(above, name) if each not in named]
        if named:
            return Found(", ".join(named[:MOST_PARTS]), "in der Unterschrift", Sureness.LIKELY)
    named = mail_people.unnamed_offices(above, name)
    if named:
        return Found(", ".join(named[:MOST_PARTS]), "in der Anschrift", Sureness.LIKELY)
    if is_signed:
        office = mail_people.of_sender(found.message.sender_name)[1]
        if office:
            return Found(office, "Absender der E-Mail", Sureness.LIKELY)
    return NOTHING
