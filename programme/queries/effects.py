"""What the portal knows of the effect of the programme, as the floors above hand it in.

A floor registers itself with `hands_in`; its service modules are imported by `jobs.discover`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from programme import jobs
from programme.models import Programme


@dataclass(frozen=True)
class Effect:
    """A number for an indicator of the proof, and what it counts."""

    value: int
    source: str


Finder = Callable[..., int]

_finders: dict[str, tuple[str, Finder]] = {}


def hands_in(key: str, *, source: str) -> Callable[[Finder], Finder]:
    """Register a function that counts for an indicator by `programme` and last day `until`."""

    def register(finder: Finder) -> Finder:
        _finders[key] = (source, finder)
        return finder

    return register


def known(*, programme: Programme, until: date) -> dict[str, Effect]:
    """Return what the portal counted for each indicator; nothing where it counted nobody."""
    jobs.discover()
    found = {
        key: Effect(finder(programme=programme, until=until), source)
        for key, (source, finder) in _finders.items()
    }
    return {key: effect for key, effect in found.items() if effect.value}
