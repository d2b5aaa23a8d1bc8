"""What importing a table would do to the directory, line by line, before it is done."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from django.db.models import Min

from network.models import Contact, Organisation
from network.rules.directory_lines import (
    CONTACT,
    HEADERS,
    ORGANISATION,
    SLUG,
    Entry,
    cells_of,
    understood,
)
from network.rules.names import folded
from programme import clock
from programme.rules.sheets import Line, Problem

NEW, CHANGED, SAME = "neu", "geändert", "unverändert"


class Difference(NamedTuple):
    """One cell that would change."""

    label: str
    before: str
    after: str


class Outcome(NamedTuple):
    """What one line would do."""

    line: int
    organisation: str
    contact: str
    state: str
    differences: tuple[Difference, ...]


class Step(NamedTuple):
    """One line with the rows it is about; None where they are new, `leads` on the first line."""

    entry: Entry
    organisation: Organisation | None
    contact: Contact | None
    leads: bool


@dataclass
class Plan:
    """Steps and outcomes of a file, or what is wrong with it; then nothing is imported."""

    steps: list[Step] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        """Return what changes as soon as the import would do something else."""
        text = json.dumps([self.outcomes, self.problems], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def working(self) -> list[Outcome]:
        """Return the lines that do something."""
        return [outcome for outcome in self.outcomes if outcome.state != SAME]

    @property
    def idle(self) -> list[Outcome]:
        """Return the lines that stand in the directory as they are."""
        return [outcome for outcome in self.outcomes if outcome.state == SAME]

    def count(self, state: str) -> int:
        """Return how many lines have this outcome."""
        return sum(outcome.state == state for outcome in self.outcomes)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Return how many lines are new, changed, unchanged."""
        return [(state, self.count(state)) for state in (NEW, CHANGED, SAME)]


def table() -> list[list[str]]:
    """Return the organisations that exist with their contacts, one line a contact; two queries."""
    found = Organisation.objects.filter(merged_into__isnull=True).exclude(
        valid_to__lt=clock.today()
    )
    return [
        cells_of(organisation, contact)
        for organisation in found.prefetch_related("contacts").order_by("kind", "short_name", "pk")
        for contact in organisation.contacts.all() or [None]
    ]


def plan(*, lines: Iterable[Line]) -> Plan:
    """Compare the lines of a file with the directory; two queries however long the file is."""
    made, entries = Plan(), []
    for line in lines:
        entry, problems = understood(line)
        made.problems += problems
        if entry:
            entries.append(entry)
    _Comparison(made, entries).run()
    return made


class _Comparison:
    """Compares entries with the directory and among each other."""

    def __init__(self, made: Plan, entries: list[Entry]) -> None:
        self.made, self.entries = made, entries
        rows = Organisation.objects.annotate(first_body=Min("public_bodies__valid_from"))
        self.rows = {row.slug: row for row in rows.prefetch_related("contacts")}
        self.leading: dict[str, Entry] = {}
        self.contacts: dict[tuple[str, str], int] = {}
        self.addresses = {(entry.slug, _address(entry)) for entry in entries}
        self.movers = Counter(self._mover(entry) for entry in entries)
        self.names = self._names()

    def _names(self) -> dict[str, str]:
        """Map each name in use to the key of its organisation; renamed ones free their old name."""
        renamed = {entry.slug for entry in self.entries}
        standing = [
            row
            for row in self.rows.values()
            if row.merged_into_id is None and row.valid_to is None and row.slug not in renamed
        ]
        return {folded(name): row.slug for row in standing for name in (row.name, row.short_name)}

    def run(self) -> None:
        for entry in self.entries:
            problem = self._problem(entry)
            if problem:
                self.made.problems.append(problem)
            else:
                self._take(entry)

    def _problem(self, entry: Entry) -> Problem | None:
        """Return the first thing that stands against an entry, if there is one."""
        row = self.rows.get(entry.slug)
        if entry.slug and (row is None or row.merged_into_id or _has_ended(row)):
            message = (
                f"Die Kennung „{entry.slug}“ gibt es nicht oder nicht mehr. Für eine neue "
                "Organisation lassen Sie die Zelle leer."
            )
            return Problem(entry.line, SLUG, message)
        return (
            self._repeated(entry)
            or self._namesake(entry)
            or _too_late(entry, row)
            or self._unclear_mover(entry)
        )

    def _repeated(self, entry: Entry) -> Problem | None:
        first = self.leading.get(entry.key)
        if first and first.details != entry.details:
            message = f"Die Angaben zur Organisation widersprechen Zeile {first.line}."
            return Problem(entry.line, ORGANISATION["name"], message)
        address = _address(entry)
        earlier = self.contacts.get((entry.key, address))
        if earlier:
            return Problem(entry.line, CONTACT["email"], f"Das steht schon in Zeile {earlier}.")
        return None

    def _namesake(self, entry: Entry) -> Problem | None:
        for column in ("name", "short_name"):
            name = getattr(entry.details, column)
            owner = self.names.get(folded(name), entry.key)
            if owner != entry.key:
                what = f"unter der Kennung „{owner}“" if owner in self.rows else "in dieser Datei"
                message = f"„{name}“ steht schon {what}. Bitte tragen Sie diese Kennung ein."
                if owner not in self.rows:
                    message = f"„{name}“ steht schon {what}."
                return Problem(entry.line, ORGANISATION[column], message)
        return None

    def _take(self, entry: Entry) -> None:
        leads = entry.key not in self.leading
        self.leading.setdefault(entry.key, entry)
        for name in (entry.details.name, entry.details.short_name):
            self.names[folded(name)] = entry.key
        self.contacts[entry.key, _address(entry)] = entry.line
        contact = self._known(entry) or next(iter(self._moved(entry)), None)
        step = Step(_kept(entry, contact), self.rows.get(entry.slug), contact, leads)
        self.made.steps.append(step)
        self.made.outcomes.append(_outcome(step))

    def _standing(self, entry: Entry) -> list[Contact]:
        row = self.rows.get(entry.slug)
        return list(row.contacts.all()) if row else []

    def _known(self, entry: Entry) -> Contact | None:
        address = _address(entry)
        return next((row for row in self._standing(entry) if row.email.lower() == address), None)

    def _mover(self, entry: Entry) -> tuple[str, str]:
        """Say who a line with an address nobody has yet is about, by organisation and name."""
        if entry.contact is None or not entry.contact.name or self._known(entry):
            return ("", "")
        return (entry.slug, folded(entry.contact.name))

    def _moved(self, entry: Entry) -> list[Contact]:
        """Return the contacts of the same name whose address the line may change.

        Whoever stands in the file with the address of today has not changed it.
        """
        slug, name = self._mover(entry)
        return [
            row
            for row in self._standing(entry)
            if name and folded(row.name) == name and (slug, row.email.lower()) not in self.addresses
        ]

    def _unclear_mover(self, entry: Entry) -> Problem | None:
        found = self._moved(entry)
        if not found or (len(found) == 1 and self.movers[self._mover(entry)] == 1):
            return None
        name = entry.contact.name if entry.contact else ""
        stands = ", ".join(row.email for row in found)
        message = (
            f"„{name}“ steht bei dieser Organisation mit {stands}. Welche Adresse sich ändert, ist "
            "nicht eindeutig. Bitte ändern Sie sie im Verzeichnis, oder nehmen Sie auch die "
            "bisherigen Adressen in die Datei auf, wenn eine dazukommt."
        )
        return Problem(entry.line, CONTACT["email"], message)


def _address(entry: Entry) -> str:
    return entry.contact.email.lower() if entry.contact else ""


def _kept(entry: Entry, contact: Contact | None) -> Entry:
    """Leave the copies of a contact as they stand where the file has no column for them."""
    if contact is None or entry.contact is None or entry.tells_copies:
        return entry
    return entry._replace(contact=replace(entry.contact, gets_copies=contact.gets_copies))


def _has_ended(row: Organisation) -> bool:
    return row.valid_to is not None and row.valid_to < clock.today()


def _too_late(entry: Entry, row: Organisation | None) -> Problem | None:
    first = vars(row)["first_body"] if row else None
    if first and first < entry.details.valid_from:
        message = "Eine Körperschaft ist ihr schon vor diesem Tag zugeordnet."
        return Problem(entry.line, ORGANISATION["valid_from"], message)
    return None


def _outcome(step: Step) -> Outcome:
    """Say what a line does: everything new, single cells, or nothing."""
    entry = step.entry
    wanted = Organisation(slug=entry.slug, **entry.details.columns())
    about = Contact(**entry.contact.columns()) if entry.contact else None
    after = dict(zip(HEADERS, cells_of(wanted, about), strict=True))
    before = dict.fromkeys(after, "")
    if step.organisation:
        stands = cells_of(step.organisation, step.contact)
        before = dict(zip(after, stands, strict=True))
    shown = [label for label in after if step.leads or label in CONTACT.values()]
    if about is None:
        shown = [label for label in shown if label not in CONTACT.values()]
    differences = tuple(
        Difference(label, before[label], after[label])
        for label in shown
        if before[label] != after[label]
    )
    is_new = step.organisation is None or (about is not None and step.contact is None)
    state = NEW if is_new else CHANGED if differences else SAME
    name = str(about) if about else ""
    return Outcome(entry.line, entry.details.short_name, name, state, differences)
