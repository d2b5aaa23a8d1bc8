"""Roof: what an open call asks of the people of an office."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from network.enums import OrganisationKind
from network.models import Organisation
from network.queries import own_office
from programme.dashboard.task import Task
from programme.models import User
from sites.enums import ApplicationStatus
from sites.models import Call
from sites.queries import applications


def of(user: User, day: date) -> Iterator[Task]:
    """Return the drafts to finish and the calls to answer; one query without an open call, else
    two.
    """
    calls = applications.begun(day=day)
    offices = own_office.offices(user_id=user.pk, day=day) if calls else []
    for call, states in calls:
        for office in offices:
            state = states.get(office.pk)
            is_office = office.kind == OrganisationKind.IMMIGRATION_OFFICE
            if is_office and state in {None, ApplicationStatus.DRAFT}:
                yield _task(call, office, is_begun=state is not None)


def _task(call: Call, office: Organisation, *, is_begun: bool) -> Task:
    words = "Bewerbung abschließen" if is_begun else "Als Standort bewerben"
    return Task(
        1 if is_begun else None,
        f"{words}, Frist {call.deadline:%d.%m.%Y}",
        f"{call.title}, {office.short_name}",
        reverse("sites:apply", args=[call.slug, office.slug]),
    )
