"""The financing plan: the version in force, one version, two side by side."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from programme import clock, permissions
from programme.enums import PlanStatus
from programme.errors import RuleBroken
from programme.exports import funding as funding_exports
from programme.exports import spending as spending_exports
from programme.forms.plans import CompareForm, HandInForm, SeenRevisionForm, SendBackForm
from programme.models import FinancingPlan, Programme
from programme.pages import Guarded, Page
from programme.queries import funding, plans
from programme.queries.actions import listed_action
from programme.queries.history import history_of
from programme.queries.spending import spending_over_time
from programme.rules.funding.checks import action_listed
from programme.rules.funding.finding import Finding
from programme.rules.money import parse_amount, written
from programme.rules.plans import findings
from programme.rules.publicity import funding_finding

MOST_ROWS = 60


class PlanOverview(Guarded):
    """The plan in force with what was spent, and all its versions."""

    guard = permissions.may_see_funding

    def overview(self) -> dict[str, Any]:
        """Return what the page of the plan shows."""
        programme = Programme.objects.current()
        as_of = clock.default_as_of(programme.starts_on, programme.ends_on)
        overview = funding.overview(programme=programme, as_of=as_of)
        rows = list(plans.versions(programme=programme))
        drafts = [row for row in rows if row.status == PlanStatus.DRAFT]
        approved = [row for row in rows if row.status == PlanStatus.APPROVED]
        return {
            "programme": programme,
            "as_of": as_of,
            "overview": overview,
            "versions": rows,
            "plan": approved[0] if approved else None,
            "draft": drafts[0] if drafts else None,
            "sentence": funding_exports.sentence(overview),
            "sources_chart": funding_exports.sources_chart(overview),
            "lines_chart": funding_exports.lines_chart(overview),
            **spending_exports.charts(
                spending_over_time(programme=programme, overview=overview), as_of=as_of
            ),
            "begin_key": uuid4(),
            "public_findings": _public_findings(programme),
            "may_edit": permissions.is_finance(self.request.user),
        }


def _public_findings(programme: Programme) -> list[Finding]:
    """Return what is missing where the public reads of the funding (rules F31 and F32)."""
    footer = funding_finding(
        "Fußzeile aller öffentlichen Seiten",
        notice=programme.funding_notice,
        templates=["components/footer.html"],
    )
    found = (footer, action_listed(listed_action(programme=programme)))
    return [finding for finding in found if finding is not None]


class ShowPlan(PlanOverview, Page):
    """The plan in force."""

    guard = permissions.may_see_funding
    template_name = "programme/plan.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.overview()


class OnePlan(Guarded):
    """A page about the version in its address; finds it once, with lines and funding."""

    guard = permissions.may_see_funding

    @cached_property
    def plan(self) -> FinancingPlan:
        found = plans.plans_with_details(programme=Programme.objects.current())
        return get_object_or_404(
            found.select_related("programme", "proposed_by", "approved_by", "document", "based_on"),
            version=self.kwargs["version"],
        )

    def guarded(self) -> FinancingPlan:
        return self.plan

    def details(self) -> dict[str, Any]:
        """Return what the page of a version shows."""
        plan, user = self.plan, self.request.user
        is_draft = plan.status == PlanStatus.DRAFT
        is_finance = permissions.is_finance(user)
        is_own = plan.proposed_by_id == user.pk
        facts = plans.facts(plan)
        seen = {"seen_revision": plan.revision}
        return {
            "programme": plan.programme,
            "plan": plan,
            "facts": facts,
            "funding_eur": plans.total_of(row.planned_eur for row in plan.funding.all()),
            "findings": findings(facts) if is_draft else [],
            "is_draft": is_draft,
            "may_edit": is_finance and is_draft,
            "may_hand_in": is_finance and is_draft and plan.proposed_by_id is None,
            "may_decide": is_finance and is_draft and plan.proposed_by_id and not is_own,
            "waits_for_other": is_finance and is_draft and is_own,
            "hand_in_form": HandInForm(initial=seen, auto_id="id_hand_in_%s"),
            "approve_form": SeenRevisionForm(initial=seen, auto_id="id_approve_%s"),
            "send_back_form": SendBackForm(initial=seen, auto_id="id_send_back_%s"),
            "discard_form": SeenRevisionForm(initial=seen, auto_id="id_discard_%s"),
            "keys": [uuid4() for _ in range(4)],
            "history": history_of(plan),
        }


class PlanVersion(OnePlan, Page):
    """Everything about one version."""

    guard = permissions.may_see_funding
    template_name = "programme/plan_version.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.details()


class ComparePlans(Page):
    """Two versions side by side with their differences."""

    guard = permissions.may_see_funding
    template_name = "programme/compare_plans.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programme = Programme.objects.current()
        rows = plans.plans_with_details(programme=programme).order_by("version")
        found = {row.version: row for row in rows}
        context = super().get_context_data(**kwargs) | {"programme": programme}
        if not found:
            return context | {"comparison": None}
        form = CompareForm(self.request.GET or None, versions=list(found))
        before, after = found[form.chosen("von")], found[form.chosen("nach")]
        return context | {
            "filter_form": form,
            "before": before,
            "after": after,
            "comparison": plans.comparison(before, after),
        }


class PlanSums(Guarded):
    """Both sides of a plan while somebody types."""

    guard = permissions.is_finance

    def get(self, request: HttpRequest) -> HttpResponse:
        typed = [
            [text for text in request.GET.getlist(name)[:MOST_ROWS] if text.strip()]
            for name in ("lines", "funding")
        ]
        try:
            lines, funding_eur = (
                plans.total_of(
                    parse_amount(text, may_be_zero=True) for text in rows if text.strip()
                )
                for rows in typed
            )
        except RuleBroken as broken:
            return JsonResponse({"message": broken.message})
        difference = lines - funding_eur
        if not difference:
            balance = "Einnahmen und Ausgaben sind ausgeglichen."
        elif difference > 0:
            balance = f"Es fehlen Einnahmen von {written(difference)}."
        else:
            balance = f"Die Einnahmen sind um {written(-difference)} zu hoch."
        return JsonResponse(
            {"message": f"Ausgaben {written(lines)} · Einnahmen {written(funding_eur)}. {balance}"}
        )
