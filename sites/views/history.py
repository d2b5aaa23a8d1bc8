"""The history of a site: everything between it and the programme, in time order."""

from functools import cached_property
from typing import Any

from programme.pages import ListPage
from sites import permissions
from sites.enums import DocumentAudience
from sites.forms.history import HistoryFilterForm
from sites.queries import history as queries
from sites.views.workspace import SiteOfAddress


class History(SiteOfAddress, ListPage):
    """One page that tells it all, grouped by month."""

    guard = permissions.may_see_site
    template_name = "sites/history.html"
    context_object_name = "rows"

    @cached_property
    def filter(self) -> HistoryFilterForm:
        return HistoryFilterForm(self.request.GET)

    def get_queryset(self) -> Any:
        sees_all = permissions.sees_all_sites(self.request.user)
        return queries.events(
            site=self.site,
            audience=DocumentAudience.TEAM if sees_all else DocumentAudience.SITE,
            kind=self.filter.value("art"),
            newest_first=self.filter.value("folge") == "neu",
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        months = queries.months(site=self.site, rows=context["rows"])
        return context | {"site": self.site, "filter": self.filter, "months": months}
