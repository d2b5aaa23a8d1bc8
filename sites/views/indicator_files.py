"""The values of one site as a file: download, import with a preview."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from programme import clock
from programme.forms.sheets import SheetPreviewForm, signed_preview
from programme.pages import Guarded
from programme.rules.sheets import Line, listed
from sites import permissions
from sites.exports import indicators as files
from sites.forms.indicator_import import ImportForm, salt
from sites.queries.indicator_details import details_table
from sites.queries.indicator_plan import Plan, plan, table
from sites.rules.small_numbers import WHY_HIDDEN
from sites.services import indicator_import
from sites.views.workspace import EntryPage, SiteOfAddress


class IndicatorsFile(SiteOfAddress, Guarded):
    """All indicators of a site, entered or not; the import reads the same file."""

    guard = permissions.may_see_site

    def get(self, request: HttpRequest, slug: str, kind: str) -> HttpResponse:
        if kind not in files.TYPES:
            raise Http404
        content = files.values_file(rows=table(site=self.site), kind=kind)
        return files.download(content, f"kennzahlen-{slug}-{clock.today():%Y-%m-%d}.{kind}", kind)


class IndicatorDetailsFile(SiteOfAddress, Guarded):
    """Readings and groups of a site; what is too small stays hidden."""

    guard = permissions.may_see_site

    def get(self, request: HttpRequest, slug: str, kind: str) -> HttpResponse:
        if kind not in files.TYPES:
            raise Http404
        content = files.details_file(rows=details_table(site=self.site), kind=kind)
        name = f"kennzahlen-einzeln-{slug}-{clock.today():%Y-%m-%d}.{kind}"
        return files.download(content, name, kind)


class _Import(SiteOfAddress, EntryPage):
    """What both steps of an import show."""

    guard = permissions.may_enter_indicators

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        common = {"site": self.site, "problems": [], "more_problems": 0, "why_hidden": WHY_HIDDEN}
        return common | super().get_context_data(**kwargs)

    def previewed(self, made: Plan, lines: Sequence[Line]) -> dict[str, Any]:
        """Return what the preview shows and what its button sends."""
        key = salt(self.person, self.site)
        preview = signed_preview(lines=lines, seen=made.fingerprint, salt=key)
        confirm = SheetPreviewForm(initial={"preview": preview}, salt=key)
        return {"plan": made, "confirm": confirm}


class ImportIndicators(_Import):
    """Choose a file and see what it would change; the second page does it."""

    guard = permissions.may_enter_indicators
    purpose = "Werte von Kennzahlen aus einer Datei ergänzen"
    template_name = "sites/import_indicators.html"
    form_class = ImportForm

    def form_valid(self, form: forms.Form) -> HttpResponse:
        sheet = form.cleaned_data["file"]
        made = plan(site=self.site, lines=sheet.lines)
        if problems := [*sheet.problems, *made.problems]:
            context = self.get_context_data(form=form, **listed(problems))
            return self.render_to_response(context, status=422)
        self.template_name = "sites/confirm_indicators.html"
        return self.render_to_response(
            self.get_context_data(form=form, **self.previewed(made, sheet.lines))
        )


class ConfirmIndicators(_Import):
    """Do what the preview showed; a preview that no longer holds is shown anew."""

    guard = permissions.may_enter_indicators
    purpose = "Die Vorschau einer Datei mit Kennzahlen bestätigen"
    template_name = "sites/confirm_indicators.html"
    form_class = SheetPreviewForm
    http_method_names = ["post"]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"salt": salt(self.person, self.site)}

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        lines = form.cleaned_data.get("lines")
        made = plan(site=self.site, lines=lines) if lines else None
        context = self.get_context_data(form=form)
        if made and not made.problems:
            context |= self.previewed(made, lines or ())
            return self.render_to_response(context, status=422)
        self.template_name = "sites/import_indicators.html"
        context |= listed(made.problems if made else ()) | {"form": ImportForm(), "gone": form}
        return self.render_to_response(context, status=422)

    def act(self, form: SheetPreviewForm) -> HttpResponse:
        made = indicator_import.run(
            site=self.site,
            lines=form.cleaned_data["lines"],
            seen=form.cleaned_data["seen"],
            by=self.person,
        )
        told = ", ".join(f"{count} {state}" for state, count in made.counts)
        messages.success(self.request, f"Die Datei ist übernommen. Zeilen: {told}.")
        return redirect("sites:indicators", slug=self.site.slug)
