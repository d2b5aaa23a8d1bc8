"""Who misses which values, across the sites."""

from typing import Any

from programme.pages import Page
from programme.permissions import is_office
from sites import permissions
from sites.queries.indicator_gaps import missing_values


class MissingValues(Page):
    """Missing values of all sites, with those who look after them."""

    guard = permissions.sees_all_sites
    template_name = "sites/missing_values.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "rows": missing_values(),
            "may_nudge": is_office(self.request.user),
        }
