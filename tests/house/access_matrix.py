"""Who may open and send what: one line a page. A page that is not here fails the house.

`may` names the roles that get the page; "everybody" is the public. Everybody else is refused:
strangers are sent to the login, people without the right get `refused` (403, or 404 where the
page shows a record). `get` and `post` are the answers to those who may; an empty form gets 422,
a page without a form 405. `args` names the record of the world below the address is made of.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from network.models import Contact, Invitation, Meeting
from programme.enums import Role
from programme.models import User
from tests.factories.network import ContactFactory, InvitationFactory, MeetingFactory
from tests.factories.programme import ProgrammeFactory, UserFactory

ROLES = ("anonymous", *Role.values)


@dataclass(frozen=True)
class Page:
    """The answers of one page."""

    may: str
    get: int = 200
    post: int = 405
    refused: int = 403
    args: str = ""


EVERY_ROLE = " ".join(Role.values)

MATRIX: dict[str, Page] = {
    "dashboard:home": Page("everybody"),
    "dashboard:programme": Page("everybody"),
    "dashboard:start": Page(EVERY_ROLE),
    "network:network": Page("everybody"),
    "network:meetings": Page("everybody"),
    "network:meeting": Page("everybody", args="meeting"),
    "network:meeting_calendar": Page("everybody", args="meeting"),
    "network:meetings_calendar": Page("everybody"),
    "network:meetings_feed": Page("everybody"),
    "network:workspace": Page("office"),
    "network:create_meeting": Page("office", post=422),
    "network:board": Page("office", args="meeting"),
    "network:edit_meeting": Page("office", post=422, args="meeting"),
    "network:publish_meeting": Page("office", post=302, args="meeting"),
    "network:cancel_meeting": Page("office", post=422, args="meeting"),
    "network:invite": Page("office", post=422, args="meeting"),
    "network:resend_invitation": Page("office", post=302, args="invitation"),
    "network:directory": Page("office"),
    "network:organisation": Page("office", args="organisation"),
    "network:add_contact": Page("office", post=422, args="organisation"),
    "network:edit_contact": Page("office", post=422, args="contact"),
}


class World:
    """One record of everything, and one person per role who has to do with it."""

    def __init__(self) -> None:
        self.programme = ProgrammeFactory.create(is_current=True)
        self.people: dict[str, User] = {
            role: UserFactory.create(roles=[role]) for role in Role.values
        }

    @cached_property
    def contact(self) -> Contact:
        return ContactFactory.create(organisation__slug="fulda")

    @cached_property
    def meeting(self) -> Meeting:
        return MeetingFactory.create(programme=self.programme)

    @cached_property
    def invitation(self) -> Invitation:
        return InvitationFactory.create(
            meeting=self.meeting, organisation=self.contact.organisation
        )

    @cached_property
    def nothing(self) -> None:
        return None


ARGS: dict[str, Callable[[World], dict[str, Any]]] = {
    "": lambda world: {},
    "meeting": lambda world: {"slug": world.meeting.slug},
    "invitation": lambda world: {
        "slug": world.meeting.slug,
        "organisation": world.invitation.organisation.slug,
    },
    "organisation": lambda world: {"slug": world.contact.organisation.slug},
    "contact": lambda world: {
        "slug": world.contact.organisation.slug,
        "pk": world.contact.pk,
    },
}
