"""Answers as Outlook, Gmail, Apple and Thunderbird write them, and what else comes in.

All of them answer for Jörg Weiß (registration 4711) or for the office (invitation 815).
"""

from pathlib import Path

from network.enums import ContactKind
from network.models import Invitation, Registration
from tests.factories.network import ContactFactory, InvitationFactory, RegistrationFactory

FOLDER = Path(__file__).parent / "replies"
PROGRAMS = ("outlook", "gmail", "apple", "thunderbird")


def content(name: str) -> bytes:
    """Return a file of the corpus; programs save as .eml or as .ics."""
    found = [path for path in FOLDER.iterdir() if name in {path.name, path.stem}]
    return found[0].read_bytes()


def registered() -> Registration:
    """Jörg Weiß of the invited office, with a seat."""
    office = InvitationFactory.create(pk=815)
    ContactFactory.create(
        organisation=office.organisation,
        kind=ContactKind.MAILBOX,
        name="",
        email="ABH@example.org",
    )
    return RegistrationFactory.create(
        pk=4711, invitation=office, full_name="Jörg Weiß", email="joerg.weiss@example.org"
    )


def invited() -> Invitation:
    """The office alone, nobody registered."""
    person = registered()
    office = person.invitation
    person.delete()
    return office
