"""Live blocks people choose: seen before they are kept, never overwritten."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from publications import permissions
from publications.exports import manuscript
from publications.exports.reading import Item
from publications.forms.live_blocks import ChangeLiveBlockForm, LiveBlockForm
from publications.models import Block, Chapter
from publications.queries import content
from publications.queries.live_choices import live_choices
from publications.rules.live_blocks import CHOSEN, Choice
from publications.services import live_blocks
from publications.views.manuscripts import OpenedBlock, PublicationForm


class Choosing(PublicationForm):
    """A form that offers live blocks and shows one before it is kept."""

    guard = permissions.may_edit_publications

    def get_form_kwargs(self) -> dict[str, Any]:
        groups = live_choices(self.publication.programme)
        return super().get_form_kwargs() | {"groups": groups}

    def shown(self, choice: Choice) -> Item:
        """Return the block as it would look in the report now."""
        block = Block(kind=choice.kind, about=choice.about)
        return manuscript.one_live(block, content.report_data(self.publication.programme))

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the choice, or only show what it looks like."""
        if self.request.POST.get("step") != "preview":
            return super().form_valid(form)
        context = self.get_context_data(form=form, preview=self.shown(form.chosen()))
        return self.render_to_response(context)


class AddLiveBlock(Choosing):
    """A new live block at the end of a chapter."""

    guard = permissions.may_edit_publications
    purpose = "Dem Bericht Daten des Portals hinzufügen"
    template_name = "publications/choose_live_block.html"
    form_class = LiveBlockForm

    @cached_property
    def chapter(self) -> Chapter:
        return get_object_or_404(self.publication.chapters, anchor=self.kwargs["anchor"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"chapter": self.chapter, "preview": None, "edited": None, "clash": False}
        return super().get_context_data(**shown | kwargs)

    def act(self, form: LiveBlockForm) -> HttpResponse:
        block = live_blocks.add(chapter=self.chapter, choice=form.chosen(), by=self.person)
        messages.success(self.request, "Der Baustein steht im Bericht.")
        return redirect(self.manuscript_url(f"#baustein-{block.pk}"))


class ChooseLiveBlock(Choosing, OpenedBlock):
    """Another site or meeting for a live block; a clash shows what the other person chose."""

    guard = permissions.may_edit_publications
    purpose = "Auswählen, welche Daten ein Baustein des Berichts zeigt"
    template_name = "publications/choose_live_block.html"
    form_class = ChangeLiveBlockForm

    @property
    def saved(self) -> Choice:
        return Choice(self.block.kind, self.block.about)

    def get_initial(self) -> dict[str, Any]:
        if self.block.kind not in CHOSEN:
            raise Http404
        return {"choice": self.saved.key, "version": self.block.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        clash = form.is_bound and "version" in form.errors
        preview = context.get("preview") or (self.shown(self.saved) if not form.is_bound else None)
        return context | {
            "chapter": self.block.chapter,
            "edited": self.block,
            "preview": preview,
            "clash": self.shown(self.saved) if clash else None,
        }

    def act(self, form: ChangeLiveBlockForm) -> HttpResponse:
        live_blocks.choose(
            block=self.block,
            choice=form.chosen(),
            version=form.cleaned_data["version"],
            by=self.person,
        )
        messages.success(self.request, "Die Auswahl ist gespeichert.")
        return redirect(self.manuscript_url(f"#baustein-{self.block.pk}"))
