"""What waits for a person at a meeting."""

from dataclasses import dataclass

from network.models import LateRequest, Meeting
from network.queries import letters, replies


@dataclass(frozen=True)
class LooseEnds:
    """What waits for a person: letters that came back, calendar answers, requests."""

    lost: int
    parked: int
    late: int

    @property
    def any(self) -> bool:
        return bool(self.lost or self.parked or self.late)


def loose_ends(*, meeting: Meeting) -> LooseEnds:
    """Count what waits for a person at this meeting; a lost letter only while one can go again."""
    late = LateRequest.objects.filter(invitation__meeting=meeting, settled_at=None)
    return LooseEnds(
        lost=letters.lost(meeting=meeting) if meeting.is_on else 0,
        parked=replies.parked_at(meeting=meeting),
        late=late.count(),
    )
