"""How far a long piece of work is: told now and then, never for every row."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Row = TypeVar("Row")
# Hears how many rows of how many are done.
Tell = Callable[[int, int], None]
TELL_EVERY = 500


def silent(done: int, whole: int) -> None:
    """Tell nobody."""


def counted(
    rows: Iterable[Row], *, whole: int, tell: Tell, every: int = TELL_EVERY
) -> Iterator[Row]:
    """Pass the rows on and tell after `every` so many, and at the end, how many are through."""
    done = 0
    for done, row in enumerate(rows, 1):
        yield row
        if done % every == 0:
            tell(done, whole)
    if done % every:
        tell(done, whole)
