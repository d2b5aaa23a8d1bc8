"""Goals of one site, at its desk."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from programme.pages import FormPage, Page
from sites import permissions
from sites.forms.goals import GoalForm
from sites.models import Goal, Site
from sites.queries.goals import goals_page
from sites.rules.lifecycle import takes_entries
from sites.services import goals
from sites.views.workspace import EntryPage, SiteOfAddress


class Goals(SiteOfAddress, Page):
    """Goals with their measures beneath; measures without a goal last."""

    guard = permissions.may_see_site
    template_name = "sites/goals.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = goals_page(site=self.site, number=self.request.GET.get("seite", "1"))
        return super().get_context_data(**kwargs) | {
            "site": self.site,
            "programme": self.site.programme,
            "page": found,
            "page_obj": found.pages,
            "may_edit": permissions.may_edit_measures(self.request.user, self.site),
            "takes_entries": takes_entries(self.site.status),
        }


class AddGoal(SiteOfAddress, EntryPage):
    """A new goal of one site."""

    guard = permissions.may_edit_measures
    purpose = "Ein Ziel eines Standorts anlegen"
    template_name = "sites/add_goal.html"
    form_class = GoalForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"is_new": True}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"site": self.site}

    def act(self, form: GoalForm) -> HttpResponse:
        goal = goals.add(site=self.site, draft=form.draft(), by=self.person)
        messages.success(self.request, f"Das Ziel „{goal.title}“ ist eingetragen.")
        return redirect("sites:goals", slug=self.site.slug)


class EditGoal(FormPage):
    """A goal that stands; two people who save at once see both versions."""

    guard = permissions.may_edit_measures
    purpose = "Ein Ziel eines Standorts ändern"
    template_name = "sites/edit_goal.html"
    form_class = GoalForm
    clash: Goal | None = None

    @cached_property
    def goal(self) -> Goal:
        rows = Goal.objects.select_related("site__programme", "field_of_action")
        return get_object_or_404(rows, pk=self.kwargs["pk"], site__slug=self.kwargs["slug"])

    def guarded(self) -> Site:
        return self.goal.site

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"is_new": False}

    def get_initial(self) -> dict[str, Any]:
        stands = {name: getattr(self.goal, name) for name in goals.COLUMNS}
        return stands | {"seen_at": self.goal.updated_at.isoformat()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        columns = goals.COLUMNS if self.clash else ()
        stands = {name: getattr(self.clash, name) for name in columns}
        differences = context["form"].differences(stands)
        return context | {"site": self.goal.site, "goal": self.goal, "differences": differences}

    def act(self, form: GoalForm) -> HttpResponse:
        seen_at = form.cleaned_data["seen_at"]
        try:
            goal = goals.revise(goal=self.goal, draft=form.draft(), seen_at=seen_at, by=self.person)
        except goals.GoalClash as clash:
            self.clash = clash.current
            form.now_seen(clash.current)
            raise
        messages.success(self.request, f"Das Ziel „{goal.title}“ ist gespeichert.")
        return redirect("sites:goals", slug=goal.site.slug)
