"""Who is expected and who is there, grouped by organisation."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Q, QuerySet

from network.enums import RegistrationStatus
from network.models import Meeting, Organisation, Registration
from network.rules.names import matches


@dataclass(frozen=True)
class Office:
    """One organisation at the door."""

    organisation: Organisation
    people: tuple[Registration, ...]

    @property
    def here(self) -> int:
        return sum(person.arrived_at is not None for person in self.people)


@dataclass(frozen=True)
class Entrance:
    """The whole list; the counts are those of the meeting, also when a search narrows the list."""

    offices: tuple[Office, ...]
    expected: int
    here: int
    shown: int = field(default=0)


def expected(meeting: Meeting) -> QuerySet[Registration]:
    """Return who may come in: people with a seat, and whoever is there without one."""
    rows = meeting.registrations.active().filter(
        Q(status=RegistrationStatus.CONFIRMED) | Q(arrived_at__isnull=False)
    )
    return rows.select_related("invitation__organisation").order_by(
        "invitation__organisation__short_name", "invitation_id", "full_name", "pk"
    )


def entrance(meeting: Meeting, *, wanted: str = "") -> Entrance:
    """Return the list of the door; `wanted` narrows it by name and organisation. One query."""
    people = list(expected(meeting))
    found = [person for person in people if not wanted or _fits(person, wanted)]
    return Entrance(
        offices=tuple(by_office(found)),
        expected=len(people),
        here=sum(person.arrived_at is not None for person in people),
        shown=len(found),
    )


def by_office(people: Iterable[Registration]) -> list[Office]:
    """Group people that are sorted by organisation."""
    return [
        Office(group[0].invitation.organisation, tuple(group))
        for _, rows in groupby(people, key=lambda person: person.invitation_id)
        if (group := list(rows))
    ]


def organisations_at_the_door(meeting: Meeting) -> QuerySet[Organisation]:
    """Return every organisation a person at the door may come from."""
    today = meeting.day
    known = Organisation.objects.filter(merged_into__isnull=True)
    return (known.on(today) if today else known).order_by("short_name", "pk")


def _fits(person: Registration, wanted: str) -> bool:
    organisation = person.invitation.organisation
    return matches(wanted, person.full_name, organisation.short_name, organisation.name)
