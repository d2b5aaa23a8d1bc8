"""The course of measures: one measure with its steps, one step, a whole month."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.paginator import Page as Pages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from programme import clock
from programme.pages import ListPage
from sites import permissions
from sites.forms.steps import MonthForm, Seen, StepForm, difference
from sites.models import Measure, MeasureUpdate, Site
from sites.queries.measures import of_the_month, with_steps
from sites.rules.effects import told_n
from sites.rules.lifecycle import takes_entries
from sites.rules.practice import WORKED
from sites.services import measure_steps
from sites.views.workspace import EntryPage, SiteOfAddress

A_PAGE_OF_MEASURES = 50
LONGEST = 18


class MeasureOfAddress:
    """Finds the measure the address names, with its effort and newest step."""

    kwargs: dict[str, Any]
    related: tuple[str, ...] = ("site__programme", "field_of_action", "goal")

    @cached_property
    def measure(self) -> Measure:
        rows = with_steps(Measure.objects.filter(site__slug=self.kwargs["slug"]))
        return get_object_or_404(rows.select_related(*self.related), pk=self.kwargs["pk"])

    def guarded(self) -> Site:
        return self.measure.site


class ShowMeasure(MeasureOfAddress, ListPage):
    """Everything about one measure, and its steps with who, why and how many hours."""

    guard = permissions.may_see_site
    template_name = "sites/measure.html"
    context_object_name = "steps"
    related = (*MeasureOfAddress.related, "practice_card")

    def get_queryset(self) -> QuerySet[MeasureUpdate]:
        rows = MeasureUpdate.objects.filter(measure=self.measure).select_related("by")
        return rows.order_by("-happened_on", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        measure = self.measure
        may_edit = permissions.may_edit_measures(self.request.user, measure.site)
        return super().get_context_data(**kwargs) | {
            "site": measure.site,
            "programme": measure.site.programme,
            "measure": measure,
            "norms": list(measure.norms.all()),
            "effect_n": told_n(measure.effect_n),
            "may_edit": may_edit,
            "may_step": may_edit and takes_entries(measure.site.status),
            "works": measure.status in WORKED,
        }


class StepMeasure(MeasureOfAddress, EntryPage):
    """One step: a new state with its reason, news or hours."""

    guard = permissions.may_edit_measures
    purpose = "Den Stand einer Maßnahme eintragen"
    template_name = "sites/step_measure.html"
    form_class = StepForm
    clash: MeasureUpdate | None = None

    def get_initial(self) -> dict[str, Any]:
        return {
            "status": self.measure.status,
            "happened_on": clock.today(),
            "seen": Seen.of(self.measure).written(),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        differences = []
        if self.clash:
            draft = context["form"].draft()
            differences.append(difference(self.measure.title, self.clash, draft))
        return context | {
            "site": self.measure.site,
            "measure": self.measure,
            "differences": differences,
        }

    def act(self, form: StepForm) -> HttpResponse:
        measure = self.measure
        try:
            measure_steps.step(measure=measure, draft=form.draft(), by=self.person)
        except measure_steps.StepClash as clash:
            self.clash = clash.current[measure.pk]
            form.now_seen(self.clash)
            raise
        messages.success(self.request, f"Der Stand von „{measure.title}“ ist eingetragen.")
        return redirect("sites:measure", measure.site.slug, measure.pk)


class MonthlyUpdate(SiteOfAddress, EntryPage):
    """All open measures of a site on one page with one button."""

    guard = permissions.may_edit_measures
    purpose = "Den Monatsstand der Maßnahmen eines Standorts eintragen"
    template_name = "sites/monthly_update.html"
    form_class = MonthForm
    clash: measure_steps.StepClash | None = None

    @cached_property
    def pages(self) -> "Pages[Any]":
        measures = self.site.measures.select_related("goal", "field_of_action")
        rows = of_the_month(measures, day=clock.today())
        number = self.request.GET.get("seite", "1")
        return Paginator(rows, A_PAGE_OF_MEASURES).get_page(number)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"measures": self._measures()}

    def _measures(self) -> Iterable[Measure]:
        """Return the measures of the page; those sent in even if somebody closed one meanwhile."""
        if self.request.method != "POST":
            return self.pages.object_list
        names = [name.removeprefix("seen_") for name in self.request.POST if "seen_" in name]
        sent = [int(name) for name in names if name.isdecimal() and len(name) < LONGEST]
        rows = with_steps(self.site.measures.filter(pk__in=sent[:A_PAGE_OF_MEASURES]))
        found = {row.pk: row for row in rows.select_related("goal", "field_of_action")}
        return [found[pk] for pk in dict.fromkeys(sent) if pk in found]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        steps = self.clash.current if self.clash else {}
        return context | {
            "site": self.site,
            "page_obj": self.pages,
            "differences": context["form"].differences(steps) if steps else [],
        }

    def act(self, form: MonthForm) -> HttpResponse:
        try:
            made = measure_steps.month(site=self.site, drafts=form.drafts(), by=self.person)
        except measure_steps.StepClash as clash:
            self.clash = clash
            form.now_seen(clash.current)
            raise
        messages.success(self.request, _saved(made))
        if self.pages.has_next():
            address = reverse("sites:monthly_update", args=[self.site.slug])
            return redirect(f"{address}?seite={self.pages.next_page_number()}")
        return redirect("sites:goals", slug=self.site.slug)


def _saved(made: int) -> str:
    if not made:
        return "Es hat sich nichts geändert, es wurde nichts eingetragen."
    return f"Der Stand von {made} {'Maßnahme' if made == 1 else 'Maßnahmen'} ist eingetragen."
