"""What the public sees of the network: the offices, the meetings, calendar and feed."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from network.enums import Audience
from network.exports import calendar, feeds
from network.models import Meeting, PublicBody
from network.queries import directory, meetings, released, tiles
from network.queries.participation import participation
from network.queries.tiles import TileState
from programme import clock
from programme.models import Programme
from programme.pages import Guarded, Page, made_now
from programme.permissions import everybody

CALENDAR = "text/calendar; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"


class Network(Page):
    """Who belongs to the network, as map and as list."""

    guard = everybody
    template_name = "network/network.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bodies = tiles.bodies(day=clock.today())
        partners = directory.partners(day=clock.today())
        offices = {body.office_id for body in bodies}
        return super().get_context_data(**kwargs) | {
            "tile_map": self._map(bodies),
            "regions": directory.by_region(bodies),
            "partners": directory.by_kind(partners),
            "body_count": len(bodies),
            "office_count": len(offices),
            "invited_count": len(offices) + len(partners),
            "next_meeting": meetings.next_meeting(moment=clock.now()),
        }

    def _map(self, bodies: list[PublicBody]) -> Any:
        return tiles.hessen_map(
            key="netzwerk",
            title="Ausländerbehörden in Hessen",
            description="Karte von Hessen mit einer Kachel für jeden Landkreis und jede Stadt mit "
            "eigener Ausländerbehörde.",
            bodies=bodies,
            state=lambda body: TileState("office", str(body.get_kind_display())),
            legend=(("office", "gehört zum Landesnetzwerk"),),
        )


class Meetings(Page):
    """Coming and past meetings."""

    guard = everybody
    template_name = "network/meetings.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        overview = meetings.overview(moment=clock.now())
        return super().get_context_data(**kwargs) | overview._asdict()


class ShowMeeting(Page):
    """One meeting; a draft is not found."""

    guard = everybody
    template_name = "network/meeting.html"

    @cached_property
    def meeting(self) -> Meeting:
        meeting = meetings.public_meeting(slug=self.kwargs["slug"])
        if meeting is None:
            raise Http404
        return meeting

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "meeting": self.meeting,
            "programme": self.meeting.programme,  # the current one; the frame need not look for it
            "is_coming": meetings.is_coming(self.meeting, clock.now()),
            "released": released.for_audience(
                self.meeting, Audience.PUBLIC, minutes=meetings.minutes_of(self.meeting)
            ),
        }


class Participation(Page):
    """Which offices take part, over all meetings; no person is named."""

    guard = everybody
    template_name = "network/participation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "participation": participation(day=clock.today())
        }


class MeetingCalendar(Guarded):
    """One meeting as a calendar file; meetings without a documented day have none."""

    guard = everybody

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        meeting = meetings.public_meeting(slug=slug)
        if meeting is None or meeting.starts_at is None:
            raise Http404
        return made_now(
            calendar.meeting_ics(meeting), name=f"{meeting.slug}.ics", content_type=CALENDAR
        )


class MeetingsCalendar(Guarded):
    """All public meetings as a calendar to subscribe to."""

    guard = everybody

    def get(self, request: HttpRequest) -> HttpResponse:
        content = calendar.meetings_ics(meetings.calendar_meetings())
        return HttpResponse(content, content_type=CALENDAR)


class MeetingsFeed(Guarded):
    """All public meetings as an Atom feed, the next ones first."""

    guard = everybody

    def get(self, request: HttpRequest) -> HttpResponse:
        overview = meetings.overview(moment=clock.now())
        known = [*overview.upcoming, *overview.past]
        content = feeds.meetings_feed(known, author=Programme.objects.current().provider_name)
        return HttpResponse(content, content_type=ATOM)
