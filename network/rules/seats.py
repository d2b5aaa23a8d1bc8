"""Who gets a seat, who waits, who moves up: pure counting, the caller holds the lock (R1-R6).

Three limits hold at once: the seats of the meeting (of a hybrid one, those on site and those online
each), the seats of the office, and the seats of a workshop. Somebody who waits uses a seat of the
own office just as somebody who is confirmed, so an office can never queue more people than it may
send. If the ministry lowers the limit of an office later, its waiting people keep their place in
the queue but are passed over until the office has room again.

A party is seated together or waits together. If the free seats do not suffice for all of it, it
is passed over and keeps its place: others take the seats meanwhile, so none stays empty, and the
party is asked first whenever seats become free again.

Only people with a seat in the meeting get places in workshops. Who waits for the meeting keeps the
own place in the queue of the workshop until then.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from network.enums import AttendanceMode, MeetingMode

# Free seats by way of attending; None means that they are not limited.
Free = Mapping[str, int | None]


@dataclass(frozen=True)
class Waiting:
    """One place in the queue: for which way of attending, and who has to come along."""

    registration: int
    invitation: int
    mode: str = AttendanceMode.ON_SITE
    party: UUID | None = None


def mode_of(*, meeting_mode: str, wanted: str) -> str:
    """Return the way of attending: on a hybrid meeting the wanted one, else the meeting's."""
    if meeting_mode == MeetingMode.HYBRID:
        return wanted or AttendanceMode.ON_SITE
    online = meeting_mode == MeetingMode.ONLINE
    return AttendanceMode.ONLINE if online else AttendanceMode.ON_SITE


def office_limit(*, seats_per_office: int, override: int | None) -> int:
    """Return how many people an office may send: its own figure, else the meeting's."""
    return seats_per_office if override is None else override


def free_seats(*, seats: int | None, confirmed: int) -> int | None:
    """Return the free seats of a meeting or workshop; None means that seats are not limited.

    Never negative: if the ministry lowered the capacity, nobody is thrown out (target R5).
    """
    return None if seats is None else max(seats - confirmed, 0)


def surplus(*, seats: int | None, confirmed: int) -> int:
    """Return how many more people have seats than there are seats by now, for the staff (R5)."""
    return 0 if seats is None else max(confirmed - seats, 0)


def allot(*, free: Free, modes: Sequence[str], together: bool = False) -> tuple[bool, ...]:
    """Say for each person of a form whether there is a seat, in the order they were typed.

    `together` gives all of them seats or none.
    """
    room = _Room(free)
    given = tuple(room.take([mode]) for mode in modes)
    return given if all(given) or not together else (False,) * len(modes)


def next_in_line(
    *,
    free: Free,
    queue: Iterable[Waiting],
    confirmed: Mapping[int, int],
    limits: Mapping[int, int],
) -> list[int]:
    """Return the registrations that move up, in queue order: n free seats move n people.

    `confirmed` and `limits` count seats by invitation. An office at its limit is passed over, and
    so is a party that does not fit as a whole.
    """
    room = _Room(free)
    used = defaultdict(int, confirmed)
    chosen: list[int] = []
    for party in _parties(queue):
        office = party[0].invitation
        fits_office = used[office] + len(party) <= limits[office]
        if fits_office and room.take([place.mode for place in party]):
            used[office] += len(party)
            chosen += [place.registration for place in party]
    return chosen


def next_in_workshops(
    *, free: Mapping[int, int | None], queue: Iterable[tuple[int, int]]
) -> list[int]:
    """Return the registrations that move up in their workshops, in queue order.

    `queue` holds pairs of registration and workshop, only of people with a seat in the meeting.
    """
    room = _Room({str(workshop): count for workshop, count in free.items()})
    return [registration for registration, workshop in queue if room.take([str(workshop)])]


class _Room:
    """The seats that are still free while they are given out."""

    def __init__(self, free: Free) -> None:
        self.free = dict(free)

    def take(self, modes: Sequence[str]) -> bool:
        """Take a seat for each of these, or none at all; say whether that was possible."""
        after = dict(self.free)
        for mode in modes:
            left = after.get(mode, 0)
            if left == 0:
                return False
            after[mode] = None if left is None else left - 1
        self.free = after
        return True


def _parties(queue: Iterable[Waiting]) -> list[list[Waiting]]:
    """Gather people of the same party where the first of them stands; the others are alone."""
    gathered: dict[object, list[Waiting]] = {}
    for place in queue:
        gathered.setdefault(place.party or place.registration, []).append(place)
    return list(gathered.values())
