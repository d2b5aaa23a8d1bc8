"""What one line of the access matrix says about a page."""

from dataclasses import dataclass

from programme.enums import Role

ROLES = ("anonymous", *Role.values)


@dataclass(frozen=True)
class Page:
    """The answers of one page.

    `may` names the roles that get the page; "everybody" is the public. Everybody else is refused:
    strangers are sent to the login, people without the right get `refused` (403, or 404 where the
    page shows a record). `get` and `post` are the answers to those who may; an empty form gets 422,
    a page without a form 405. `args` names the record of the world the address is made of.
    """

    may: str
    get: int = 200
    post: int = 405
    refused: int = 403
    args: str = ""


EVERY_ROLE = " ".join(Role.values)

OPEN = "everybody"
