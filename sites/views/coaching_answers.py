"""Coaching days as the site reads them: confirm, give back, tick off what was agreed."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from programme.models import Programme
from programme.pages import (
    CountedPaginator,
    FormPage,
    Guarded,
    ListPage,
    Page,
    Unlisted,
    as_download,
)
from programme.permissions import everybody, is_office
from sites import permissions
from sites.forms.coaching import AnswerDayForm, BudgetForm
from sites.models import CoachingDay, NextStep, Site
from sites.queries import coaching as queries
from sites.services import coaching_answers, coaching_budget, next_steps
from sites.views.coaching import day_url
from sites.views.coaching_changes import OfDay
from sites.views.workspace import EntryPage, SiteOfAddress

CONFIRMED = "Vielen Dank, der Begleittag ist bestätigt."
RETURNED = "Der Begleittag ist zurückgegeben. Die Prozessbegleitung bekommt Ihre Anmerkung."


class ShowCoachingDay(OfDay, Page):
    """One day with its steps, its photo and what the site said."""

    guard = permissions.may_see_site
    template_name = "sites/coaching_day.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, day = self.request.user, self.day
        may_log = permissions.may_log_coaching(user, day.site)
        return super().get_context_data(**kwargs) | {
            "day": day,
            "site": day.site,
            "correction": getattr(day, "correction", None),
            "photo": self.photo,
            "may_answer": day.is_open and permissions.may_answer_coaching(user, day.site),
            "may_edit": may_log and day.is_editable,
            "may_correct": may_log and day.state == "confirmed" and not hasattr(day, "correction"),
        }

    @property
    def photo(self) -> Any:
        may = permissions.may_see_photo(self.request.user, self.day.site)
        return getattr(self.day, "photo", None) if may else None


class CoachingPhotoFile(OfDay, Guarded):
    """The photo of a day, redrawn and as a download."""

    guard = permissions.may_see_photo

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
        photo = getattr(self.day, "photo", None)
        if photo is None:
            raise Http404
        return as_download(photo.file, name=photo.name, content_type=photo.content_type)


class AnswerDay(OfDay, FormPage):
    """What both ways to answer share: read the day, confirm it or give it back."""

    guard = everybody
    form_class = AnswerDayForm

    def get_initial(self) -> dict[str, Any]:
        return {"seen_at": self.day.changed_at.isoformat()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "day": self.day,
            "site": self.day.site,
            "programme": Programme.objects.current(),
        }

    def answered(self, form: AnswerDayForm) -> str:
        """Do what the pressed button says and return what to tell."""
        user = self.request.user
        is_staff = permissions.may_answer_coaching(user, self.day.site)
        by = user if is_staff and not user.is_anonymous else None
        seen_at = form.cleaned_data["seen_at"]
        if form.confirms:
            coaching_answers.confirm(day=self.day, seen_at=seen_at, by=by)
            return CONFIRMED
        remark = form.cleaned_data["remark"]
        coaching_answers.give_back(day=self.day, remark=remark, seen_at=seen_at, by=by)
        return RETURNED


class AnswerCoachingDay(AnswerDay):
    """The staff of a site answer, signed in."""

    guard = permissions.may_answer_coaching
    purpose = "Einen Begleittag als Standort bestätigen oder zurückgeben"
    template_name = "sites/answer_coaching_day.html"

    def act(self, form: AnswerDayForm) -> HttpResponse:
        messages.success(self.request, self.answered(form))
        return redirect(day_url(self.day))


class ConfirmCoachingDay(Unlisted, AnswerDay):
    """The site answers by the link of its letter; opening the link changes nothing."""

    guard = everybody
    purpose = "Einen Begleittag über den Link in der E-Mail bestätigen oder zurückgeben"
    template_name = "sites/confirm_coaching_day.html"

    @cached_property
    def day(self) -> CoachingDay:
        return get_object_or_404(queries.by_token(token=self.kwargs["token"]))

    def act(self, form: AnswerDayForm) -> HttpResponse:
        messages.success(self.request, self.answered(form))
        return redirect("sites:confirm_coaching_day", self.kwargs["token"])


class NextSteps(SiteOfAddress, ListPage):
    """What both sides agreed on, open and done; late ones stand out."""

    guard = permissions.may_see_site
    template_name = "sites/next_steps.html"

    @cached_property
    def site(self) -> Site:
        sites = Site.objects.annotate(**queries.step_numbers())
        return get_object_or_404(sites, slug=self.kwargs["slug"])

    def get_paginator(self, queryset: Any, *args: Any, **kwargs: Any) -> CountedPaginator:
        return CountedPaginator(queryset, known_count=vars(self.site)["steps"])

    def get_queryset(self) -> QuerySet[NextStep]:
        return queries.steps(site=self.site)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        steps = context["object_list"]
        return context | {
            "site": self.site,
            "open_steps": [step for step in steps if step.done_on is None],
            "done_steps": [step for step in steps if step.done_on],
            "sides": permissions.settles_for(self.request.user, self.site),
        }


class SettleStep(Guarded):
    """Tick a step off, or take that back."""

    guard = permissions.may_settle_step
    http_method_names = ["post"]

    @cached_property
    def step(self) -> NextStep:
        rows = NextStep.objects.select_related("coaching_day__site")
        slug = self.kwargs["slug"]
        return get_object_or_404(rows, pk=self.kwargs["pk"], coaching_day__site__slug=slug)

    def guarded(self) -> NextStep:
        return self.step

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        is_done = request.POST.get("stand") != "offen"
        next_steps.settle(step=self.step, is_done=is_done, by=self.person)
        messages.success(request, "Erledigt." if is_done else "Der Schritt ist wieder offen.")
        return redirect("sites:next_steps", slug)


class CoachingBudget(SiteOfAddress, EntryPage):
    """How many days the programme team agreed with a site."""

    guard = is_office
    purpose = "Die vereinbarten Begleittage eines Standorts festlegen"
    template_name = "sites/coaching_budget.html"
    form_class = BudgetForm

    def guarded(self) -> Site:
        return self.site

    def get_initial(self) -> dict[str, Any]:
        return {"days": self.site.budgeted_days}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"site": self.site}

    def act(self, form: BudgetForm) -> HttpResponse:
        coaching_budget.agree(site=self.site, days=form.cleaned_data["days"], by=self.person)
        messages.success(self.request, "Die Zahl der Begleittage ist gespeichert.")
        return self.to_site()
