"""What can be chosen for a live block: the timeline, each site, each survey."""

from network.queries.report_survey import surveyed_meetings
from programme.models import Programme
from publications.enums import BlockKind
from publications.rules.live_blocks import Choice
from sites.models import Site

Group = tuple[str, list[tuple[str, str]]]


def live_choices(programme: Programme) -> list[Group]:
    """Return the choices in groups, those without any left out; two queries."""
    sites = Site.objects.public().filter(programme=programme).order_by("name", "pk")
    groups: list[Group] = [
        ("Das ganze Programm", [(Choice(BlockKind.TIMELINE).key, "Zeitverlauf")]),
        (
            "Steckbrief eines Standorts",
            [(Choice(BlockKind.SITE_PROFILE, site.slug).key, site.name) for site in sites],
        ),
        (
            "Ergebnisse einer Befragung",
            [
                (Choice(BlockKind.SURVEY, str(meeting.pk)).key, meeting.title)
                for meeting in surveyed_meetings(programme)
            ],
        ),
    ]
    return [group for group in groups if group[1]]
