"""Writing a text of the report: seen at once, kept while it is typed, never overwritten."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string

from programme.errors import RuleBroken
from programme.pages import Guarded
from publications import permissions
from publications.exports import manuscript
from publications.exports.reading import Item
from publications.forms.manuscripts import BlockForm
from publications.models import BlockDraft
from publications.queries import content, snapshots
from publications.rules.references import Target
from publications.services import block_drafts, manuscripts
from publications.views.manuscripts import BlockOfAddress, BlockPage, OpenedBlock


class TextOfAddress(BlockOfAddress):
    """A text of the manuscript, what it can refer to, and how it looks."""

    @cached_property
    def data(self) -> content.ReportData:
        return content.report_data(self.publication.programme)

    @cached_property
    def values(self) -> dict[str, str]:
        return content.sentence_values(self.data)

    @cached_property
    def targets(self) -> dict[str, Target]:
        return snapshots.targets(snapshots.manuscript_chapters(self.publication), self.data)

    def shown(self, body: str) -> Item:
        """Return a text as it would look in the report."""
        return manuscript.one_text(self.block, body, targets=self.targets, values=self.values)


def unix(text: str) -> str:
    """Write line ends the way the portal keeps them."""
    return text.replace("\r\n", "\n")


class EditBlock(TextOfAddress, OpenedBlock):
    """One text; a clash shows both versions and overwrites nothing."""

    guard = permissions.may_edit_publications
    purpose = "Einen Text des Berichts bearbeiten"
    template_name = "publications/edit_block.html"
    form_class = BlockForm

    @cached_property
    def draft(self) -> BlockDraft | None:
        return self.block.drafts.filter(person=self.person).first()

    def get_initial(self) -> dict[str, Any]:
        source = self.draft or self.block
        return {"body": source.body, "version": source.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        typed = str(form["body"].value() or "")
        return context | {
            "edited": self.block,
            "draft": None if form.is_bound else self.draft,
            "clash": form.is_bound and "version" in form.errors,
            "preview": self.shown(unix(typed)),
            "values": sorted(self.values.items()),
            "targets": self.targets.items(),
        }

    def form_valid(self, form: Any) -> HttpResponse:
        """Save, or keep the text and show how it looks."""
        if self.request.POST.get("step") != "preview":
            return super().form_valid(form)
        try:
            keep_typed(self, form)
        except RuleBroken as broken:
            form.add_error("body", broken.message)
            return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(form=form))

    def act(self, form: BlockForm) -> HttpResponse:
        manuscripts.edit_block(
            block=self.block,
            body=unix(form.cleaned_data["body"]),
            version=form.cleaned_data["version"],
            values=self.values,
            targets=self.targets,
            by=self.person,
        )
        block_drafts.discard(block=self.block, by=self.person)
        messages.success(self.request, "Der Text ist gespeichert.")
        return redirect(self.manuscript_url(f"#baustein-{self.block.pk}"))


def keep_typed(at: "EditBlock | KeepText", form: BlockForm) -> None:
    """Keep what this person has typed, for them alone."""
    block_drafts.keep(
        block=at.block,
        body=unix(form.cleaned_data["body"]),
        version=form.cleaned_data["version"],
        by=at.person,
    )


class KeepText(TextOfAddress, Guarded):
    """Keeps what is typed, while it is typed, and sends back how it looks."""

    guard = permissions.may_edit_publications
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        form = BlockForm(request.POST)
        if not form.is_valid():
            return JsonResponse({"message": "Der Text ist leer oder zu lang."}, status=422)
        try:
            keep_typed(self, form)
        except RuleBroken as broken:
            return JsonResponse({"message": broken.message}, status=422)
        shown = self.shown(unix(form.cleaned_data["body"]))
        html = render_to_string(shown.template, {"item": shown, "report": None})
        is_behind = form.cleaned_data["version"] != self.block.version
        message = "Jemand anderes hat diesen Text inzwischen gespeichert." if is_behind else ""
        return JsonResponse({"html": html, "message": message})


class DiscardDraft(BlockPage):
    """Forget what was typed and not saved."""

    guard = permissions.may_edit_publications
    purpose = "Einen Entwurf zu einem Text des Berichts verwerfen"
    http_method_names = ["post", "options"]
    template_name = "publications/edit_block.html"
    form_class = forms.Form

    def act(self, form: Any) -> HttpResponse:
        if not self.block.is_text:
            raise Http404
        block_drafts.discard(block=self.block, by=self.person)
        messages.success(self.request, "Ihr Entwurf ist verworfen.")
        return redirect("publications:edit_block", self.publication.slug, self.block.pk)
