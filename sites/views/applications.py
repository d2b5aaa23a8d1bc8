"""Applications: written by the office or the team for it, scored and decided by the team."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from network.models import Organisation
from network.queries import own_office
from programme import clock
from programme.pages import FormPage, Page
from programme.permissions import is_member, is_office
from sites import permissions
from sites.forms.applications import ApplicationForm, DecisionForm, SheetForm
from sites.models import Application, Call
from sites.queries import applications as found
from sites.queries.applications import Scoring
from sites.rules.applications import SHEETS_NEEDED, takes_applications
from sites.rules.versions import NewerVersion
from sites.services import applications, scoring
from sites.services.applications import COLUMNS


class MyApplications(Page):
    """Calls that are open, and what the own office wrote so far."""

    guard = is_member
    template_name = "sites/my_applications.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = clock.today()
        offices = own_office.offices(user_id=self.person.pk, day=today)
        return super().get_context_data(**kwargs) | {
            "offices": offices,
            "calls": [call for call in found.open_calls() if takes_applications(call, today)],
            "applications": found.own_applications(offices=offices),
        }


class Apply(FormPage):
    """The application of one office; who saves second sees both versions."""

    guard = permissions.may_apply
    purpose = "Eine Behörde als Standort bewerben"
    template_name = "sites/apply.html"
    form_class = ApplicationForm
    clash: Application | None = None

    @cached_property
    def call(self) -> Call:
        return get_object_or_404(Call, slug=self.kwargs["slug"], opened_on__isnull=False)

    @cached_property
    def office(self) -> Organisation:
        offices = Organisation.objects.offices().on(clock.today())
        return get_object_or_404(offices, slug=self.kwargs["office"])

    @cached_property
    def application(self) -> Application | None:
        return self.call.applications.filter(organisation=self.office).first()

    def guarded(self) -> Organisation:
        return self.office

    def get_initial(self) -> dict[str, Any]:
        if self.application is None:
            return {}
        return _stands(self.application) | {"seen_at": self.application.updated_at.isoformat()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        stands = _stands(self.clash) if self.clash else {}
        is_in = self.application is not None and not self.application.is_draft
        return context | {
            "call": self.call,
            "office": self.office,
            "takes": takes_applications(self.call, clock.today()),
            "is_in": is_in,
            "for_others": is_office(self.request.user),
            "differences": context["form"].differences(stands) if stands else [],
        }

    def act(self, form: ApplicationForm) -> HttpResponse:
        hand_in = self.request.POST.get("step") == "hand_in"
        try:
            row = applications.keep(
                call=self.call,
                organisation=self.office,
                draft=form.draft(),
                hand_in=hand_in,
                seen_at=form.cleaned_data["seen_at"],
                by=self.person,
            )
        except NewerVersion as newer:
            self.clash = newer.current
            form.now_seen(newer.current)
            raise
        if row.is_draft:
            messages.success(self.request, "Der Entwurf ist gespeichert.")
            return redirect("sites:apply", self.call.slug, self.office.slug)
        messages.success(self.request, "Die Bewerbung ist abgegeben. Vielen Dank.")
        return redirect("sites:application", row.pk)


def _stands(application: Application) -> dict[str, Any]:
    plain = {name: getattr(application, name) for name in COLUMNS if name != "wishes"}
    return plain | {"wishes": list(application.wishes.all())}


class ApplicationOfAddress:
    """Finds the application the address names, with its scores, once a request."""

    kwargs: dict[str, Any]

    @cached_property
    def application(self) -> Application:
        try:
            return found.with_scores(pk=self.kwargs["pk"])
        except Application.DoesNotExist:
            raise Http404 from None

    def guarded(self) -> Application:
        return self.application


class ShowApplication(ApplicationOfAddress, Page):
    """One application; the office reads the decision, the team also the scores."""

    guard = permissions.may_read_application
    template_name = "sites/application.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, row = self.person, self.application
        sees_scores = permissions.sees_all_sites(user)
        return super().get_context_data(**kwargs) | {
            "application": row,
            "call": row.call,
            "criteria": list(row.call.criteria.all()),
            "site": found.site_of(row),
            "scoring": found.scoring_of(application=row, reader=user) if sees_scores else None,
            "runs": is_office(user),
            "needed": SHEETS_NEEDED,
        }


class ScoreApplication(ApplicationOfAddress, FormPage):
    """The own score sheet."""

    guard = permissions.may_score
    purpose = "Eine Bewerbung bewerten"
    template_name = "sites/score_application.html"
    form_class = SheetForm

    @cached_property
    def scoring(self) -> Scoring:
        return found.scoring_of(application=self.application, reader=self.person)

    def get_form_kwargs(self) -> dict[str, Any]:
        criteria = list(self.application.call.criteria.all())
        return super().get_form_kwargs() | {"criteria": criteria, "sheet": self.scoring.own}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = self.scoring.own
        return super().get_context_data(**kwargs) | {
            "application": self.application,
            "is_final": self.application.is_decided or bool(own and own.handed_in_at),
        }

    def act(self, form: SheetForm) -> HttpResponse:
        hand_in = self.request.POST.get("step") == "hand_in"
        scoring.keep(
            application=self.application,
            points=form.points(),
            comment=form.cleaned_data["comment"],
            hand_in=hand_in,
            by=self.person,
        )
        said = "abgegeben" if hand_in else "als Entwurf gespeichert"
        messages.success(self.request, f"Ihr Bogen ist {said}.")
        return redirect("sites:application", self.application.pk)


class DecideApplication(ApplicationOfAddress, FormPage):
    """Selected or not; the letters go at once."""

    guard = permissions.may_score
    purpose = "Über eine Bewerbung entscheiden"
    template_name = "sites/decide_application.html"
    form_class = DecisionForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.application
        return super().get_context_data(**kwargs) | {
            "application": row,
            "scoring": found.scoring_of(application=row, reader=self.person),
            "needed": SHEETS_NEEDED,
        }

    def act(self, form: DecisionForm) -> HttpResponse:
        row = applications.decide(
            application=self.application,
            select=form.cleaned_data["select"],
            reason=form.cleaned_data["reason"],
            by=self.person,
        )
        messages.success(self.request, f"{row.organisation}: {row.get_status_display()}.")
        return redirect("sites:application", row.pk)
