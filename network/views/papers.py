"""What members read of meetings: minutes and material that were released to the offices."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from network.enums import Audience
from network.models import Meeting
from network.permissions import may_read_office_papers
from network.queries import papers
from network.queries.memberships import is_member_on
from network.queries.released import for_audience
from programme import clock
from programme.pages import Guarded, ListPage, Page
from programme.permissions import is_office


class ForOffices(Guarded):
    """Pages for members of today and the programme team."""

    guard = may_read_office_papers

    @cached_property
    def may_read(self) -> bool:
        person = self.person
        return is_office(person) or is_member_on(user_id=person.pk, day=clock.today())


class Papers(ForOffices, ListPage):
    """All meetings with released minutes or material, with a search."""

    guard = may_read_office_papers
    template_name = "network/papers.html"
    context_object_name = "meetings"

    @property
    def search(self) -> str:
        return self.request.GET.get("suche", "").replace("\x00", "").strip()[:100]

    def get_queryset(self) -> QuerySet[Meeting]:
        rows = papers.papers(day=clock.today(), search=self.search)
        return rows if self.may_read else rows.none()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"search": self.search}


class MeetingPapers(ForOffices, Page):
    """Minutes and material of one meeting."""

    guard = may_read_office_papers
    template_name = "network/meeting_papers.html"

    @cached_property
    def meeting(self) -> Meeting:
        meeting = papers.paper(slug=self.kwargs["slug"], day=clock.today())
        if meeting is None or not self.may_read:
            raise Http404
        return meeting

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "meeting": self.meeting,
            "released": for_audience(self.meeting, Audience.OFFICES),
        }
