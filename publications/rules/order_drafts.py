"""What somebody who orders has written, before it is an order."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OrderLine:
    """So many copies of the title with this primary key."""

    publication: int
    copies: int


@dataclass(frozen=True)
class OrderDraft:
    """Who wants how many copies of what, and where they go; `purpose` says what for."""

    full_name: str
    organisation: str
    street: str
    postcode: str
    city: str
    email: str
    lines: tuple[OrderLine, ...]
    purpose: str = ""
    wants_corrections: bool = False
