"""Reads a mail as an order: proposes who wants what, where it was found, and how sure that is.

A proposal only: nothing is stored and nothing is sent before a person has looked at it (B11).
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from publications.rules import mail_titles
from publications.rules.mail_files import MailFile
from publications.rules.mail_findings import NOTHING, Found, Sureness
from publications.rules.mail_intent import ABOUT_OLD_ORDERS, objection
from publications.rules.mail_labels import SHAPES, is_form
from publications.rules.mail_numbers import Title, Wanted, mentions
from publications.rules.mail_recipients import Letter, Recipient, letter, recipient
from publications.rules.mail_threads import ADDRESS, Message, messages

NO_ANSWER = re.compile(r"^(?:no-?reply|do-?not-?reply|webmaster|www|apache|server|formular)\b")
NAMES_ADDRESS = re.compile(r"anschrift|(?<!mail)(?<!mail-)adresse", re.IGNORECASE)
ARRIVED = re.compile(
    r"\b(?:angekommen|eingetroffen)\b|\bhaben?\b.{0,80}\b(?:erhalten|bekommen)\b|"
    r"\bdank\w*\b.{0,40}\b(?:lieferung|zusendung|sendung|übersendung|exemplare?|bücher|paket)\b",
    re.IGNORECASE,
)
QUOTED_ONLY = "eine zitierte, schon beantwortete Nachricht"
FULL_LINE = 55


@dataclass(frozen=True)
class MailDraft:
    """An order as a mail seems to say it."""

    recipient: Recipient
    email: Found
    lines: tuple[Wanted, ...]


@dataclass(frozen=True)
class Reading:
    """The draft, or in German what the mail is instead of an order."""

    draft: MailDraft | None
    objection: str = ""


def understand(mail: MailFile, *, titles: Sequence[Title], mailboxes: Collection[str]) -> Reading:
    """Return what a mail orders; `mailboxes` are the portal's own addresses, nobody's orders."""
    if mail.objection:
        return Reading(None, mail.objection)
    own = {address.casefold() for address in mailboxes}
    chain = [each for each in messages(mail) if each.sender not in own and not each.is_empty]
    main, others = _order(chain, titles)
    if main is None:
        said = (_objection(chain[0], titles) or QUOTED_ONLY) if chain else "keine Nachricht an uns"
        return Reading(None, said)
    return Reading(_draft(letter(main), [letter(each) for each in others], titles, own))


def _order(chain: list[Message], titles: Sequence[Title]) -> tuple[Message | None, list[Message]]:
    """Return the mail that orders and those that may complete it, the newest first."""
    if not chain or chain[0].is_quoted:
        return None, []
    first, rest = chain[0], chain[1:]
    same = [each for each in rest if each.is_quoted and each.sender and each.sender == first.sender]
    passed_on = [each for each in rest if each.is_passed_on]
    said = _objection(first, titles)
    if not said:
        return first, same or passed_on
    if said in ABOUT_OLD_ORDERS:
        return None, []
    sent_later = same if _sends_address_later(letter(first)) else []
    return _below(first, passed_on, sent_later, titles)


def _below(
    first: Message, passed_on: list[Message], own: list[Message], titles: Sequence[Title]
) -> tuple[Message | None, list[Message]]:
    """Return the order below a mail that is none: one it passes on, else its sender's `own`."""
    for each in passed_on:
        if not _objection(each, titles):
            return each, [other for other in passed_on if other is not each]
    for each in own:
        if not _objection(each, titles):
            return each, [first]
    return None, []


def _sends_address_later(found: Letter) -> bool:
    """Say whether a mail adds an address to an order; thanks have one too, in the signature."""
    words = "\n".join(found.lines)
    return found.has_address and bool(NAMES_ADDRESS.search(words) or not ARRIVED.search(words))


def _objection(message: Message, titles: Sequence[Title]) -> str:
    found = letter(message)
    text = "\n".join(found.lines[: found.signature_at])
    named = mentions(f"{message.subject}\n{text}", titles)
    return objection(text, message.subject, names_title=bool(named), has_address=found.has_address)


def _draft(
    main: Letter, others: Sequence[Letter], titles: Sequence[Title], own: set[str]
) -> MailDraft:
    source = next((each for each in (main, *others) if each.has_address), main)
    return MailDraft(
        recipient=recipient(source),
        email=_email([source, main, *others], own),
        lines=tuple(
            mail_titles.wanted(subject=main.message.subject, text=_body(main), titles=titles)
        ),
    )


def _email(letters: Sequence[Letter], own: set[str]) -> Found:
    """Return where the orderer reads mail: the sender, unless a form sent it for somebody."""
    forms = [each for each in letters if is_form(each.labels)]
    for value, number in (each.labels.get("email", ("", 0)) for each in forms):
        said = ADDRESS.search(value)
        if said:
            return Found(said.group().lower(), f"Angabe in Zeile {number + 1}", Sureness.SURE)
    for each in letters:
        sender = each.message.sender
        if sender and sender not in own and not NO_ANSWER.match(sender):
            return Found(sender, "Absender der E-Mail", Sureness.SURE)
    written = [
        address.lower() for each in letters for address in ADDRESS.findall("\n".join(each.lines))
    ]
    strangers = [address for address in written if address not in own]
    return Found(strangers[0], "im Text", Sureness.LIKELY) if strangers else NOTHING


def _body(found: Letter) -> str:
    """Return the text without signature and addresses, whose figures count no copies."""
    end = found.signature_at
    lines = list(found.lines[:end])
    for block in found.blocks:
        for number in range(block.first, min(block.last + 1, end)):
            if block.last in {block.first, number}:
                lines[number] = lines[number].split(block.street or block.postcode)[0]
            elif number > block.last - 2:
                lines[number] = ""
    kept = ["" if _is_address_label(line) else line for line in lines]
    return unwrapped(kept)


def unwrapped(lines: Sequence[str]) -> str:
    """Return the text with lines that only broke because they were full joined again."""
    text = ""
    for before, line in zip(["", *lines], lines, strict=False):
        goes_on = len(before) >= FULL_LINE and line and not re.match(r"\W|\d+\.\s", line)
        text += (" " if goes_on else "\n") + line
    return text.strip("\n")


def _is_address_label(line: str) -> bool:
    return any(shape.match(line) for shape in SHAPES.values())
