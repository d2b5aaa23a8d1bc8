"""What the answer page offers: ways of attending and workshops with the seats that are free."""

from dataclasses import dataclass
from datetime import date

from network.enums import AttendanceMode, MeetingMode
from network.models import Meeting, Workshop
from network.queries import registrations
from network.rules.needs import kept_until


@dataclass(frozen=True)
class WayOffer:
    """One way of attending; `free` None means that seats are not limited."""

    value: str
    label: str
    free: int | None


@dataclass(frozen=True)
class WorkshopOffer:
    """One workshop; `free` None means that everybody in the meeting may come."""

    pk: int
    workshop: Workshop
    free: int | None


@dataclass(frozen=True)
class Offer:
    """Everything people can choose when they register."""

    ways: tuple[WayOffer, ...]
    workshops: tuple[WorkshopOffer, ...]
    has_catering: bool
    needs_kept_until: date | None

    @property
    def is_hybrid(self) -> bool:
        """Say whether people choose between on site and online."""
        return len(self.ways) > 1

    @property
    def is_full(self) -> bool:
        """Say whether a newcomer would have to wait, whatever they choose."""
        return all(way.free == 0 for way in self.ways)


def of(meeting: Meeting) -> Offer:
    """Return what a meeting offers right now; two queries."""
    free = registrations.free_by_mode(meeting)
    return Offer(
        ways=tuple(WayOffer(mode, str(AttendanceMode(mode).label), free[mode]) for mode in free),
        workshops=tuple(
            WorkshopOffer(row.pk, row, free_places)
            for row, free_places in registrations.workshops(meeting)
        ),
        has_catering=meeting.mode != MeetingMode.ONLINE,
        needs_kept_until=kept_until(meeting.ends_at or meeting.starts_at),
    )
