"""What the caterer, the house and the technicians need to know: numbers, no names."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from network.enums import AttendanceMode, Diet, RegistrationStatus
from network.models import Meeting, Needs
from network.rules.needs import kept_until, unpacked
from programme import clock, vault


@dataclass(frozen=True)
class CatererCounts:
    """Numbers for everybody with a seat on site; of those online only who needs access."""

    people: int
    diets: tuple[tuple[str, int], ...]
    diet_notes: int
    access_needs: int
    online_access_needs: int
    is_deleted: bool = False

    @property
    def without_wish(self) -> bool:
        """Say that nobody asked for anything special, as far as it is still kept."""
        return not (self.diets or self.diet_notes or self.access_needs or self.online_access_needs)


@dataclass(frozen=True)
class KeptNeeds:
    """A meeting of which needs are still kept: of how many people, and until when."""

    meeting: Meeting
    people: int
    until: date | None


def kept() -> list[KeptNeeds]:
    """Return the meetings of which needs are still kept, the earliest first; two queries."""
    counts = Counter(Needs.objects.values_list("registration__meeting", flat=True))
    rows = Meeting.objects.filter(pk__in=counts).order_by("starts_at", "pk")
    return [
        KeptNeeds(row, counts[row.pk], kept_until(row.ends_at or row.starts_at)) for row in rows
    ]


def for_caterer(meeting: Meeting) -> CatererCounts:
    """Return how many people eat, how many of each diet, how many left a note; two queries."""
    on_site = meeting.registrations.confirmed().filter(mode=AttendanceMode.ON_SITE)
    rows = Needs.objects.filter(
        registration__meeting=meeting, registration__status=RegistrationStatus.CONFIRMED
    ).values_list("registration__mode", "secret")
    told = [(mode, unpacked(vault.decrypt(secret))) for mode, secret in rows]
    needs = [each for mode, each in told if mode == AttendanceMode.ON_SITE]
    online = [each for mode, each in told if mode == AttendanceMode.ONLINE]
    until = kept_until(meeting.ends_at or meeting.starts_at)
    counts = Counter(value for each in needs for value in each.diet)
    return CatererCounts(
        people=on_site.count(),
        diets=tuple((str(Diet(key).label), counts[key]) for key in Diet.values if counts[key]),
        diet_notes=sum(bool(each.diet_note) for each in needs),
        access_needs=sum(bool(each.access) for each in needs),
        online_access_needs=sum(bool(each.access) for each in online),
        is_deleted=until is not None and until < clock.today() and not told,
    )
