"""The catalogue: what can be read, downloaded and ordered."""

from functools import cached_property
from typing import Any

from programme.models import Programme
from programme.pages import Page
from programme.permissions import everybody
from publications.exports import head
from publications.exports.description import describe
from publications.queries import catalogue
from publications.queries.described import head_of


class Publications(Page):
    """All titles with their newest edition."""

    guard = everybody
    template_name = "publications/publications.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programme = Programme.objects.current()
        return super().get_context_data(**kwargs) | {
            "programme": programme,
            "entries": catalogue.catalogue(programme=programme),
        }


class OnePublication(Page):
    """One title: summary, editions, PDF in one click, printed copies."""

    guard = everybody
    template_name = "publications/publication.html"

    @cached_property
    def page(self) -> catalogue.PublicationPage:
        return catalogue.publication_page(slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return (
            super().get_context_data(**kwargs)
            | {
                "programme": self.page.publication.programme,
                "publication": self.page.publication,
                "page": self.page,
            }
            | self.for_machines()
        )

    def for_machines(self) -> dict[str, Any]:
        """Return what search engines and reference managers read of the newest edition."""
        newest = self.page.newest
        if newest is None:
            return {"about": None}
        about = describe(newest, head_of(newest), self.page.offers)
        return {
            "about": about,
            "canonical": about.publication_url,
            "meta_tags": head.meta_tags(about),
            "structured_data": head.structured_data(head.title_schema_org(about)),
        }
