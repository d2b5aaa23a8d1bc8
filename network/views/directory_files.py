"""The directory as a file: download, template, import with a preview."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from network.exports import directory as files
from network.forms.directory_import import ImportForm, salt
from network.permissions import may_run_network
from network.queries.directory_plan import Plan, plan, table
from network.services import directory_import
from programme import clock
from programme.forms.sheets import SheetPreviewForm, signed_preview
from programme.pages import FormPage, Guarded, made_now
from programme.rules.sheets import Line, listed


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    return made_now(content, name=name, content_type=files.TYPES[kind])


class DirectoryFile(Guarded):
    """All organisations that exist with their contacts."""

    guard = may_run_network

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        if kind not in files.TYPES:
            raise Http404
        content = files.directory_file(rows=table(), kind=kind)
        return _download(content, f"verzeichnis-{clock.today():%Y-%m-%d}.{kind}", kind)


class DirectoryTemplate(Guarded):
    """The empty table to fill in."""

    guard = may_run_network

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        if kind not in files.TYPES:
            raise Http404
        return _download(files.template_file(kind=kind), f"verzeichnis-vorlage.{kind}", kind)


def _shown(made: Plan, lines: Sequence[Line], page: FormPage) -> dict[str, Any]:
    """Return what the preview shows and what its button sends."""
    key = salt(page.person)
    preview = signed_preview(lines=lines, seen=made.fingerprint, salt=key)
    return {
        "plan": made,
        "confirm": SheetPreviewForm(initial={"preview": preview}, salt=key),
        "has_work": bool(made.working),
    }


class ImportDirectory(FormPage):
    """Choose a file and see what it would change; the second page does it."""

    guard = may_run_network
    purpose = "Das Verzeichnis aus einer Datei ergänzen"
    template_name = "network/import_directory.html"
    form_class = ImportForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return listed(()) | super().get_context_data(**kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        sheet = form.cleaned_data["file"]
        made = plan(lines=sheet.lines)
        problems = [*sheet.problems, *made.problems]
        if problems:
            context = self.get_context_data(form=form, **listed(problems))
            return self.render_to_response(context, status=422)
        self.template_name = "network/confirm_import.html"
        context = self.get_context_data(form=form, **_shown(made, sheet.lines, self))
        return self.render_to_response(context)


class ConfirmImport(FormPage):
    """Do what the preview showed; a preview that no longer holds is shown anew."""

    guard = may_run_network
    purpose = "Die Vorschau einer Datei für das Verzeichnis bestätigen"
    template_name = "network/confirm_import.html"
    form_class = SheetPreviewForm
    http_method_names = ["post"]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"salt": salt(self.person)}

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        lines = form.cleaned_data.get("lines")
        made = plan(lines=lines) if lines else None
        context = self.get_context_data(form=form)
        if made and not made.problems:
            context |= _shown(made, lines or (), self)
            return self.render_to_response(context, status=422)
        self.template_name = "network/import_directory.html"
        context |= listed(made.problems if made else ()) | {"form": ImportForm(), "gone": form}
        return self.render_to_response(context, status=422)

    def act(self, form: SheetPreviewForm) -> HttpResponse:
        lines, seen = form.cleaned_data["lines"], form.cleaned_data["seen"]
        made = directory_import.run(lines=lines, seen=seen, by=self.person)
        told = ", ".join(f"{count} {state}" for state, count in made.counts)
        messages.success(self.request, f"Die Datei ist übernommen. Zeilen: {told}.")
        return redirect("network:directory")
