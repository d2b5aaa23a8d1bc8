"""One value and what stands behind it: single readings, groups, evidence, history."""

from functools import cached_property
from typing import Any, ClassVar

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from programme.errors import RuleBroken
from programme.pages import FormPage, Guarded, Page, as_download
from sites import permissions
from sites.enums import IndicatorPhase
from sites.forms.indicator_definitions import RedefineForm
from sites.forms.indicator_rows import EvidenceForm, GroupsForm, ReadingsForm, RowsForm
from sites.models import Indicator, IndicatorValue
from sites.queries import indicator_details as details
from sites.rules.indicator_details import group_draft, reading_draft
from sites.rules.indicator_phases import ADDRESS_OF
from sites.rules.lifecycle import takes_entries
from sites.rules.small_numbers import WHY_HIDDEN
from sites.services import indicator_definitions
from sites.services import indicator_details as services
from sites.views.workspace import EntryPage, SiteOfAddress


class ValueOfAddress(SiteOfAddress):
    """Finds the value the address names, once a request; of another site it is missing."""

    @cached_property
    def value(self) -> IndicatorValue:
        return details.value_of(site=self.site, pk=self.kwargs["pk"])

    def facts(self) -> dict[str, Any]:
        """Return what every page about a value shows."""
        value = self.value
        return {
            "site": self.site,
            "value": value,
            "indicator": value.indicator,
            "phase": IndicatorPhase(value.phase).label,
            "why_hidden": WHY_HIDDEN,
        }

    def to_value(self) -> HttpResponse:
        return redirect("sites:indicator_value", slug=self.site.slug, pk=self.kwargs["pk"])


class ShowIndicatorValue(ValueOfAddress, Page):
    """A value with its readings, groups, evidence and history."""

    guard = permissions.may_see_site
    template_name = "sites/indicator_value.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        enters = permissions.may_enter_indicators(user, self.site)
        return (
            super().get_context_data(**kwargs)
            | self.facts()
            | {
                "page": details.value_page(value=self.value, full=enters),
                "address": ADDRESS_OF[self.value.phase],
                "enters": enters,
                "may_change": enters and takes_entries(self.site.status),
            }
        )


class _EditRows(ValueOfAddress, EntryPage):
    """All rows of one kind on one page; two people who save at once see both versions."""

    guard = permissions.may_enter_indicators
    template_name = "sites/indicator_rows.html"
    heading: ClassVar[str]
    lead: ClassVar[str]
    clash: services.RowsClash | None = None

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"value": self.value, "stands": self.stands()}

    def stands(self) -> list[Any]:
        """Return the rows as they stand."""
        raise NotImplementedError

    def keep(self, form: Any) -> None:
        """Call the service for these rows."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        return (
            context
            | self.facts()
            | {
                "heading": self.heading,
                "lead": self.lead,
                "differences": form.differences(self.clash) if self.clash else [],
            }
        )

    def act(self, form: RowsForm) -> HttpResponse:
        try:
            self.keep(form)
        except services.RowsClash as clash:
            self.clash = clash
            form.now_seen(clash)
            raise
        messages.success(self.request, f"{self.heading}: Die Angaben sind gespeichert.")
        return self.to_value()


class EditReadings(_EditRows):
    """All readings of one value."""

    guard = permissions.may_enter_indicators
    purpose = "Einzelmessungen zu einer Kennzahl eintragen"
    form_class = ReadingsForm
    heading = "Einzelmessungen"
    lead = "Mehrere Messungen im selben Zeitraum. Der eingetragene Wert bleibt, wie er ist."

    def stands(self) -> list[Any]:
        rows = self.value.readings.order_by("measured_on", "pk")
        return [reading_draft(row, self.value.indicator) for row in rows]

    def keep(self, form: Any) -> None:
        services.set_readings(
            value=self.value,
            drafts=form.drafts(),
            seen=form.cleaned_data["seen"],
            by=self.person,
        )


class EditGroups(_EditRows):
    """The breakdown of one value."""

    guard = permissions.may_enter_indicators
    purpose = "Einen Wert einer Kennzahl nach Gruppen aufgliedern"
    form_class = GroupsForm
    heading = "Nach Gruppen"
    lead = "Gruppen, die sich nicht überschneiden und zusammen höchstens den Wert ergeben."

    def stands(self) -> list[Any]:
        rows = self.value.groups.order_by("position", "pk")
        return [group_draft(row, self.value.indicator) for row in rows]

    def keep(self, form: Any) -> None:
        services.set_groups(
            value=self.value,
            drafts=form.drafts(),
            seen=form.cleaned_data["seen"],
            by=self.person,
        )


class AddEvidence(ValueOfAddress, EntryPage):
    """Files that show where a value comes from."""

    guard = permissions.may_enter_indicators
    purpose = "Nachweise zu einem Wert einer Kennzahl ablegen"
    template_name = "sites/add_evidence.html"
    form_class = EvidenceForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.facts()

    def act(self, form: EvidenceForm) -> HttpResponse:
        kept = services.add_evidence(
            value=self.value,
            files=form.evidence(),
            note=form.cleaned_data["note"],
            by=self.person,
        )
        told = "Eine Datei ist" if len(kept) == 1 else f"{len(kept)} Dateien sind"
        messages.success(self.request, f"{told} abgelegt.")
        return self.to_value()


class EvidenceFile(ValueOfAddress, Guarded):
    """One file behind a value, as a download."""

    guard = permissions.may_see_site

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        row = get_object_or_404(self.value.evidence, pk=self.kwargs["file"])
        return as_download(row.file, name=row.name, content_type=row.content_type)


class RemoveEvidence(ValueOfAddress, Guarded):
    """Takes a file behind a value away for good."""

    guard = permissions.may_enter_indicators
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        row = self.value.evidence.filter(pk=self.kwargs["file"]).first()
        if row is None:
            messages.info(request, "Diese Datei gibt es hier nicht mehr.")
            return self.to_value()
        try:
            services.remove_evidence(evidence=row, by=self.person)
        except RuleBroken as broken:
            messages.error(request, broken.message)
        else:
            messages.success(request, f"Die Datei „{row.name}“ ist gelöscht.")
        return self.to_value()


class RedefineIndicator(SiteOfAddress, FormPage):
    """Another definition of an indicator; values by the old one stay as they are."""

    guard = permissions.may_redefine
    purpose = "Die Definition einer Kennzahl ändern"
    template_name = "sites/redefine_indicator.html"
    form_class = RedefineForm
    clash: indicator_definitions.DefinitionClash | None = None

    @cached_property
    def indicator(self) -> Indicator:
        rows = Indicator.objects.of(self.site).select_related("site")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def guarded(self) -> Indicator:  # type: ignore[override]  # the guard asks about the indicator
        return self.indicator

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"indicator": self.indicator}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "site": self.site,
            "indicator": self.indicator,
            "value_count": self.indicator.values.count(),
            "differences": context["form"].differences(self.clash) if self.clash else [],
        }

    def act(self, form: RedefineForm) -> HttpResponse:
        try:
            row = indicator_definitions.redefine(
                indicator=self.indicator,
                draft=form.draft(),
                seen=form.cleaned_data["seen"],
                by=self.person,
            )
        except indicator_definitions.DefinitionClash as clash:
            self.clash = clash
            form.now_seen(clash)
            raise
        messages.success(
            self.request, f"„{row.name}“ ist gespeichert, Fassung {row.version} der Definition."
        )
        return redirect("sites:indicators", slug=self.site.slug)
