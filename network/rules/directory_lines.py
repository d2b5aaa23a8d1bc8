"""What one line of the directory's table means: an organisation and, if wanted, a contact."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError

from network.enums import ContactKind, OrganisationKind, Region
from network.models import Contact, Organisation
from network.rules.contacts import Details
from network.rules.names import folded
from network.rules.organisations import OrganisationDetails, check_details
from programme.errors import RuleBroken
from programme.rules.sheets import Line, Problem

SLUG = "Kennung"
ORGANISATION = {
    "kind": "Art",
    "name": "Name",
    "short_name": "Kurzname",
    "unit": "Amt oder Abteilung",
    "region": "Regierungsbezirk",
    "street": "Straße und Hausnummer",
    "postcode": "Postleitzahl",
    "city": "Ort",
    "valid_from": "besteht seit",
    "note": "Anmerkung",
}
CONTACT = {
    "kind": "Art des Kontakts",
    "name": "Name des Kontakts",
    "function": "Funktion",
    "email": "E-Mail-Adresse",
    "is_active": "wird angeschrieben",
    "gets_copies": "Anmeldungen in Kopie",
}
HEADERS = (SLUG, *ORGANISATION.values(), *CONTACT.values())
COPIES = CONTACT["gets_copies"]
OPTIONAL = (COPIES,)  # files exported before this column existed say nothing about it
SWITCHES = ("is_active", "gets_copies")
YES_NO = {"ja": True, "nein": False}


class Entry(NamedTuple):
    """A line that makes sense; an empty `slug` means a new organisation."""

    line: int
    slug: str
    details: OrganisationDetails
    contact: Details | None
    tells_copies: bool = True

    @property
    def key(self) -> str:
        """Say which lines speak of the same organisation."""
        return self.slug or f"neu:{folded(self.details.short_name)}"


def cells_of(organisation: Organisation, contact: Contact | None) -> list[str]:
    """Write an organisation with one of its contacts as a line of the table."""
    about = [str(_shown(organisation, column)) for column in ORGANISATION]
    if contact is None:
        return [organisation.slug, *about, *[""] * len(CONTACT)]
    kind = contact.get_kind_display()
    switches = [_yes_no(contact.is_active), _yes_no(contact.gets_copies)]
    return [
        organisation.slug, *about, kind, contact.name, contact.function, contact.email, *switches,
    ]  # fmt: skip


def _yes_no(is_on: bool) -> str:  # noqa: FBT001  one value, one word
    return "ja" if is_on else "nein"


def _shown(organisation: Organisation, column: str) -> object:
    if column == "kind":
        return organisation.get_kind_display()
    if column == "region":
        return organisation.get_region_display()
    if column == "valid_from":
        return f"{organisation.valid_from:%d.%m.%Y}"
    return getattr(organisation, column)


def understood(line: Line) -> tuple[Entry | None, list[Problem]]:
    """Return what a line means, or everything that is wrong with it."""
    problems: list[Problem] = []
    details = _details(line, problems)
    contact = _contact(line, problems)
    if problems or details is None:
        return None, problems
    return Entry(line.number, line.cells[SLUG], details, contact, COPIES in line.cells), []


def _details(line: Line, problems: list[Problem]) -> OrganisationDetails | None:
    cells = {column: line.cells[header] for column, header in ORGANISATION.items()}
    kind = _choice(line, ORGANISATION["kind"], OrganisationKind.choices, problems)
    region = _choice(line, ORGANISATION["region"], Region.choices, problems, empty=True)
    day = _day(line, problems)
    cells |= {"kind": kind, "region": region}
    row = Organisation(**cells | {"valid_from": day})
    problems += _invalid(line, row, ORGANISATION, but={"kind", "region", "valid_from", "slug"})
    if problems or day is None:
        return None
    del cells["valid_from"]
    details = OrganisationDetails(**cells, valid_from=day)
    try:
        check_details(details)
    except RuleBroken as broken:
        problems.append(Problem(line.number, ORGANISATION[broken.field], broken.message))
    return details


def _contact(line: Line, problems: list[Problem]) -> Details | None:
    cells = {column: line.cells.get(header, "") for column, header in CONTACT.items()}
    if not any(cells.values()):
        return None
    kind = _choice(line, CONTACT["kind"], ContactKind.choices, problems)
    active = _switch(line, CONTACT["is_active"], problems, empty="ja")
    copies = _switch(line, COPIES, problems, empty="nein")
    row = Contact(name=cells["name"], function=cells["function"], email=cells["email"])
    problems += _invalid(line, row, CONTACT, but={"kind", *SWITCHES, "organisation"})
    if kind and kind != ContactKind.MAILBOX and not cells["name"]:
        message = "Bitte geben Sie einen Namen an oder wählen Sie „Funktionspostfach“."
        problems.append(Problem(line.number, CONTACT["name"], message))
    return Details(
        email=cells["email"],
        name=cells["name"],
        function=cells["function"],
        kind=kind,
        is_active=active,
        gets_copies=copies,
    )


def _switch(line: Line, header: str, problems: list[Problem], *, empty: str) -> bool:
    """Understand yes or no; an empty cell says what is usual."""
    found = YES_NO.get(line.cells.get(header, "").lower() or empty)
    if found is None:
        message = "Bitte tragen Sie „ja“ oder „nein“ ein."
        problems.append(Problem(line.number, header, message))
    return bool(found)


def _choice(
    line: Line,
    header: str,
    choices: Iterable[tuple[str, str]],
    problems: list[Problem],
    *,
    empty: bool = False,
) -> str:
    """Understand a choice by its German name, however it is written."""
    text, known = line.cells[header], list(choices)
    found = {folded(str(label)): value for value, label in known}.get(folded(text), "")
    if not found and not (empty and not text):
        names = ", ".join(f"„{label}“" for _, label in known)
        said = f"„{text}“ ist unbekannt." if text else "Diese Angabe fehlt."
        problems.append(Problem(line.number, header, f"{said} Möglich sind {names}."))
    return found


def _day(line: Line, problems: list[Problem]) -> date | None:
    text = line.cells[ORGANISATION["valid_from"]]
    for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    message = "Bitte tragen Sie ein Datum wie 01.01.2000 ein."
    problems.append(Problem(line.number, ORGANISATION["valid_from"], message))
    return None


def _invalid(
    line: Line, row: Organisation | Contact, headers: dict[str, str], *, but: set[str]
) -> list[Problem]:
    """Ask the model what it thinks of the cells that are left."""
    exclude = {field.name for field in row._meta.fields if field.name not in headers} | but
    try:
        row.clean_fields(exclude=exclude)
    except ValidationError as error:
        return [
            Problem(line.number, headers[column], " ".join(messages))
            for column, messages in error.message_dict.items()
        ]
    return []
