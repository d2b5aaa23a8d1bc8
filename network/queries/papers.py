"""What members of the offices may read of all meetings."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from network.enums import Audience
from network.models import Material, Meeting
from network.queries.released import office_minutes, released_material
from network.rules.audiences import readable_by


def papers(*, day: date, search: str = "") -> QuerySet[Meeting]:
    """Return the meetings with something to read for the offices, the latest first.

    `files` are their released files; `search` looks in titles, minutes and files. Two queries.
    """
    files = Prefetch("material", released_material(Audience.OFFICES), to_attr="files")
    meetings = office_minutes(day=day).prefetch_related(files)
    if not search:
        return meetings
    wide = readable_by(Audience.OFFICES)
    may_read = Q(minutes_released_at__isnull=False, minutes_audience__in=wide)
    found = Material.objects.filter(
        Q(title__icontains=search) | Q(description__icontains=search),
        pk__in=released_material(Audience.OFFICES).values("pk"),
    )
    return meetings.filter(
        Q(title__icontains=search)
        | Q(topic__icontains=search)
        | may_read & Q(minutes__text__icontains=search)
        | Q(material__in=found)
    ).distinct()


def paper(*, slug: str, day: date) -> Meeting | None:
    """Return one meeting with something to read for the offices, None for every other."""
    return office_minutes(day=day).filter(slug=slug).prefetch_related("agenda").first()
