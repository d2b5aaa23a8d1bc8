"""What everybody can read about the coached sites."""

from functools import cached_property
from typing import Any

from django.utils.formats import date_format, number_format

from programme.models import Programme
from programme.pages import Page
from programme.permissions import everybody
from sites.queries import sites, tiles
from sites.rules.small_numbers import WHY_HIDDEN


class PublicSites(Page):
    """Map and list of the sites; the list says everything the map says."""

    guard = everybody
    template_name = "sites/sites.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programme = Programme.objects.current()
        bodies = sites.bodies_in_run_time(programme=programme)
        entries = sites.public_sites(programme=programme, bodies=bodies)
        return super().get_context_data(**kwargs) | {
            "programme": programme,
            "coached": [entry for entry in entries if entry.site.is_coached],
            "selected": [
                entry for entry in entries if not (entry.site.is_coached or entry.site.is_withdrawn)
            ],
            "withdrawn": [entry for entry in entries if entry.site.is_withdrawn],
            "tile_map": tiles.site_map(entries=entries, bodies=bodies),
        }


class PublicSite(Page):
    """One site: what the office is, what it changed, how both tasks were weighed."""

    guard = everybody
    template_name = "sites/site.html"

    @cached_property
    def page(self) -> sites.SitePage:
        return sites.site_page(slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "programme": self.page.site.programme,
            "page": self.page,
            "why_hidden": WHY_HIDDEN,
            "site": self.page.site,
            "hours": number_format(self.page.coaching.hours.normalize()),
            "completed": date_format(done, "F Y") if (done := self.page.site.completed_on) else "",
        }
