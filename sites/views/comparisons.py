"""Before and after across the sites, for those who work on it and for everybody."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from programme import clock
from programme.models import Programme
from programme.pages import Guarded, Page
from programme.permissions import everybody
from sites import permissions
from sites.exports import indicators as files
from sites.queries import comparisons
from sites.rules.context_figures import SURVEY, WHY, context_charts
from sites.rules.small_numbers import WHY_HIDDEN

COMMON = {"source": SURVEY, "why": WHY, "why_hidden": WHY_HIDDEN}


class Compare(Page):
    """All indicators across the sites; of other sites only what is released."""

    guard = permissions.may_open_workspace
    template_name = "sites/compare.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            **COMMON,
            "context_charts": context_charts(),
            "entries": comparisons.internal(user=self.person),
            "sees_all": permissions.sees_all_sites(self.person),
        }


class PublicCompare(Page):
    """What the sites released, indicator by indicator."""

    guard = everybody
    template_name = "sites/public_compare.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programme = Programme.objects.current()
        return super().get_context_data(**kwargs) | {
            **COMMON,
            "programme": programme,
            "context_charts": context_charts(),
            "entries": comparisons.public(programme=programme),
        }


class CompareFile(Guarded):
    """The comparison across the sites as a table; small numbers stay hidden."""

    guard = permissions.may_open_workspace

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        if kind not in files.TYPES:
            raise Http404
        rows = comparisons.internal(user=self.person, exact=True)
        content = files.comparison_file(entries=rows, kind=kind)
        return files.download(content, f"standortvergleich-{clock.today():%Y-%m-%d}.{kind}", kind)
