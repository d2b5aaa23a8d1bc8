"""Who gets a seat, who waits, who moves up: pure counting, the caller holds the lock (R1-R6).

Two limits hold at once: the seats of the meeting and the seats of the office. Somebody who waits
uses a seat of the own office just as somebody who is confirmed, so an office can never queue more
people than it may send. If the ministry lowers the limit of an office later, its waiting people
keep their place in the queue but are passed over until the office has room again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Allotment:
    """How many people of a form get a seat and how many would have to wait."""

    confirmed: int
    waiting: int


@dataclass(frozen=True)
class Waiting:
    """One place in the queue."""

    registration: int
    invitation: int


def office_limit(*, seats_per_office: int, override: int | None) -> int:
    """Return how many people an office may send: its own figure, else the meeting's."""
    return seats_per_office if override is None else override


def free_seats(*, seats: int | None, confirmed: int) -> int | None:
    """Return the free seats of a meeting; None means that seats are not limited.

    Never negative: if the ministry lowered the capacity, nobody is thrown out (target R5).
    """
    return None if seats is None else max(seats - confirmed, 0)


def allot(*, free: int | None, people: int) -> Allotment:
    """Share out seats among the people of one form, in the order in which they were typed."""
    confirmed = people if free is None else min(free, people)
    return Allotment(confirmed=confirmed, waiting=people - confirmed)


def next_in_line(
    *,
    free: int | None,
    queue: Iterable[Waiting],
    confirmed: Mapping[int, int],
    limits: Mapping[int, int],
) -> list[int]:
    """Return the registrations that move up, in queue order: n free seats move n people.

    `confirmed` and `limits` count seats by invitation. An office at its limit is passed over.
    """
    used = dict(confirmed)
    chosen: list[int] = []
    for place in queue:
        if free is not None and len(chosen) >= free:
            break
        if used.get(place.invitation, 0) < limits[place.invitation]:
            used[place.invitation] = used.get(place.invitation, 0) + 1
            chosen.append(place.registration)
    return chosen
