"""Answers as Outlook, Gmail, Apple and Thunderbird write them, and what else comes in.

All of them answer for Jörg Weiß (registration 4711) or for the office (invitation 815).
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

from network.enums import ContactKind, ReplySource
from network.models import CalendarReply, Invitation, Registration
from network.rules import reply_mails
from network.services import replies
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


def take(name: str, **changed: Any) -> CalendarReply:
    """Take in a file of the corpus and return the first answer as it is kept."""
    found = [replace(each, **changed) for each in reply_mails.read(content(name))]
    return replies.take_in(replies=found, source=ReplySource.UPLOADED)[0].row
