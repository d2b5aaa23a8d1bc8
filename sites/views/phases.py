"""Phases of a site, and where all sites stand."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from programme.forms.vouchers import AsOfForm
from programme.models import Programme
from programme.pages import FormPage, Page
from sites import permissions
from sites.enums import Phase
from sites.forms.phases import PhaseForm
from sites.models import SitePhase
from sites.queries import phases as phase_queries
from sites.rules.versions import NewerVersion
from sites.services import phases
from sites.views.workspace import SiteOfAddress

DAYS = ("planned_from", "planned_to", "actual_from", "actual_to", "note", "outside_reason")


class Progress(Page):
    """All sites: current phase, what is late, what comes next."""

    guard = permissions.sees_all_sites
    template_name = "sites/progress.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programme = Programme.objects.current()
        form = AsOfForm(self.request.GET or None, programme=programme)
        rows = phase_queries.progress(programme=programme, as_of=form.as_of)
        return super().get_context_data(**kwargs) | {
            "filter_form": form,
            "as_of": form.as_of,
            "rows": rows,
            "late": [row for row in rows if row.late],
        }


class SitePhases(SiteOfAddress, Page):
    """The timeline of one site from inside."""

    guard = permissions.may_see_site
    template_name = "sites/site_phases.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = AsOfForm(self.request.GET or None, programme=self.site.programme)
        return super().get_context_data(**kwargs) | {
            "site": self.site,
            "filter_form": form,
            "timeline": phase_queries.timeline(site=self.site, as_of=form.as_of),
            "may_plan": permissions.may_plan_phases(self.request.user, self.site),
        }


class EditPhase(SiteOfAddress, FormPage):
    """The dates of one phase; two people who save at once see both versions."""

    guard = permissions.may_plan_phases
    purpose = "Termine einer Phase eines Standorts pflegen"
    template_name = "sites/edit_phase.html"
    form_class = PhaseForm
    clash: SitePhase | None = None

    @cached_property
    def phase(self) -> Phase:
        try:
            return Phase(self.kwargs["phase"])
        except ValueError:
            raise Http404 from None

    def get_initial(self) -> dict[str, Any]:
        row = self.site.phases.filter(phase=self.phase).first()
        if row is None:
            return {}
        return {name: getattr(row, name) for name in DAYS} | {"seen_at": row.updated_at.isoformat()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        stands = {name: getattr(self.clash, name) for name in DAYS} if self.clash else {}
        return context | {
            "site": self.site,
            "phase": self.phase,
            "differences": context["form"].differences(stands) if stands else [],
        }

    def act(self, form: PhaseForm) -> HttpResponse:
        try:
            phases.revise(
                site=self.site,
                phase=self.phase,
                draft=form.draft(),
                seen_at=form.cleaned_data["seen_at"],
                by=self.person,
            )
        except NewerVersion as newer:
            self.clash = newer.current
            form.now_seen(newer.current)
            raise
        messages.success(self.request, f"Die Phase „{self.phase.label}“ ist gespeichert.")
        return redirect("sites:site_phases", slug=self.site.slug)
