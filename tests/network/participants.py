"""People of a meeting and the pages of the desk, for the tests of both."""

from django.urls import reverse

from network.enums import RegistrationStatus
from network.models import Registration
from programme import clock
from tests.factories.network import (
    RegistrationFactory,
)

WAITING = RegistrationStatus.WAITING


def page(name: str, meeting, pk: int | None = None) -> str:
    keys = [meeting.slug] if pk is None else [meeting.slug, pk]
    return reverse(f"network:{name}", args=keys)


def person(meeting, name: str, **more: object) -> Registration:
    office = more.pop("office", None) or name
    return RegistrationFactory(
        invitation__meeting=meeting,
        invitation__organisation__short_name=office,
        full_name=name,
        **more,
    )


def waiting(meeting, name: str, **more: object) -> Registration:
    return person(meeting, name, status=WAITING, queued_at=clock.now(), **more)


def names(response) -> list[str]:
    return [row.full_name for row in response.context["people"]]
