"""How the sites serve both groups of tasks, for everybody."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from programme.pages import ListPage
from programme.permissions import everybody
from sites.forms.balance import SolutionFilterForm
from sites.models import Measure
from sites.queries import balance
from sites.queries.measures import shown
from sites.rules.balance import NEUTRAL, chart, sentence


class PublicBalance(ListPage):
    """The balance by field of action, then how others solved it, 25 a page."""

    guard = everybody
    template_name = "sites/balance.html"

    @cached_property
    def choices(self) -> balance.Choices:
        return balance.choices()

    @cached_property
    def filter(self) -> SolutionFilterForm:
        return SolutionFilterForm(self.request.GET, choices=self.choices)

    def get_queryset(self) -> QuerySet[Measure]:
        programme, wanted = self.choices.programme, self.filter.wanted()
        return balance.solutions(programme=programme, wanted=wanted)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        fields = balance.by_field(programme=self.choices.programme)
        told = sentence(fields)
        return context | {
            "programme": self.choices.programme,
            "fields": fields,
            "sentence": told,
            "chart": chart(fields, description=told),
            "filter": self.filter,
            "neutral": NEUTRAL,
            "solutions": [shown(measure) for measure in context["object_list"]],
        }
