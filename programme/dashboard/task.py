"""One thing to do on the start page, and the part of the page it stands in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """One thing to do: how many, what, where; `amount` None is a way without a number."""

    amount: int | None
    title: str
    hint: str
    url: str


@dataclass(frozen=True)
class Part:
    """The tasks of one role or one site."""

    title: str
    tasks: tuple[Task, ...]
