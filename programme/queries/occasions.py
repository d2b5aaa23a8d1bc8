"""What a voucher was paid for, a meeting for example, as the floors above hand it in.

A floor registers itself with `hands_in`; its service modules are imported by `jobs.discover`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from programme import jobs
from programme.models import Voucher


@dataclass(frozen=True)
class Paper:
    """One paper of an occasion: its name, and how its content is made when it is needed."""

    name: str
    make: Callable[[], bytes]


@dataclass(frozen=True)
class Occasion:
    """An occasion with its page, its papers, and what should be there and is not."""

    title: str
    url: str
    papers: tuple[Paper, ...] = ()
    missing: tuple[str, ...] = ()


Finder = Callable[..., Occasion | None]

_finders: dict[str, Finder] = {}


def hands_in(kind: str) -> Callable[[Finder], Finder]:
    """Register a function that finds an occasion by `pk`, for keys like "network.meeting:12"."""

    def register(finder: Finder) -> Finder:
        _finders[kind] = finder
        return finder

    return register


def of_voucher(voucher: Voucher) -> Occasion | None:
    """Return the occasion of a voucher; None if it names none or it no longer exists."""
    kind, _, key = voucher.occasion_key.rpartition(":")
    if not kind or not key.isdecimal():
        return None
    jobs.discover()
    finder = _finders.get(kind)
    return finder(pk=int(key)) if finder else None
