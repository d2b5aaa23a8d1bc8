"""Work on the financing plan: begin, edit, reallocate, hand in, approve, send back, discard."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from programme import clock, permissions
from programme.forms.plans import (
    HandInForm,
    PlanForm,
    ReallocationForm,
    SeenRevisionForm,
    SendBackForm,
)
from programme.models import FinancingPlan, Programme
from programme.pages import FormPage
from programme.queries import grants
from programme.queries.funding import approved_plan, line_figures
from programme.rules.plans import is_draft
from programme.services import plans, reallocations
from programme.views.plans import OnePlan, PlanOverview
from programme.views.while_open import WhileOpen


class BeginPlan(PlanOverview, FormPage):
    """Begin a new version; refused on the page of the plan while another one is open."""

    guard = permissions.is_finance
    purpose = "Eine neue Fassung des Finanzierungsplans anlegen"
    template_name = "programme/plan.html"
    form_class = forms.Form
    http_method_names = ["post", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.overview()

    def act(self, form: forms.Form) -> HttpResponse:
        plan = plans.begin(programme=Programme.objects.current(), by=self.person)
        messages.success(self.request, f"Fassung {plan.version} ist als Entwurf angelegt.")
        return redirect("programme:edit_plan", version=plan.version)


class EditPlan(OnePlan, WhileOpen):
    """Edit a version that is not approved."""

    guard = permissions.is_finance
    purpose = "Einen Entwurf des Finanzierungsplans bearbeiten"
    template_name = "programme/edit_plan.html"
    form_class = PlanForm

    def still_open(self) -> None:
        is_draft(self.plan)

    def page_of_record(self) -> str:
        return reverse("programme:plan_version", args=[self.plan.version])

    def get_form_kwargs(self) -> dict[str, Any]:
        programme = self.plan.programme
        as_of = clock.default_as_of(programme.starts_on, programme.ends_on)
        return super().get_form_kwargs() | {
            "plan": self.plan,
            "sources": list(grants.sources(programme=programme)),
            "figures": line_figures(programme=programme, as_of=as_of),
        }

    def get_initial(self) -> dict[str, Any]:
        shown = {name: getattr(self.plan, name) for name in plans.COLUMNS}
        return shown | {"seen_revision": self.plan.revision}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"plan": self.plan}

    def act(self, form: PlanForm) -> HttpResponse:
        plan = plans.edit(
            plan=self.plan,
            seen_revision=form.cleaned_data["seen_revision"] or 0,
            entry=form.entry,
            paper=form.new_paper,
            by=self.person,
        )
        messages.success(self.request, f"Fassung {plan.version} ist gespeichert.")
        return redirect("programme:plan_version", version=plan.version)


class Reallocate(FormPage):
    """Move money from one line to another; the next version goes to a second person."""

    guard = permissions.is_finance
    purpose = "Geld von einem Einzelansatz in einen anderen umschichten"
    template_name = "programme/reallocate.html"
    form_class = ReallocationForm

    @cached_property
    def plan(self) -> FinancingPlan | None:
        return approved_plan(programme=Programme.objects.current())

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"plan": self.plan}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"plan": self.plan}

    def act(self, form: ReallocationForm) -> HttpResponse:
        plan = reallocations.propose(
            programme=Programme.objects.current(),
            entry=form.entry,
            paper=form.new_paper,
            by=self.person,
            confirmed=form.cleaned_data["confirmed"],
        )
        messages.success(
            self.request,
            f"Fassung {plan.version} ist vorgelegt und wartet auf die Genehmigung durch eine "
            "zweite Person.",
        )
        return redirect("programme:plan_version", version=plan.version)


class Decide(OnePlan, FormPage):
    """A step with a version; the form stands on its page."""

    guard = permissions.is_finance
    template_name = "programme/plan_version.html"
    http_method_names = ["post", "options"]
    own_form = ""
    shown_if = "may_decide"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        details = self.details() | {self.own_form: context["form"]}
        return context | details | {"form_is_gone": not details[self.shown_if]}

    def done(self, words: str) -> HttpResponse:
        """Tell what happened and return to the version."""
        messages.success(self.request, f"Fassung {self.plan.version} ist {words}.")
        return redirect("programme:plan_version", version=self.plan.version)


class HandInPlan(Decide):
    """Hand in a version for approval."""

    guard = permissions.is_finance
    purpose = "Eine Fassung des Finanzierungsplans vorlegen"
    form_class = HandInForm
    own_form = "hand_in_form"
    shown_if = "may_hand_in"

    def act(self, form: HandInForm) -> HttpResponse:
        plans.hand_in(
            plan=self.plan,
            seen_revision=form.cleaned_data["seen_revision"],
            by=self.person,
            confirmed=form.cleaned_data["confirmed"],
        )
        return self.done("vorgelegt und wartet auf die Genehmigung durch eine zweite Person")


class ApprovePlan(Decide):
    """Approve a version as the second person."""

    guard = permissions.is_finance
    purpose = "Eine Fassung des Finanzierungsplans genehmigen"
    form_class = SeenRevisionForm
    own_form = "approve_form"

    def act(self, form: SeenRevisionForm) -> HttpResponse:
        seen = form.cleaned_data["seen_revision"]
        plans.approve(plan=self.plan, seen_revision=seen, by=self.person)
        return self.done("genehmigt und gilt ab sofort")


class SendBackPlan(Decide):
    """Send a version back with a reason."""

    guard = permissions.is_finance
    purpose = "Eine Fassung des Finanzierungsplans zurückgeben"
    form_class = SendBackForm
    own_form = "send_back_form"

    def act(self, form: SendBackForm) -> HttpResponse:
        plans.send_back(
            plan=self.plan,
            seen_revision=form.cleaned_data["seen_revision"],
            reason=form.cleaned_data["reason"],
            by=self.person,
        )
        return self.done("zurückgegeben")


class DiscardPlan(Decide):
    """Throw away a version nobody has approved."""

    guard = permissions.is_finance
    purpose = "Einen Entwurf des Finanzierungsplans verwerfen"
    form_class = SeenRevisionForm
    own_form = "discard_form"
    shown_if = "may_edit"

    def act(self, form: SeenRevisionForm) -> HttpResponse:
        seen = form.cleaned_data["seen_revision"]
        plans.discard(plan=self.plan, seen_revision=seen, by=self.person)
        messages.success(
            self.request, f"Der Entwurf der Fassung {self.plan.version} ist verworfen."
        )
        return redirect("programme:plan")
