"""One thing to do on the start page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """One thing to do: how many, what, where; `amount` None is a way without a number."""

    amount: int | None
    title: str
    hint: str
    url: str
