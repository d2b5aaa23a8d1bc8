"""Takes a mail apart: what its sender wrote, what is passed on in it, what it only quotes."""

import re
from dataclasses import dataclass, field
from email.utils import parseaddr

from publications.rules.mail_files import MailFile
from publications.rules.mail_words import HANDED_OVER

FORWARD_SUBJECT = re.compile(r"^\s*(?:wg|fwd?|wtr|weitergeleitet)\s*:", re.IGNORECASE)
ANSWER_SUBJECT = re.compile(r"^\s*(?:aw|re|antw|sv)\s*:", re.IGNORECASE)
FORWARD_MARK = re.compile(
    r"^\W*(?:weitergeleitete (?:nachricht|e-?mail)|forwarded message|"
    r"(?:anfang|beginn) der weitergeleiteten (?:nachricht|e-?mail)|begin forwarded message)\W*$",
    re.IGNORECASE,
)
OLD_MARK = re.compile(
    r"^\W*(?:original[- ]?nachricht|urspr(?:ü|ue)ngliche nachricht|original message|"
    r"originale nachricht|vorherige nachricht)\W*$",
    re.IGNORECASE,
)
HEAD_LINE = re.compile(
    r"^\W{0,3}(?P<name>von|from|gesendet(?: am)?|sent|datum|date|an|to|cc|kopie|betreff|subject|"
    r"antwort an|reply-to|priorität|wichtigkeit)\W{0,2}\s*:\W{0,2}[ \t]*(?P<value>.*)$",
    re.IGNORECASE,
)
FROM_NAMES, SUBJECT_NAMES = {"von", "from"}, {"betreff", "subject"}
WHOLE = re.IGNORECASE | re.DOTALL
ATTRIBUTIONS = (
    re.compile(r"^(?:am|on|den)\b.{4,160}?\b(?:schrieb|wrote)\b(?P<who>.{0,140}?):$", WHOLE),
    re.compile(r"^(?:am|on)\b.{4,80}?\b(?:hat|um)\b(?P<who>.{2,140}?)\bgeschrieben:$", WHOLE),
    re.compile(r"^(?P<who>.{2,140}?)\b(?:schrieb|wrote)\b.{0,60}?:$", WHOLE),
)
ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
RULE = re.compile(r"^[\s_\-=*–—]{5,}$")
LONGEST_HEAD = 12


@dataclass
class Message:
    """One mail of a chain, the newest first; `is_passed_on` says that somebody forwarded it."""

    sender_name: str = ""
    sender: str = ""
    subject: str = ""
    is_passed_on: bool = False
    is_quoted: bool = False
    depth: int = 0
    lines: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is written in it."""
        return not any(line.strip() for line in self.lines)

    @property
    def is_nameless(self) -> bool:
        """Say whether nothing tells who wrote it, as in text that was pasted."""
        return not (self.sender or self.sender_name)

    @property
    def hands_over(self) -> bool:
        """Say whether its words ask a colleague to see to what stands below them."""
        if self.is_quoted or ANSWER_SUBJECT.match(self.subject):
            return False
        return bool(HANDED_OVER.search(" ".join(" ".join(self.lines).split())))


def messages(mail: MailFile) -> list[Message]:
    """Return the mails of a chain, the newest first; quoted lines lose their ">"."""
    first = Message(mail.sender_name, mail.sender, mail.subject)
    chain = _Chain(first)
    chain.read([_unquoted(line) for line in mail.text.split("\n")])
    found = chain.found
    if first.is_nameless and first.is_empty and len(found) > 1:
        found = found[1:]
        found[0].is_quoted = False
        found[0].is_passed_on = found[0].is_passed_on and bool(mail.subject)
    for inner in mail.enclosed:
        passed_on = messages(inner)
        for each in passed_on:
            each.is_passed_on = True
        found += passed_on
    return found


def _unquoted(line: str) -> tuple[int, str]:
    marks = re.match(r"(?:[ ]?[>|](?![|]))*", line)
    length = marks.end() if marks else 0
    return line[:length].count(">") + line[:length].count("|"), line[length:].strip(" ")


class _Chain:
    """Reads line by line and begins a new mail where one is quoted or passed on."""

    def __init__(self, first: Message) -> None:
        self.found = [first]
        self.now = first
        self.marked = ""

    def read(self, lines: list[tuple[int, str]]) -> None:
        place = 0
        while place < len(lines):
            depth, text = lines[place]
            if FORWARD_MARK.match(text):
                self.marked = "forward"
            elif OLD_MARK.match(text):
                self.marked = self.marked or "old"
            elif step := self._head(lines, place) or self._attribution(lines, place):
                place += step
                continue
            elif not RULE.match(text):
                self._fit(depth)
                self.now.lines.append(text)
            place += 1

    def _fit(self, depth: int) -> None:
        """Go back to the mail an answer between quoted lines belongs to, or begin a quoted one."""
        if depth < self.now.depth:
            self.now = next(each for each in reversed(self.found) if each.depth <= depth)
        elif depth > self.now.depth:
            self._begin(Message(depth=depth))

    def _begin(self, message: Message, *, is_headed: bool = False) -> None:
        """Go on with a new mail; below a whole head the words above may hand it over.

        A reply quotes with "Am … schrieb …:" or ">" as often; there only a subject tells.
        """
        forwards = self.marked == "forward" or (
            bool(FORWARD_SUBJECT.match(self.now.subject)) and not self.now.is_quoted
        )
        is_own = bool(message.sender) and message.sender == self.now.sender  # reminds of it
        forwards = forwards or (is_headed and self.now.hands_over and not is_own)
        message.is_passed_on = forwards or (self.now.is_passed_on and self.marked == "forward")
        message.is_quoted = not message.is_passed_on
        self.now, self.marked = message, ""
        self.found.append(message)

    def _head(self, lines: list[tuple[int, str]], place: int) -> int:
        """Begin a mail at a head of at least two lines, one of them its sender."""
        depth = lines[place][0]
        found: dict[str, str] = {}
        step, last = 0, ""
        for _, text in lines[place : place + LONGEST_HEAD]:
            line = HEAD_LINE.match(text)
            if line:
                last = line["name"].lower()
                found.setdefault(last, line["value"].strip(" *"))
            elif not text and step and len(found) > 1:
                break
            elif text and last:  # a head line that was folded
                if last not in {"an", "to", "cc", "kopie", "betreff", "subject"}:
                    break
            else:
                break
            step += 1
        sender = next((found[name] for name in FROM_NAMES if name in found), "")
        if len(found) < 2 or not sender:
            return 0
        subject = next((found[name] for name in SUBJECT_NAMES if name in found), "")
        name, address = _person(sender)
        if not depth and self._is_pasted_head():
            first = self.now
            first.sender_name, first.sender, first.subject = name, address, subject
        else:
            self._begin(Message(name, address, subject, depth=depth), is_headed=True)
        return step

    def _is_pasted_head(self) -> bool:
        """Say whether a head here belongs to the pasted mail itself: nothing stands above it."""
        alone = len(self.found) == 1 and not self.marked
        return alone and self.now.is_empty and self.now.is_nameless and not self.now.subject

    def _attribution(self, lines: list[tuple[int, str]], place: int) -> int:
        """Begin a mail at "Am … schrieb …:", which may go over up to three lines."""
        depth, text = lines[place]
        if not re.match(r"(?:am|on|den)\b|.*\b(?:schrieb|wrote)\b", text, re.IGNORECASE):
            return 0
        for amount in (1, 2, 3):
            whole = " ".join(each for _, each in lines[place : place + amount]).strip()
            for shape in ATTRIBUTIONS:
                said = shape.match(whole)
                if said:
                    name, address = _person(said["who"] or whole)
                    address = address or next(iter(ADDRESS.findall(whole)), "")
                    below = [deep for deep, _ in lines[place + amount : place + amount + 2]]
                    self._begin(Message(name, address.lower(), depth=max([depth, *below])))
                    return amount
        return 0


def _person(text: str) -> tuple[str, str]:
    """Return name and address from the ways mail programs write a sender."""
    address = next(iter(ADDRESS.findall(text)), "").lower()
    name = parseaddr(text)[0] if address and "<" in text else ""
    name = name or re.split(r"[<\[(]|mailto:", text, maxsplit=1)[0]
    name = "" if "@" in name else name
    return " ".join(name.strip(" \"'*,;:").split()), address
