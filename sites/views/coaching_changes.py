"""Changing a coaching day that was handed in: before the site confirmed it and after."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from programme.pages import FormPage
from sites import permissions
from sites.forms.coaching import CoachingDayForm, CorrectionForm, RevisedDayForm, values_of
from sites.models import CoachingDay, Site
from sites.queries import coaching as queries
from sites.services import coaching
from sites.views.coaching import day_url
from sites.views.day_photos import KeepsPhoto


class OfDay:
    """Finds the day the address names, once a request; guarded by its site."""

    kwargs: dict[str, Any]

    @cached_property
    def day(self) -> CoachingDay:
        return get_object_or_404(
            queries.days(), pk=self.kwargs["pk"], site__slug=self.kwargs["slug"]
        )

    def guarded(self) -> Site:
        return self.day.site


class EditCoachingDay(OfDay, KeepsPhoto):
    """Change a day the site has not confirmed."""

    guard = permissions.may_log_coaching
    purpose = "Einen Begleittag ändern, bevor der Standort ihn bestätigt"
    template_name = "sites/edit_coaching_day.html"
    form_class: type[CoachingDayForm] = RevisedDayForm

    def about(self) -> CoachingDay:
        return self.day

    def get_form_kwargs(self) -> dict[str, Any]:
        has_photo = hasattr(self.day, "photo")
        return super().get_form_kwargs() | {"day": self.day, "has_photo": has_photo}

    def get_initial(self) -> dict[str, Any]:
        return values_of(self.day)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"day": self.day, "site": self.day.site}

    def act(self, form: CoachingDayForm) -> HttpResponse:
        day = coaching.revise(day=self.day, draft=form.draft(), by=self.person, key=self.form_key)
        messages.success(
            self.request, "Der Begleittag ist gespeichert. Der Standort sieht die neue Fassung."
        )
        return redirect(day_url(day))


class CorrectCoachingDay(EditCoachingDay):
    """Correct a confirmed day by a new version, with the reason."""

    guard = permissions.may_log_coaching
    purpose = "Einen bestätigten Begleittag korrigieren"
    template_name = "sites/correct_coaching_day.html"
    form_class = CorrectionForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return FormPage.get_form_kwargs(self) | {"day": self.day}

    def act(self, form: CoachingDayForm) -> HttpResponse:
        day = coaching.correct(
            day=self.day,
            draft=form.draft(),
            reason=form.cleaned_data["reason"],
            by=self.person,
            key=self.form_key,
        )
        messages.success(
            self.request,
            "Die Korrektur ist eingereicht. Bis der Standort sie bestätigt, gilt die alte Fassung.",
        )
        return redirect(day_url(day))
