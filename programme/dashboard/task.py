"""One thing to do on the start page, and the part of the page it stands in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """One thing to do: how many, what, where; `amount` None is a way without a number.

    An alarm stands at the top of the page as well.
    """

    amount: int | None
    title: str
    hint: str
    url: str
    is_alarm: bool = False


@dataclass(frozen=True)
class Part:
    """The tasks of one role or one site."""

    title: str
    tasks: tuple[Task, ...]
