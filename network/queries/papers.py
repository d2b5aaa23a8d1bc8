"""What members of the offices may read of all meetings."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from network.enums import Audience
from network.models import Meeting
from network.queries.released import may_read_minutes, office_minutes, released_material
from network.rules.names import matches


def papers(*, day: date, search: str = "") -> QuerySet[Meeting]:
    """Return the meetings with something to read for the offices, the latest first.

    `files` are their released files; `search` looks in titles, minutes and files, umlauts typed
    either way. Two queries, four with a search.
    """
    files = Prefetch("material", released_material(Audience.OFFICES), to_attr="files")
    meetings = office_minutes(day=day).prefetch_related(files)
    if not search:
        return meetings
    found = [row.pk for row in meetings.prefetch_related("minutes") if _holds(row, search)]
    return meetings.filter(pk__in=found)


def _holds(meeting: Meeting, search: str) -> bool:
    """Say whether all words stand in what the offices may read of a meeting."""
    texts = [meeting.title, meeting.topic]
    if may_read_minutes(meeting, Audience.OFFICES):
        texts += [item.text for item in meeting.minutes.all()]
    for file in meeting.files:  # type: ignore[attr-defined]  # prefetched by papers
        texts += [file.title, file.description]
    return matches(search, *texts)


def paper(*, slug: str, day: date) -> Meeting | None:
    """Return one meeting with something to read for the offices, None for every other."""
    return office_minutes(day=day).filter(slug=slug).prefetch_related("agenda").first()
