"""The workshops of a meeting with who is in them."""

from typing import TypedDict

from django.db.models import Count, Q, QuerySet
from django_stubs_ext import WithAnnotations

from network.enums import RegistrationStatus, WorkshopPlace
from network.models import Meeting, Workshop


class Turnout(TypedDict):
    """What `of_meeting` adds to a workshop: people with a place, and people who wait for one."""

    taken: int
    waiting: int


def of_meeting(meeting: Meeting) -> "QuerySet[WithAnnotations[Workshop, Turnout]]":
    """Return the workshops in their order with `taken` and `waiting`; one query."""
    active = ~Q(registrations__status=RegistrationStatus.CANCELLED)
    placed = active & Q(registrations__workshop_place=WorkshopPlace.CONFIRMED)
    waiting = active & Q(registrations__workshop_place=WorkshopPlace.WAITING)
    return meeting.workshops.select_related("field_of_action").annotate(
        taken=Count("registrations", filter=placed),
        waiting=Count("registrations", filter=waiting),
    )
