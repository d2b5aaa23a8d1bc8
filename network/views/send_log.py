"""The send log of a meeting: every letter and what became of it."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from network.forms.send_log import SendLogForm
from network.models import InvitationLetter, Meeting
from network.permissions import may_run_network
from network.queries import letters
from programme.pages import ListPage


class SendLog(ListPage):
    """Letters to offices, 25 a page, with the state of their delivery."""

    guard = may_run_network
    template_name = "network/send_log.html"

    @cached_property
    def meeting(self) -> Meeting:
        return get_object_or_404(Meeting, slug=self.kwargs["slug"])

    @cached_property
    def filter(self) -> SendLogForm:
        return SendLogForm(self.request.GET)

    def get_queryset(self) -> QuerySet[InvitationLetter]:
        asked = self.filter.chosen()
        return letters.send_log(meeting=self.meeting, state=asked["stand"], search=asked["suche"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = [(letter, *letters.delivery(letter)) for letter in context["page_obj"]]
        return context | {
            "meeting": self.meeting,
            "filter": self.filter,
            "rows": rows,
            "lost": letters.lost(meeting=self.meeting),
        }
