"""The directory of the network: list, one organisation, who was not reached."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from network.exports.office_feed import feed_url
from network.forms.directory import DirectoryForm
from network.models import Organisation
from network.permissions import may_run_network
from network.queries import directory, reach
from network.queries import organisations as queries
from programme import clock
from programme.pages import ListPage, Page


class Directory(ListPage):
    """All organisations, narrowed by kind, region, state and search."""

    guard = may_run_network
    template_name = "network/directory.html"
    context_object_name = "organisations"

    @cached_property
    def filter(self) -> DirectoryForm:
        return DirectoryForm(self.request.GET)

    def get_queryset(self) -> Any:
        return directory.organisations(day=clock.today(), **self.filter.chosen())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"filter": self.filter}


class ShowOrganisation(Page):
    """One organisation: contacts, members, bodies, invitations; a merged one leads onwards."""

    guard = may_run_network
    template_name = "network/organisation.html"

    @cached_property
    def organisation(self) -> Organisation:
        return get_object_or_404(queries.organisation_details(), slug=self.kwargs["slug"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        target = self.organisation.merged_into
        if target:
            return redirect("network:organisation", target.slug)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "organisation": self.organisation,
            "today": clock.today(),
            "feed_url": feed_url(self.organisation),
        }


class Unreached(Page):
    """Everybody the network invites, the ones silent longest first."""

    guard = may_run_network
    template_name = "network/unreached.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"rows": reach.unreached(day=clock.today())}
