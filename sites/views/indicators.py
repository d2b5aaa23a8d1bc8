"""Indicators of one site: before and after, entering a phase, reminders, release."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from programme.errors import RuleBroken
from programme.forms.versions import Difference
from programme.pages import Guarded, Page
from programme.permissions import is_office
from sites import permissions
from sites.enums import IndicatorPhase
from sites.forms.indicator_definitions import OwnIndicatorForm
from sites.forms.indicators import NoFields, ValuesForm
from sites.models import Indicator
from sites.queries import comparisons, indicators
from sites.queries.indicator_versions import definition_of, told
from sites.rules.indicator_phases import ADDRESSES, missing
from sites.rules.lifecycle import takes_entries
from sites.rules.small_numbers import WHY_HIDDEN
from sites.services import indicator_definitions, indicator_nudges
from sites.services import indicators as values
from sites.views.workspace import EntryPage, SiteOfAddress

PHASES = [(address, IndicatorPhase(phase).label) for address, phase in ADDRESSES.items()]


class SiteIndicators(SiteOfAddress, Page):
    """Before and after of all indicators of one site."""

    guard = permissions.may_see_site
    template_name = "sites/indicators.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, takes = self.request.user, takes_entries(self.site.status)
        sheet = indicators.sheet(site=self.site)
        return super().get_context_data(**kwargs) | {
            "site": self.site,
            "programme": self.site.programme,
            "shown": comparisons.of_site(site=self.site, sheet=sheet),
            "gaps": indicators.gaps(site=self.site, entered=sheet),
            "phases": PHASES,
            "may_enter": permissions.may_enter_indicators(user, self.site) and takes,
            "may_nudge": permissions.may_nudge(user, self.site) and takes,
            "may_release": permissions.may_edit_measures(user, self.site),
            "defines_all": is_office(user),
            "why_hidden": WHY_HIDDEN,
        }


class EnterIndicators(SiteOfAddress, EntryPage):
    """All values of one phase on one page; two people who save at once see both versions."""

    guard = permissions.may_enter_indicators
    purpose = "Werte von Kennzahlen eines Standorts eintragen"
    template_name = "sites/enter_indicators.html"
    form_class = ValuesForm
    clash: values.ValueClash | None = None

    @cached_property
    def phase(self) -> str:
        if self.kwargs["phase"] not in ADDRESSES:
            raise Http404
        return str(ADDRESSES[self.kwargs["phase"]])

    def get_form_kwargs(self) -> dict[str, Any]:
        phase, sheet = self.phase, indicators.sheet(site=self.site)
        entered = {pk: row for (pk, there), row in sheet.values.items() if there == phase}
        first = [pk for pk, there in sheet.values if there == IndicatorPhase.BASELINE]
        due = missing(
            indicators=sheet.indicators, phase=phase, entered=entered, with_baseline=first
        )
        return super().get_form_kwargs() | {
            "site": self.site,
            "indicators": sheet.indicators,
            "values": entered,
            "due": {row.pk for row in due},
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "site": self.site,
            "programme": self.site.programme,
            "phase": IndicatorPhase(self.phase).label,
            "phases": PHASES,
            "address": self.kwargs["phase"],
            "definitions": self._definitions(context["form"]) if self.clash else [],
            "differences": context["form"].differences(self.clash) if self.clash else [],
        }

    def _definitions(self, form: ValuesForm) -> list[Difference]:
        """Return what is measured now beside what was when the form was opened."""
        seen, rows = form.seen(), self.clash.redefined.items() if self.clash else ()
        return [
            Difference(
                row.name,
                told(row.definition, row.unit),
                told(*definition_of(indicator=row, version=seen[pk].version)),
            )
            for pk, row in rows
        ]

    def act(self, form: ValuesForm) -> HttpResponse:
        try:
            changed = values.enter(
                site=self.site,
                phase=self.phase,
                drafts=form.drafts(),
                seen=form.seen(),
                by=self.person,
            )
        except values.ValueClash as clash:
            self.clash = clash
            form.now_seen(clash)
            raise
        what = "Ein Wert ist" if changed == 1 else f"{changed} Werte sind"
        messages.success(
            self.request, f"{what} gespeichert." if changed else "Es hat sich nichts geändert."
        )
        return redirect("sites:indicators", slug=self.site.slug)


class AddIndicator(SiteOfAddress, EntryPage):
    """An indicator only this site uses."""

    guard = permissions.may_enter_indicators
    purpose = "Eine eigene Kennzahl eines Standorts anlegen"
    template_name = "sites/add_indicator.html"
    form_class = OwnIndicatorForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"site": self.site}

    def act(self, form: OwnIndicatorForm) -> HttpResponse:
        indicator = indicator_definitions.add_own(
            site=self.site, draft=form.draft(), by=self.person
        )
        messages.success(self.request, f"Die Kennzahl „{indicator.name}“ ist angelegt.")
        return redirect("sites:indicators", slug=self.site.slug)


class NudgeIndicators(SiteOfAddress, EntryPage):
    """Shows who would be reminded of what, and does it by button."""

    guard = permissions.may_nudge
    purpose = "Einen Standort an fehlende Werte erinnern"
    template_name = "sites/nudge_indicators.html"
    form_class = NoFields

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sheet = indicators.sheet(site=self.site)
        people = indicators.reminded(site=self.site)
        return super().get_context_data(**kwargs) | {
            "site": self.site,
            "gaps": indicators.gaps(site=self.site, entered=sheet),
            "people": people,
            "has_recipients": any(not row.waits for row in people),
        }

    def act(self, form: NoFields) -> HttpResponse:
        try:
            people = indicator_nudges.nudge(site=self.site, by=self.person)
        except RuleBroken as broken:
            messages.error(self.request, broken.message)
        else:
            told = ", ".join(str(person) for person in people)
            messages.success(self.request, f"Die Erinnerung geht an: {told}.")
        return redirect("sites:indicators", slug=self.site.slug)


class ReleaseIndicator(SiteOfAddress, Guarded):
    """Shows the values of one indicator to everybody, or no longer."""

    guard = permissions.may_edit_measures
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        indicator = get_object_or_404(Indicator.objects.of(self.site), pk=pk)
        try:
            if "zurueck" in request.POST:
                values.withdraw(site=self.site, indicator=indicator, by=self.person)
                messages.success(request, f"„{indicator.name}“ ist nicht mehr öffentlich.")
            else:
                values.release(site=self.site, indicator=indicator, by=self.person)
                messages.success(request, f"„{indicator.name}“ ist veröffentlicht.")
        except RuleBroken as broken:
            messages.error(request, broken.message)
        return redirect("sites:indicators", slug=self.site.slug)
