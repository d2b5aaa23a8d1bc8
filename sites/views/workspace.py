"""The workspace of site staff, coaches and the programme team."""

from functools import cached_property
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from programme import clock
from programme.pages import FormPage, Page
from programme.permissions import is_coach, is_office
from sites import permissions
from sites.forms.measures import MeasureForm
from sites.models import Measure, Site
from sites.queries import workspace
from sites.rules.lifecycle import takes_entries, why_closed
from sites.services import measures


class WorkspaceSites(Page):
    """The sites a person works with."""

    guard = permissions.may_open_workspace
    template_name = "sites/workspace.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.person
        return super().get_context_data(**kwargs) | {
            "sites": workspace.sites_of(user=user),
            "sees_all": permissions.sees_all_sites(user),
            "coaches": is_coach(user),
        }


class SiteOfAddress:
    """Finds the site the address names, once a request."""

    kwargs: dict[str, Any]

    @cached_property
    def site(self) -> Site:
        sites = Site.objects.select_related("programme", "organisation")
        return get_object_or_404(sites, slug=self.kwargs["slug"])

    def guarded(self) -> Site:
        return self.site

    def to_site(self) -> HttpResponse:
        return redirect("sites:workspace_site", slug=self.site.slug)


class EntryPage(FormPage):
    """A form about a site; while the site takes nothing, the page says why and shows no form.

    What is sent all the same is refused by the service, and the typed text stands there again.
    """

    def entry_site(self) -> Site:
        """Return the site the form is about; most guards ask about it as well."""
        return cast("Site", self.guarded())

    def why_closed(self) -> str:
        """Return why nothing can be entered, empty if it can."""
        return why_closed(self.entry_site())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (reason := self.why_closed()):
            return super().get(request, *args, **kwargs)
        context = {"site": self.entry_site(), "heading": self.purpose, "reason": reason}
        return render(request, "sites/closed_form.html", context)


class WorkspaceSite(SiteOfAddress, Page):
    """One site from inside: what is due, measures, coaching days, who is responsible."""

    guard = permissions.may_see_site
    template_name = "sites/workspace_site.html"

    @cached_property
    def site(self) -> Site:
        return get_object_or_404(
            workspace.numbered_sites(day=clock.today()), slug=self.kwargs["slug"]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, takes = self.request.user, takes_entries(self.site.status)
        return super().get_context_data(**kwargs) | {
            "programme": self.site.programme,
            "page": workspace.workspace_site(site=self.site),
            "numbers": workspace.measure_numbers(site=self.site),
            "site": self.site,
            "may_edit": permissions.may_edit_measures(user, self.site),
            "may_log": permissions.may_log_coaching(user, self.site) and takes,
            "may_answer": permissions.may_answer_coaching(user, self.site),
            "may_agree_days": is_office(user) and takes,
            "takes_entries": takes,
        }


class AddMeasure(SiteOfAddress, EntryPage):
    """A new measure of one site."""

    guard = permissions.may_edit_measures
    purpose = "Eine Maßnahme eines Standorts anlegen"
    template_name = "sites/add_measure.html"
    form_class = MeasureForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"site": self.site}

    def get_initial(self) -> dict[str, Any]:
        """Start with the goal the person came from, if it is one of this site."""
        asked = self.request.GET.get("ziel", "")
        return {"goal": asked} if asked.isascii() and asked.isdigit() else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"site": self.site}

    def act(self, form: MeasureForm) -> HttpResponse:
        user = self.person
        status = form.cleaned_data["status"]
        measure = measures.add(site=self.site, draft=form.draft(), status=status, by=user)
        messages.success(self.request, f"Die Maßnahme „{measure.title}“ ist eingetragen.")
        return redirect("sites:goals", slug=self.site.slug)


class EditMeasure(FormPage):
    """A measure that stands; two people who save at once see both versions."""

    guard = permissions.may_edit_measures
    purpose = "Eine Maßnahme eines Standorts ändern"
    template_name = "sites/edit_measure.html"
    form_class = MeasureForm
    clash: Measure | None = None

    @cached_property
    def measure(self) -> Measure:
        rows = Measure.objects.select_related("site__programme", "field_of_action")
        return get_object_or_404(rows, pk=self.kwargs["pk"], site__slug=self.kwargs["slug"])

    def guarded(self) -> Site:
        return self.measure.site

    def get_form_kwargs(self) -> dict[str, Any]:
        site = self.measure.site
        return super().get_form_kwargs() | {"site": site, "measure": self.measure}

    def get_initial(self) -> dict[str, Any]:
        stands = {name: getattr(self.measure, name) for name in measures.COLUMNS}
        norms = list(self.measure.norms.all())
        return stands | {"norms": norms, "seen_at": self.measure.updated_at.isoformat()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        columns = measures.COLUMNS if self.clash else ()
        stands = {name: getattr(self.clash, name) for name in columns}
        if self.clash:
            stands["norms"] = list(self.clash.norms.all())
        return context | {
            "site": self.measure.site,
            "measure": self.measure,
            "differences": context["form"].differences(stands),
        }

    def act(self, form: MeasureForm) -> HttpResponse:
        user, seen_at = self.person, form.cleaned_data["seen_at"]
        try:
            measure = measures.revise(
                measure=self.measure, draft=form.draft(), seen_at=seen_at, by=user
            )
        except measures.EditClash as clash:
            self.clash = clash.current
            form.now_seen(clash.current)
            raise
        messages.success(self.request, f"Die Maßnahme „{measure.title}“ ist gespeichert.")
        return redirect("sites:measure", measure.site.slug, measure.pk)
