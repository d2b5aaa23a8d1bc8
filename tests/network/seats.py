"""People who join a meeting, and who has a seat, a place or a letter afterwards."""

from typing import Any

from network.enums import AttendanceMode, RegistrationStatus
from network.models import Registration
from network.services import registrations
from network.services.registrations import Person
from programme.models import OutgoingMail
from tests.factories.network import InvitationFactory

SITE, ONLINE = AttendanceMode.ON_SITE, AttendanceMode.ONLINE
CONFIRMED, WAITING = RegistrationStatus.CONFIRMED, RegistrationStatus.WAITING


def person(name: str, **more: Any) -> Person:
    return Person(f"{name} Groß", f"{name}@example.org", **more)


def letters() -> list[tuple[str, str]]:
    """Letters to people, in order; what the office gets belongs to other tests."""
    rows = OutgoingMail.objects.order_by("pk").values_list("letter", "recipient")
    return [
        (letter.removeprefix("network/registration_"), recipient.split("@")[0])
        for letter, recipient in rows
        if "registration_" in letter
    ]


def states(meeting) -> dict[str, str]:
    rows = Registration.objects.filter(meeting=meeting)
    return {row.email.split("@")[0]: row.status for row in rows}


def places(meeting) -> dict[str, str]:
    rows = Registration.objects.filter(meeting=meeting)
    return {row.email.split("@")[0]: row.workshop_place for row in rows}


def join(meeting: Any, *people: Person, **more: Any) -> list[Registration]:
    office = InvitationFactory.create(meeting=meeting)
    return registrations.register(invitation=office, people=people, accept_waiting=True, **more)
