"""Roof: what somebody noted at a site and has yet to follow up."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from programme.dashboard.task import Task
from programme.enums import Role
from programme.models import User
from programme.permissions import roles_of
from sites.queries import communications

SHOWN = 10
WRITERS = frozenset({Role.OFFICE, Role.COACH, Role.SITE})


def of(user: User, day: date) -> Iterator[Task]:
    """Return the open follow-ups a person wrote, the most urgent ten; one query.

    Only the sides of a site write such notes, so everybody else is not looked up.
    """
    if not WRITERS & roles_of(user):
        return
    for entry in communications.follow_ups(user=user)[:SHOWN]:
        due = entry.due_on or day
        when = f"seit {due:%d.%m.%Y} fällig" if due <= day else f"am {due:%d.%m.%Y}"
        yield Task(
            1,
            f"Wiedervorlage: {entry.topic}",
            f"{entry.site.name}, {when}",
            reverse("sites:edit_communication", args=[entry.site.slug, entry.pk]),
        )
