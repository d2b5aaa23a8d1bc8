"""The catalogue: what can be read, downloaded and ordered."""

from functools import cached_property
from typing import Any

from programme.models import Programme
from programme.pages import Page
from programme.permissions import everybody
from publications.queries import catalogue


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
        return super().get_context_data(**kwargs) | {
            "programme": self.page.publication.programme,
            "publication": self.page.publication,
            "page": self.page,
        }
