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

from programme.enums import Role
from programme.models import User
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
    "dashboard:start": Page(EVERY_ROLE),
}


class World:
    """One record of everything, and one person per role who has to do with it."""

    def __init__(self) -> None:
        self.programme = ProgrammeFactory.create(is_current=True)
        self.people: dict[str, User] = {
            role: UserFactory.create(roles=[role]) for role in Role.values
        }

    @cached_property
    def nothing(self) -> None:
        return None


ARGS: dict[str, Callable[[World], dict[str, Any]]] = {
    "": lambda world: {},
}
